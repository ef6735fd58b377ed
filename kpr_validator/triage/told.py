"""The board in words: what is said first, what is to be looked into, and the sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.report.phrase import visible
from kpr_validator.report.texts import texts
from kpr_validator.triage.model import Role
from kpr_validator.triage.sections import Sections
from kpr_validator.triage.titles import Titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpr_validator.model import Rule
    from kpr_validator.report.texts import Texts
    from kpr_validator.triage.board import Board
    from kpr_validator.triage.model import Delivery
    from kpr_validator.triage.section import Section
    from kpr_validator.triage.services import Service


class Point(NamedTuple):
    """One thing to look into, and the section that tells more."""

    said: str
    section: str


@dataclass(frozen=True, slots=True)
class Told:
    """A board in one language. `when` is what the user says that the time is, if anything.

    `feedback` gives where a delivery's feedback lies, from the folder of the board.
    """

    board: Board
    words: Texts
    rules: Mapping[str, Rule]
    titles: Titles
    when: str | None
    feedback: Callable[[Delivery], str]

    @property
    def mark(self) -> str:
        """Return who may see it."""
        return self.words("triage.mark")

    @property
    def method(self) -> str:
        """Return how the board was made."""
        return self.words("triage.method")

    @property
    def is_shareable(self) -> bool:
        """Tell whether it may leave the register."""
        return False

    def facts(self) -> Iterator[str]:
        """Yield the sentences at the top."""
        board, words = self.board, self.words
        yield words(
            "triage.delivered",
            n=words.number(len(board.country)),
            total=words.number(len(board.settled.expected)),
        )
        if board.fetched is not None:
            yield words("triage.fetched", n=words.number(board.fetched))
        if board.days:
            kind = "latest" if board.calendar.arrived is None else "latest_arrived"
            yield words(f"triage.{kind}", day=words.date(board.days[-1].day))
        if self.when:
            yield words("triage.made", when=visible(self.when))

    def verdicts(self) -> dict[str, int]:
        """Return how many municipalities each verdict has."""
        found: dict[str, int] = {}
        for row in self.board.rows:
            found[row.verdict] = found.get(row.verdict, 0) + 1
        return found

    def attention(self) -> Iterator[Point]:
        """Yield what is to be looked into, one line each; nothing for what there is none of."""
        board, verdicts = self.board, self.verdicts()
        of = board.settled.of
        whole = [one for one in board.missing if not one.district]
        counts = {
            "missing": (sum(not one.tried for one in whole), "missing"),
            "unusable": (sum(bool(one.tried) for one in whole), "missing"),
            "districts": (len(board.missing) - len(whole), "missing"),
            "late": (sum(row.is_late for row in board.rows), "municipalities"),
            "corrupt": (len(of(Role.CORRUPT)), "files"),
            "unfinished": (len(of(Role.UNFINISHED)), "files"),
            "unknown": (len(of(Role.UNKNOWN)), "files"),
            "wrong_year": (len(of(Role.WRONG_YEAR)), "files"),
            "doubles": (len(board.doubles()), "files"),
            "rejected": (verdicts.get("rejected", 0), "municipalities"),
            "undecided": (verdicts.get("undecided", 0), "municipalities"),
            "warned": (sum(bool(row.warnings) for row in board.rows), "municipalities"),
        }
        for name, (count, section) in counts.items():
            if count:
                yield Point(self.words(f"triage.attention.{name}", n=count), section)
        yield from self._patterns()

    def _patterns(self) -> Iterator[Point]:
        board, words = self.board, self.words
        for fault in board.shared:
            said = words(
                "triage.attention.shared",
                n=len(fault.municipalities),
                system=visible(fault.system),
                version=visible(fault.version),
                rule=self.titles.rule(fault.rule),
            )
            yield Point(said, "shared")
        for service in board.services:
            if service.is_surprising:
                yield Point(self.silence(service), "services")
        out = [point for funnel in board.funnels for point in funnel.outliers]
        if out:
            places = len({point.municipality for point in out})
            yield Point(words("triage.attention.outliers", n=len(out), places=places), "outliers")
        if board.suspects:
            yield Point(words("triage.attention.suspects", n=len(board.suspects)), "suspects")

    def silence(self, service: Service) -> str:
        """Return that surprisingly many report nobody with a service."""
        return self.words(
            "triage.attention.zero",
            service=self.titles.line(service.id),
            n=service.silent,
            expected=round(service.expected),
        )

    def sections(self) -> tuple[Section, ...]:
        """Return all sections, in the order shown."""
        shown = Sections(self.board, self.words, self.rules, self.titles, self.feedback)
        return shown.every()


def told(
    board: Board,
    language: str,
    rules: Mapping[str, Rule],
    when: str | None,
    feedback: Callable[[Delivery], str],
) -> Told:
    """Return the board in a language."""
    words = texts(language)
    return Told(board, words, rules, Titles(words, rules, board.settled.year), when, feedback)
