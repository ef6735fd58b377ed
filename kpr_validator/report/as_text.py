"""The report for a terminal: the answer first, then theme by theme what to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.model import Severity, Status, Verdict
from kpr_validator.report.digest import digest
from kpr_validator.report.effect import by_field, disputed, lost
from kpr_validator.report.facts import chosen, explained, facts, known, limited, nothing, remarks
from kpr_validator.report.phrase import phrases, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, RenderableType

    from kpr_validator.model import Report
    from kpr_validator.report.digest import Digest, Ranked, Result, Row
    from kpr_validator.report.phrase import Phrases
    from kpr_validator.report.texts import Texts

LINES_SHOWN = 5
MOST_SKIPPED_NAMED = 5

_INDENT = 2
_BODY = 6
_SEVERITY_STYLE = {
    Severity.FATAL: "bold red",
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
}
_VERDICT_STYLE = {
    Verdict.ACCEPTED: "bold green",
    Verdict.ACCEPTED_WITH_FINDINGS: "bold yellow",
    Verdict.REJECTED: "bold red",
    Verdict.UNDECIDED: "bold magenta",
}


def as_text(
    report: Report,
    language: str,
    width: int = 80,
    *,
    colour: bool = False,
    most: int | None = None,
) -> Iterator[str]:
    """Yield the report block by block, wrapped to `width` columns.

    Nothing from the file is read as markup, and no control character reaches
    the terminal except our own colours. `most` bounds the findings that are listed.
    """
    page = _Page(report, language, width, colour=colour)
    gathered = digest(report, LINES_SHOWN, most)
    yield page.verdict()
    yield page.failures(gathered)
    yield page.submission()
    yield page.consequences()
    yield page.first(gathered)
    for theme, results in gathered.themes.items():
        yield page.theme(theme, results)
    yield page.totals(gathered, most)
    yield page.next_step()


class _Page:
    """The blocks of one report; each method returns one block as text."""

    def __init__(self, report: Report, language: str, width: int, *, colour: bool) -> None:
        self.report = report
        self.phrases: Phrases = phrases(report.rules, language)
        self.words: Texts = self.phrases.words
        self.width = width
        self.colour = colour

    def verdict(self) -> str:
        verdict = self.report.verdict
        word = self.words(f"verdict.word.{verdict}").upper()
        return self._block(
            _text(word, _VERDICT_STYLE[verdict]), _text(self.words(f"verdict.sentence.{verdict}"))
        )

    def failures(self, gathered: Digest) -> str:
        if not gathered.failed and not gathered.failed_stages:
            return ""
        stages = (
            self.words("note.stage_failed", stage=self.words.or_word("stage", visible(stage.name)))
            for stage in gathered.failed_stages
        )
        rules = (self._quiet_line(row) for row in gathered.failed)
        note = [self.words("note.failed")] if gathered.failed else []
        return self._section("failed", _indented([*stages, *note, *rules]))

    def submission(self) -> str:
        from rich.table import Table  # noqa: PLC0415  slow to import

        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        told = facts(self.report.submission, self.words)
        for fact in (*told, *chosen(self.report, self.words)):
            grid.add_row(_text(" " * _INDENT + fact.label), _text(fact.value))
        notes = _indented(remarks(self.report.submission, self.words))
        return self._section("submission", [grid, *notes])

    def consequences(self) -> str:
        outcome = self.report.outcome
        lines = [self.words(f"note.consequences_{state}") for state in _states(self.report)]
        if outcome:
            told = list(lost(outcome, self.phrases))
            lines += told
            fields = list(by_field(outcome, self.phrases))
            details = [f"{loss.rule} {said}" for loss, said in fields[:LINES_SHOWN]]
            if rest := len(fields) - LINES_SHOWN:
                details += [self.words("outcome.more", n=rest)] if rest > 0 else []
            unsure = list(disputed(outcome, self.phrases))
            if not told and not _states(self.report):
                lines.append(self.words("note.consequences_none"))
            notes = [self.words("note.consequences_short")] if told or unsure else []
            ends = _indented([*unsure, *notes])
            return self._section(
                "consequences", [*_indented(lines), *_indented(details, _INDENT * 2), *ends]
            )
        return self._section("consequences", _indented(lines)) if lines else ""

    def first(self, gathered: Digest) -> str:
        """Return the causes that explain most."""
        if not gathered.causes:
            return ""
        named = gathered.causes[:LINES_SHOWN]
        share = self.words.percent(named[-1].so_far, gathered.explained)
        causes = self.words.count("causes", len(named))
        lines = [self.words("note.causes", causes=causes, share=share)]
        return self._section("first", [*_indented(lines), *map(self._cause, named)])

    def _cause(self, cause: Ranked) -> RenderableType:
        from rich.table import Table  # noqa: PLC0415  slow to import

        line = Table.grid(padding=(0, 1), expand=True)
        line.add_column(no_wrap=True)
        line.add_column(ratio=1)
        line.add_column(justify="right", no_wrap=True)
        rule = cause.result.rule
        field = f" [{visible(cause.field)}]" if cause.field else ""
        count = self.words.count("findings", cause.own + cause.following)
        line.add_row(
            _text(" " * _INDENT + rule.id, _SEVERITY_STYLE[cause.result.severity]),
            _text(rule.title.in_language(self.words.language) + field),
            _text(count),
        )
        return line

    def theme(self, theme: str, results: Iterable[Result]) -> str:
        heading = _text(self.words.or_word("theme", theme).upper(), "bold")
        blocks = [block for result in results for block in self._result(result)]
        return self._block(heading, *blocks)

    def _result(self, result: Result) -> Iterator[RenderableType]:
        yield self._headline(result)
        messages = list(dict.fromkeys(self.phrases.message(f) for f in result.shown))
        first = result.shown[0]
        label = self.words("label.example", line=first.line)
        yield from _indented(
            [messages[0] if len(messages) == 1 else f"{label}: {messages[0]}"], _BODY
        )
        yield from _indented(self._details(result), _BODY)

    def _headline(self, result: Result) -> RenderableType:
        from rich.table import Table  # noqa: PLC0415  slow to import

        line = Table.grid(padding=(0, 1), expand=True)
        line.add_column(min_width=max(len(self.words(f"severity.{s}")) for s in Severity) + _INDENT)
        line.add_column(ratio=1)
        line.add_column(justify="right", no_wrap=True)
        style = _SEVERITY_STYLE[result.severity]
        share = self.words.share(result.violations, result.population)
        percent = self.words.percent(result.violations, result.population)
        line.add_row(
            _text(" " * _INDENT + self.words(f"severity.{result.severity}").upper(), style),
            _text(f"{result.rule.id} {result.rule.title.in_language(self.words.language)}", "bold"),
            _text(f"{share} ({percent})" if percent else share),
        )
        return line

    def _details(self, result: Result) -> Iterator[str]:
        if result.by_field:
            fields = (
                f"{self.phrases.field_name(tally.field)}: {self.words.number(tally.violations)}"
                for tally in result.by_field[:LINES_SHOWN]
            )
            yield f"{self.words('heading.fields')}: {'; '.join(fields)}"
        lines = ", ".join(str(finding.line) for finding in result.shown)
        rest = result.found - len(result.shown)
        if rest:
            yield self.words("lines_more", lines=lines, n=self.words.number(rest))
        else:
            yield self.words("lines", lines=lines)
        for label, linked in (("follows", result.following), ("leads", result.leads_to)):
            if linked:
                rules = ", ".join(f"{rule} ({n})" for rule, n in linked.items())
                yield f"{self.words(f'label.{label}')}: {rules}"
        if result.explained:
            reasons = dict.fromkeys(f.explained for f in result.shown if f.explained)
            count = self.words.count("findings", result.explained)
            yield f"{self.words('label.explained')}: {'; '.join((count, *map(visible, reasons)))}"
        if result.known:
            yield f"{self.words('label.known')}: {self.words.count('findings', result.known)}"
        if harm := self.phrases.harm(result.consequences):
            yield f"{self.words('label.consequence')}: {harm}"
        yield f"{self.words('label.fix')}: {self.phrases.fix(result.shown[0])}"

    def totals(self, gathered: Digest, most: int | None) -> str:
        counts = (
            f"{self.words(f'severity.{severity}')} {self.words.number(n)}"
            for severity in Severity
            if (n := self.report.counts.get(severity, 0))
        )
        lines = [", ".join(counts) or nothing(self.report, self.words)]
        if following := sum(self.report.following.values()):
            lines.append(self.words("note.following", n=self.words.number(following)))
        lines += explained(self.report.explained, self.words)
        lines += known(self.report, self.words)
        lines += limited(most, self.report, self.words)
        for status in (Status.PASS, Status.OUTSIDE):
            if rows := gathered.quiet[status]:
                count = self.words.count("rules", len(rows))
                lines.append(f"{self.words(f'quiet.{status}')}: {count}")
        skipped = list(self._skipped(gathered.quiet[Status.SKIPPED]))
        if skipped:
            lines.append(f"{self.words('quiet.skipped')}:")
        return self._section("totals", [*_indented(lines), *_indented(skipped, _INDENT * 2)])

    def _skipped(self, rows: Iterable[Row]) -> Iterator[str]:
        """Yield a line per rule, or one line per reason where many rules share it."""
        by_reason: dict[str | None, list[Row]] = {}
        for row in rows:
            by_reason.setdefault(row.reason, []).append(row)
        for reason, alike in by_reason.items():
            if reason is None or len(alike) <= MOST_SKIPPED_NAMED:
                yield from (self._quiet_line(row) for row in alike)
            else:
                count = self.words.count("rules", len(alike))
                yield f"{count}: {self.phrases.reason(reason)}"

    def _quiet_line(self, row: Row) -> str:
        title = row.rule.title.in_language(self.words.language)
        field = f" [{visible(row.field)}]" if row.field else ""
        reason = f": {self.phrases.reason(row.reason)}" if row.reason else ""
        return f"{row.rule.id}{field} {title}{reason}"

    def next_step(self) -> str:
        lines = [self.words(f"verdict.next.{self.report.verdict}")]
        if any(self.report.counts.values()):
            lines.append(self.words("advice"))
        return self._section("next", _indented(lines))

    def _section(self, name: str, blocks: Iterable[RenderableType]) -> str:
        return self._block(_text(self.words(f"heading.{name}"), "bold"), *blocks)

    def _block(self, *blocks: RenderableType) -> str:
        console = _console(self.width, colour=self.colour)
        with console.capture() as captured:
            for block in blocks:
                console.print(block)
        written = captured.get()
        return "\n".join(line.rstrip() for line in written.splitlines()) + "\n\n"


def _states(report: Report) -> list[Verdict]:
    return [v for v in (Verdict.REJECTED, Verdict.UNDECIDED) if v == report.verdict]


def _text(value: str, style: str = "") -> RenderableType:
    """Return text that rich shows as it stands, without reading markup in it."""
    from rich.text import Text  # noqa: PLC0415  slow to import

    return Text(value, style)


def _indented(lines: Iterable[str], columns: int = _INDENT) -> list[RenderableType]:
    from rich.padding import Padding  # noqa: PLC0415  slow to import

    return [Padding(_text(line), (0, 0, 0, columns)) for line in lines]


def _console(width: int, *, colour: bool) -> Console:
    from rich.console import Console  # noqa: PLC0415  slow to import

    return Console(
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        legacy_windows=False,
    )
