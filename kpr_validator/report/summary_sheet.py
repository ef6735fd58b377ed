"""The first sheet of a workbook: the verdict, what is found and lost, and what the sheets hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity
from kpr_validator.report import sheets
from kpr_validator.report.effect import by_field, disputed, lost
from kpr_validator.report.facts import explained, facts, known, remarks, subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpr_validator.model import Report
    from kpr_validator.report.carried import Carried
    from kpr_validator.report.phrase import Phrases
    from kpr_validator.report.sheets import Book, Sheet

_WIDTHS = (30, 60, 16, 16, 16)


class Placed(NamedTuple):
    """A sheet of the work list, and which lines of how many it holds."""

    name: str
    first: int
    last: int
    total: int


class Summary:
    """Writes the first sheet from the top down."""

    def __init__(self, book: Book, sheet: Sheet, phrases: Phrases) -> None:
        self.book, self.sheet = book, sheet
        self.phrases, self.words = phrases, phrases.words
        self.at = 0

    def write(self, report: Report) -> None:
        """Write what is known of the submission and what was found."""
        for at, width in enumerate(_WIDTHS):
            self.sheet.set_column(at, at, width)
        self._head(report)
        self._counts(report)
        self._lost(report)
        self._causes(report)

    def write_sheets(self, placed: Sequence[Placed], together: int) -> None:
        """Write what the sheets hold; `together` units share one."""
        words = self.words
        self._section(words("worklist.sheets"), "")
        for name, first, last, total in placed:
            lines = words.count("lines", total)
            if last - first + 1 < total:
                numbers = [words.number(number) for number in (first, last, total)]
                told = dict(zip(("first", "last", "total"), numbers, strict=True))
                lines = words("worklist.part", lines=words.count("lines", last - first + 1), **told)
            self._line((sheets.TEXT, name), (sheets.WRAPPED, lines))
        if together:
            self._say("worklist.units_together", n=words.number(together))

    def write_notes(self, carried: Carried) -> None:
        """Write what was carried over, and how the list is to be read."""
        number = self.words.number
        self._section(self.words("heading.about"), "")
        if carried.lines:
            taken = len(carried.taken)
            self._say("worklist.carried", n=number(carried.noted), total=number(taken))
            self._say("worklist.carried_gone", n=number(len(carried.lines) - taken))
        if carried.conflicts:
            self._say("worklist.conflicts", n=number(carried.conflicts))
        self._say("worklist.order_note")
        self._say("worklist.carry_note")
        self._say("worklist.unit_note")
        self._say("worklist.when_note")
        self._say("worklist.following_note")
        self._say("advice")
        self._say("note.privacy_share")

    def _line(self, *cells: tuple[int, str]) -> None:
        self.book.row(self.sheet, self.at, cells)
        self.at += 1

    def _section(self, *headings: str) -> None:
        self.at += 1
        self._line(*((sheets.HEADING, heading) for heading in headings))

    def _say(self, key: str, **values: str) -> None:
        self._line((sheets.TEXT, ""), (sheets.WRAPPED, self.words(key, **values)))

    def _numbers(self, label: str, text: str, *numbers: int, share: str = "") -> None:
        told = [(sheets.NUMBER, str(number)) for number in numbers]
        self._line((sheets.TEXT, label), (sheets.WRAPPED, text), *told, (sheets.TEXT, share))

    def _head(self, report: Report) -> None:
        words, verdict = self.words, report.verdict
        self._line((sheets.TITLE, f"{words('worklist.title')}: {subject(report.submission)}"))
        self._line((sheets.STRONG, words("worklist.mark")))
        self.at += 1
        sentence = f"{words(f'verdict.sentence.{verdict}')} {words(f'verdict.next.{verdict}')}"
        self._line((sheets.STRONG, words(f"verdict.word.{verdict}")), (sheets.WRAPPED, sentence))
        for label, value in facts(report.submission, words):
            self._line((sheets.TEXT, label), (sheets.WRAPPED, value))
        for remark in remarks(report.submission, words):
            self._line((sheets.TEXT, ""), (sheets.WRAPPED, remark))
        tool = f"kpr-validator {report.tool_version}"
        self._line((sheets.TEXT, words("label.tool")), (sheets.TEXT, tool))

    def _counts(self, report: Report) -> None:
        words, total = self.words, self.words("worklist.total")
        own, following = words("column.own"), words("column.following")
        self._section(words("heading.totals"), "", own, following, total)
        for severity in Severity:
            counts = (report.counts[severity], report.following[severity])
            label, text = words(f"severity.{severity}"), words(f"severity_meaning.{severity}")
            self._numbers(label, text, *counts, sum(counts))
        sums = (sum(report.counts.values()), sum(report.following.values()))
        self._numbers(total, "", *sums, sum(sums))
        for line in (*explained(report.explained, words), *known(report, words)):
            self._line((sheets.TEXT, ""), (sheets.WRAPPED, line))

    def _lost(self, report: Report) -> None:
        self._section(self.words("heading.consequences"), "")
        outcome = report.outcome
        if outcome is None or outcome.received is None:
            self._say("note.consequences_undecided")
        if outcome is None:
            return
        if outcome.received is False:
            self._say("note.consequences_rejected")
            return
        said = [*lost(outcome, self.phrases), *disputed(outcome, self.phrases)]
        for sentence in said:
            self._line((sheets.TEXT, ""), (sheets.WRAPPED, sentence))
        for loss, sentence in by_field(outcome, self.phrases):
            self._line((sheets.TEXT, loss.rule), (sheets.WRAPPED, sentence))
        self._say("note.consequences" if said else "note.consequences_none")

    def _causes(self, report: Report) -> None:
        words, so_far = self.words, 0
        own, following = words("column.own"), words("column.following")
        share = words("worklist.root_share")
        self._section(words("column.rule"), words("heading.first"), own, following, share)
        total = sum(root.own + root.following for root in report.roots)
        for rule, field, own_count, following_count in report.roots:
            so_far += own_count + following_count
            title = report.rules[rule].title.in_language(words.language)
            name = f"{title}: {self.phrases.field_name(field)}" if field else title
            percent = words.percent(so_far, total)
            self._numbers(rule, name, own_count, following_count, share=percent)
        if not report.roots:
            self._say("note.no_findings")
