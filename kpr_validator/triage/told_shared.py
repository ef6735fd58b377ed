"""The board that may be shared, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.identity import mask
from kpr_validator.report.names import names
from kpr_validator.report.phrase import visible
from kpr_validator.report.shared import HIDDEN
from kpr_validator.succession import named
from kpr_validator.triage import columns
from kpr_validator.triage.section import Section, listed, section
from kpr_validator.triage.sections import Sections
from kpr_validator.triage.shareable import findings, persons, shareable
from kpr_validator.triage.shared_faults import FEW_ELSEWHERE, FEWEST, MOST_OF_THEM
from kpr_validator.triage.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.report.shared import Number
    from kpr_validator.triage.board import Row
    from kpr_validator.triage.model import Delivery
    from kpr_validator.triage.section import Cell
    from kpr_validator.triage.services import Service
    from kpr_validator.triage.told import Point

_INTERNAL = "files"  # the section that points on the board may lead to, but no shared one has


@dataclass(frozen=True, slots=True)
class SharedTold(Told):
    """A board that may be shared, in one language; numbers under `limit` are hidden."""

    limit: int

    @property
    def mark(self) -> str:
        """Return who may see it."""
        return self.words("mark.shareable")

    @property
    def method(self) -> str:
        """Return how the board was made."""
        return self.words("triage.share.method")

    @property
    def is_shareable(self) -> bool:
        """Tell whether it may leave the register."""
        return True

    def facts(self) -> Iterator[str]:
        """Yield the sentences at the top, and what the mark means."""
        yield from Told.facts(self)
        yield self.words("triage.share.legend", most=self.limit - 1, limit=self.limit)

    def attention(self) -> Iterator[Point]:
        """Yield what is to be looked into, without what files there are."""
        return (point for point in Told.attention(self) if point.section != _INTERNAL)

    def silence(self, service: Service) -> str:
        """Return that surprisingly many report nobody; how many would by chance is not sure."""
        name = self.titles.line(service.id)
        return self.words("triage.share.zero", service=name, n=service.silent)

    def sections(self) -> tuple[Section, ...]:
        """Return all sections, in the order shown."""
        shown = SharedSections(
            self.board, self.words, self.rules, self.titles, self.feedback, self.limit
        )
        return shown.every()


@dataclass(frozen=True, slots=True)
class SharedSections(Sections):
    """The sections that may be shared."""

    limit: int

    def every(self) -> tuple[Section, ...]:
        """Return all sections, in the order shown."""
        words = self.words
        most, few = (self.titles.percent(share) for share in (MOST_OF_THEM, FEW_ELSEWHERE))
        shared = tuple(self._faults())
        return (
            section(words, "missing", columns.SHARED_MISSING, self._lacking()),
            self.days(),
            self._named("municipalities", self.heads(columns.SHARED_ROWS), self._places()),
            self._named("spread", columns.SPREAD, self._broken()),
            section(words, "shared", columns.SHARED_FAULTS, shared, most=most, few=few),
            self._named("services", columns.SHARED_SERVICES, self._silent()),
        )

    def _named(
        self, name: str, heads: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]
    ) -> Section:
        """Return a section whose title and lead differ from those of the internal board."""
        title, lead = (self.words(f"triage.share.{part}.{name}") for part in ("section", "lead"))
        return Section(name, title, lead, heads, tuple(rows))

    def _lacking(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.missing:
            *told, _contacts = self.missing(one)
            yield tuple(told)

    def _places(self) -> Iterator[tuple[Cell, ...]]:
        users = Counter(
            product for row in self.board.rows for product in {*map(_product, row.standing)}
        )
        common = {product for product, n in users.items() if n >= FEWEST}
        for row in self.board.rows:
            used = sorted({*map(_product, row.standing)} & common)
            yield (
                named(row.municipality),
                self.titles.county(row.municipality[:2]),
                self.words(f"verdict.word.{row.verdict}"),
                self._cell(persons(row.standing, self.limit)),
                row.times,
                *self.first_and_last(row),
                ", ".join(_safe(" ".join(product)) for product in used),
                "; ".join(self._remarks(row)),
            )

    def _remarks(self, row: Row) -> Iterator[str]:
        if row.is_late:
            yield self.words("triage.late")
        for warning in row.warnings:
            yield self.words(f"triage.warning.{warning}")

    def _broken(self) -> Iterator[tuple[Cell, ...]]:
        found = findings(self.board.settled.standing, self.limit)
        for one in sorted(self.board.spread, key=lambda one: (-len(one.shares), one.rule)):
            title = self.titles.rule_title(one.rule)
            yield one.rule, title, len(one.shares), self._cell(found.get(one.rule, HIDDEN))

    def _faults(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.shared:
            yield (
                self.titles.rule(one.rule),
                names(self.words.language).field_in_full(one.field) if one.field else "",
                _safe(one.system),
                _safe(one.version),
                self.words("of", n=len(one.municipalities), total=one.of),
                self.words("of", n=one.elsewhere, total=one.others),
                listed(self.words, map(named, one.municipalities)),
            )

    def _silent(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.services:
            told = (named(number) for number in sorted(zero.municipality for zero in one.zeros))
            yield self.titles.line(one.id), one.reporters, one.silent, listed(self.words, told)

    def _cell(self, n: Number) -> Cell:
        return HIDDEN if n is None else n


def _product(one: Delivery) -> tuple[str, str]:
    return one.known.system, one.known.version


def _safe(text: str) -> str:
    """Return what a file says, where many files say it: no identity, no turned writing."""
    return visible(mask(text, 0) or "").strip()


def told_shared(told: Told, limit: int) -> SharedTold:
    """Return what may be shared of a board."""
    board = shareable(told.board, limit)
    return SharedTold(board, told.words, told.rules, told.titles, told.when, lambda _one: "", limit)
