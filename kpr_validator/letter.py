"""The letter: in a page's worth of words, what a register would ask a municipality to look at.

It holds numbers only, no person and no row, and small numbers are not shown: a letter
is filed where others may read it. It is a draft, sent by nobody.

Source of what it says on habilitation and rehabilitation: Helsedirektoratet's letter to
all municipalities of 5 May 2015, and the registration from the data year 2019.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kpr_validator.model import Severity, Verdict
from kpr_validator.report.digest import digest, theme
from kpr_validator.report.phrase import visible
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.model import Report
    from kpr_validator.report.digest import Result
    from kpr_validator.report.texts import Texts

SMALLEST = 10  # what is published outside a municipality hides smaller numbers
MOST_NAMED = 10
WIDTH = 80
REHABILITATION = "individuell-plan-hjemme"  # its nevner is everybody who receives it
LAST_YEAR_OF_THE_CODE = 2018  # service 16 until then, the person information poHab after
_ABOUT_REHABILITATION = frozenset({"REH", "IP", "KOO"})


class NoLetterError(ValueError):
    """The check gave no certain answer, and so no number to write about."""


def letter(report: Report, language: str, smallest: int = SMALLEST) -> Iterator[str]:
    """Yield the letter paragraph by paragraph.

    Raises NoLetterError when the verdict is undecided.
    """
    if report.verdict is Verdict.UNDECIDED:
        raise NoLetterError
    writer = _Writer(report, texts(language), smallest)
    for number, paragraph in enumerate(writer.paragraphs()):
        yield ("\n" if number else "") + _wrapped(paragraph)


def _wrapped(paragraph: str) -> str:
    """Return a paragraph in lines; the lines of a list hang."""
    return "".join(
        textwrap.fill(line, WIDTH, subsequent_indent="  " * line.startswith("- ")) + "\n"
        for line in paragraph.splitlines()
    )


class _Writer:
    """The paragraphs of one letter."""

    def __init__(self, report: Report, words: Texts, smallest: int) -> None:
        self.report = report
        self.words = words
        self.smallest = smallest
        self.results = _worth_naming(report)

    def paragraphs(self) -> Iterator[str]:
        """Yield the letter from its address to its end."""
        words, told = self.words, self.report.submission
        yield words("letter.draft", version=self.report.tool_version)
        place = " ".join(visible(p) for p in (told.municipality, told.municipality_name) if p)
        yield words("letter.to", municipality=place or words("missing"))
        yield words("letter.subject", year=told.year or words("missing"))
        day = words.date(visible(told.extracted)) if told.extracted else words("missing")
        persons = self._few(told.persons)
        intro = [words("letter.intro", day=day, persons=persons)]
        if self.smallest > 1:
            intro.append(words("letter.hidden", limit=self.smallest))
        yield " ".join(intro)
        if self.report.verdict is Verdict.REJECTED:
            yield words("letter.refused")
        figures = self.report.figures()
        if figures:
            yield from self._rehabilitation(figures)
        yield self._findings()
        yield from self._lost()
        if self.results:
            yield words("letter.why")
            yield words("letter.do")
        if {theme(result.rule.id) for result in self.results} & _ABOUT_REHABILITATION:
            is_old = (told.year or 0) <= LAST_YEAR_OF_THE_CODE
            yield words("letter.as_service") if is_old else words("letter.as_answer")
        yield words("letter.end")

    def _rehabilitation(self, figures: Figures) -> Iterator[str]:
        """Yield how many receive it, beside last year's number when that is known."""
        now = _recipients(figures)
        before = _recipients(figures.last_year) if figures.last_year else None
        if now is None:
            return
        if not now:
            yield self.words("letter.rehab_none")
        elif before is None:
            yield self.words("letter.rehab", n=self._few(now))
        else:
            yield self.words("letter.rehab_since", n=self._few(now), before=self._few(before))

    def _findings(self) -> str:
        if not self.results:
            return self.words("letter.fine")
        named = self.results[:MOST_NAMED]
        lines = [self.words("letter.found"), *(f"- {self._item(result)}" for result in named)]
        if rest := len(self.results) - len(named):
            lines.append(f"- {self.words('letter.more', n=rest)}")
        return "\n".join(lines)

    def _item(self, result: Result) -> str:
        title = f"{result.rule.title.in_language(self.words.language)} ({result.rule.id})"
        count, total = result.violations - result.explained, result.population
        if result.shown[0].person is not None:
            return self.words("letter.item", title=title, count=self._share(count, total))
        if total <= 1:
            return title
        return self.words("letter.item", title=title, count=self.words.share(count, total))

    def _share(self, count: int, total: int) -> str:
        """Return «37 av 412»; neither a small number nor all but a small number is told."""
        if count > total or total < self.smallest:
            return self._few(count)
        if count == total:
            return self.words("letter.all", total=self.words.number(total))
        if total - count < self.smallest <= count:
            return self.words("letter.nearly", total=self.words.number(total))
        return self.words("of", n=self._few(count), total=self.words.number(total))

    def _few(self, count: int) -> str:
        if 0 < count < self.smallest:
            return self.words("letter.few", limit=self.smallest)
        return self.words.number(count)

    def _lost(self) -> Iterator[str]:
        outcome = self.report.outcome
        if outcome is None or not outcome.received:
            return
        rows = sum(outcome.sent.values()) - sum(outcome.kept.values())
        values = sum(loss.lost for loss in outcome.values)
        if rows or values:
            yield self.words("letter.lost", rows=self._few(rows), values=self._few(values))


def _worth_naming(report: Report) -> list[Result]:
    """Return what is at least a warning and stands on its own, what explains most first."""
    gathered = digest(report, 1)
    causes = [cause.result.rule.id for cause in gathered.causes]
    return sorted(
        (
            result
            for result in gathered.ranked
            if result.severity is not Severity.INFO
            and result.rule.id in causes
            and result.found > result.explained
        ),
        key=lambda result: (result.severity is not Severity.FATAL, causes.index(result.rule.id)),
    )


def _recipients(figures: Figures) -> int | None:
    found = (f.total.sent for f in figures.indicators if f.id == REHABILITATION)
    return next(found, None)
