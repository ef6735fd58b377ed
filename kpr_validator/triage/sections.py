"""The tables of the board: a section each, the same for the page and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.report.names import names
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.succession import named
from kpr_validator.triage import columns
from kpr_validator.triage.model import Role, Warn
from kpr_validator.triage.outliers import bounds
from kpr_validator.triage.section import Section, listed, section
from kpr_validator.triage.shared_faults import FEW_ELSEWHERE, MOST_OF_THEM
from kpr_validator.triage.suspects import FEWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpr_validator.model import Rule
    from kpr_validator.report.texts import Texts
    from kpr_validator.triage.board import Board, Row
    from kpr_validator.triage.missing import Missing
    from kpr_validator.triage.model import Delivery
    from kpr_validator.triage.section import Cell
    from kpr_validator.triage.titles import Titles

_NOT_LISTED = frozenset({Role.STANDS, Role.LAST_YEAR, Role.UNITS})


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a board in one language."""

    board: Board
    words: Texts
    rules: Mapping[str, Rule]
    titles: Titles
    feedback: Callable[[Delivery], str]

    def every(self) -> tuple[Section, ...]:
        """Return all sections, in the order shown."""
        total = len(self.board.country)
        most, few = (self.titles.percent(share) for share in (MOST_OF_THEM, FEW_ELSEWHERE))
        return (
            self._section("missing", columns.MISSING, map(self.missing, self.board.missing)),
            self.days(),
            self._section(
                "municipalities", self.heads(columns.ROWS), map(self._row, self.board.rows)
            ),
            self._section("spread", columns.SPREAD, self._spread()),
            self._section("shared", columns.SHARED, self._shared(), most=most, few=few),
            self._section("services", columns.SERVICES, self._services()),
            self._section(
                "outliers", columns.OUTLIERS, self._outliers(), n=self.board.compared, total=total
            ),
            self._section("levels", columns.LEVELS, self._levels()),
            self._section("suspects", columns.SUSPECTS, self._suspects(), n=FEWEST),
            self._section("files", columns.FILES, self._files()),
        )

    def days(self) -> Section:
        """Return the days, with what they are the days of."""
        board, words = self.board, self.words
        rows = (
            (
                words.date(day.day),
                day.deliveries,
                day.delivered,
                words("triage.late") if day.day > board.calendar.deadline else "",
            )
            for day in board.days
        )
        made = self._section("days", columns.DAYS, rows)
        if board.calendar.arrived is None:
            return made
        undated = words("triage.lead.undated", n=board.undated) if board.undated else ""
        lead = f"{words('triage.lead.arrived')} {undated}".rstrip()
        return made._replace(lead=lead)

    def heads(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the columns of the municipalities, days being of what the calendar says."""
        if self.board.calendar.arrived is None:
            return names
        arrived = {"first": "first_arrived", "last": "last_arrived"}
        return tuple(arrived.get(name, name) for name in names)

    def _section(
        self,
        name: str,
        heads: tuple[str, ...],
        rows: Iterable[tuple[Cell, ...]],
        **values: object,
    ) -> Section:
        return section(self.words, name, heads, rows, **values)

    def missing(self, one: Missing) -> tuple[Cell, ...]:
        """Return one that has not delivered, its contact persons last."""
        words = self.words
        was_there = words("triage.yes") if one.delivered_last_year else words("triage.no")
        people = (" ".join(filter(None, contact)) for contact in one.contacts)
        tried = ", ".join(self.words(f"triage.role.{role}") for role in one.tried)
        number, district = one.place
        own = f"{district} {one.district}" if one.district else ""
        return (
            ", ".join(filter(None, (named(number), own))),
            self.titles.county(number[:2]),
            tried,
            was_there,
            "; ".join(people),
        )

    def _row(self, row: Row) -> tuple[Cell, ...]:
        products = {(one.known.system, one.known.version) for one in row.standing}
        return (
            named(row.municipality),
            self.titles.county(row.municipality[:2]),
            self.words(f"verdict.word.{row.verdict}"),
            row.lost_rows,
            row.lost_values,
            *(row.counts.get(name, 0) for name in ("fatal", "error", "warning")),
            row.persons,
            row.times,
            *self.first_and_last(row),
            self.words.date(row.fetched) if row.fetched else "",
            ", ".join(sorted(visible(" ".join(product).strip()) for product in products)),
            "; ".join(self._notes(row)),
            " ".join(filter(None, map(self.feedback, row.standing))),
        )

    def _notes(self, row: Row) -> Iterator[str]:
        if row.is_late:
            yield self.words("triage.late")
        for warning in row.warnings:
            if warning is not Warn.FEWER:
                yield self.words(f"triage.warning.{warning}")
        for one in row.standing:
            if Warn.FEWER in one.warnings and one.result and one.previous_persons:
                n, before = (
                    self.words.number(count) for count in (one.result.persons, one.previous_persons)
                )
                yield self.words("triage.fewer", n=n, before=before)

    def _spread(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.spread:
            yield one.rule, self.titles.rule_title(one.rule), len(one.shares), one.findings

    def _shared(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.shared:
            yield (
                self.titles.rule(one.rule),
                names(self.words.language).field_in_full(one.field) if one.field else "",
                visible(one.system),
                visible(one.version),
                self.words("of", n=len(one.municipalities), total=one.of),
                self.words("of", n=one.elsewhere, total=one.others),
                one.findings,
                listed(self.words, map(named, one.municipalities)),
            )

    def _services(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.services:
            told = (
                self.words("triage.expected", name=named(zero.municipality), n=round(zero.expected))
                for zero in one.zeros
            )
            name, expected = self.titles.line(one.id), round(one.expected)
            yield name, one.reporters, one.silent, expected, listed(self.words, told)

    def _outliers(self) -> Iterator[tuple[Cell, ...]]:
        for funnel in self.board.funnels:
            for point in funnel.outliers:
                low, high = (self.titles.percent(share) for share in bounds(funnel, point.size))
                yield (
                    self.titles.measure(funnel),
                    self.words("triage.group", group=funnel.group)
                    if funnel.group
                    else self.words("triage.whole"),
                    named(point.municipality),
                    self.titles.percent(point.share),
                    self.words("triage.limits", low=low, high=high),
                    point.size,
                )

    def _levels(self) -> Iterator[tuple[Cell, ...]]:
        counties: dict[str, list[str]] = {}
        for one in self.board.levels:
            if one.county:
                share = self.titles.percent(one.teller / one.nevner)
                name = self.titles.county(one.county)
                published = self.titles.published(one.indicator, name)
                told = self.words("triage.beside", name=name, share=share, published=published)
                shown = told if published else f"{name} {share}"
                counties.setdefault(one.indicator, []).append(shown)
        for one in self.board.levels:
            if not one.county:
                received = one.nevner_received
                yield (
                    self.titles.indicator(one.indicator),
                    one.teller,
                    one.nevner,
                    self.titles.percent(one.teller / one.nevner),
                    self.titles.percent(one.teller_received / received) if received else "",
                    self.titles.published(one.indicator),
                    "; ".join(counties.get(one.indicator, [])),
                )

    def _suspects(self) -> Iterator[tuple[Cell, ...]]:
        for number, places in enumerate(self.board.suspects, 1):
            told = (
                self.words("triage.person", place=named(place), id=visible(person))
                for place, person in places
            )
            yield number, len({place for place, _ in places}), listed(self.words, told)

    def _files(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.board.settled.deliveries:
            is_found = one.role is Role.IDENT and one.reason is None
            if one.role in _NOT_LISTED or is_found:
                continue
            known = one.known
            yield (
                file_name(one.found.name),
                self.words(f"triage.role.{one.role}"),
                self._reason(one.reason),
                named(known.municipality) if known.municipality else "",
                str(known.year or ""),
                visible(known.sending),
                self.words.date(known.extracted) if known.extracted else "",
                one.result.persons if one.result else "",
            )

    def _reason(self, reason: str | None) -> str:
        if reason is None:
            return ""
        return (
            self.titles.rule(reason)
            if reason in self.rules
            else self.words(f"triage.reason.{reason}")
        )

    def first_and_last(self, row: Row) -> Iterator[str]:
        """Yield the days of a municipality's first and last delivery, «» when nobody tells."""
        for days in (row.days[:1], row.days[-1:]):
            yield self.words.date(days[0]) if days else ""
