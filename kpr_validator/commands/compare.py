"""`compare`: what has changed between submissions, or reports on them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpr_validator.commands.chosen import configured, explained, explanations
from kpr_validator.commands.judging import judge
from kpr_validator.commands.options import (
    Chosen,
    ConfigFile,
    ExplainLedger,
    FailOn,
    Ignored,
    Language,
    RuleFolders,
    ids,
    one_of,
)
from kpr_validator.commands.telling import (
    DEFAULT_LEVEL,
    FINDINGS,
    FINE,
    LEVELS,
    UNFINISHED,
    USAGE,
    hush,
    leave,
    say,
    width,
)
from kpr_validator.compare import compare as held_together
from kpr_validator.joined import joined
from kpr_validator.pipeline import Options
from kpr_validator.report.as_comparison import as_html, as_json, as_text
from kpr_validator.report.compared import said
from kpr_validator.report.compared_share import said_for_sharing
from kpr_validator.snapshots import SnapshotError, is_json, of_json, of_report
from kpr_validator.suppress import LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.compare import Snapshot
    from kpr_validator.explained import Entry
    from kpr_validator.model import Report, Rule, Severity

FORMATS = ("text", "json", "html")

app = typer.Typer(add_completion=False)

Files = Annotated[
    list[str],
    typer.Argument(help="Innsendinger eller rapporter i JSON, to eller flere, de eldste først."),
]
Format = Annotated[
    str, typer.Option("--format", callback=one_of(FORMATS), help="text, json eller html.")
]
Output = Annotated[
    Path | None, typer.Option("--output", help="Filen som sammenligningen legges i.")
]


Share = Annotated[
    int | None,
    typer.Option(
        "--share",
        metavar="GRENSE",
        help="Bare det som kan deles: samlede tall, der de under 5 eller 10 er skjult.",
    ),
]


@app.command()
def compare(  # noqa: PLR0913  the command's options
    files: Files,
    *,
    format_: Format = "text",
    output: Output = None,
    lang: Language = "nb",
    fail_on: FailOn = "",
    select: Chosen = None,
    ignore: Ignored = None,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
    share: Share = None,
) -> None:
    """Sammenlign innsendinger: nye funn, rettede funn og endrede tall.

    Flere enn to filer er en serie. Er fjorårets kommuner slått sammen til den som er sist,
    er filene deres sammenlignet med den som om de var én.

    Kode 1 betyr at den siste har et nytt funn som er minst så alvorlig som --fail-on,
    og som ikke er forklart; kode 3 at en av kontrollene ikke ga et sikkert svar.
    """
    if len(files) < 2:  # noqa: PLR2004  there is nothing to compare one with
        say("gi minst to filer, de eldste først")
        raise typer.Exit(USAGE)
    if share not in {None, *LIMITS}:
        say(f"--share må være {' eller '.join(map(str, LIMITS))}")
        raise typer.Exit(USAGE)
    chosen = configured(config, rules)
    options = Options(
        rules=chosen.rules,
        select=ids(select) or chosen.select,
        ignore=ids(ignore) + chosen.ignore,
        stdin=sys.stdin.buffer,
    )
    ledger = explanations(explain_ledger or chosen.explain_ledger)
    series = [_snapshot(file, options, ledger) for file in files]
    level = LEVELS[fail_on or chosen.fail_on or DEFAULT_LEVEL]
    raise typer.Exit(_tell(series, chosen.rules, _Form(format_, output, lang, share), level))


class _Form(NamedTuple):
    """Where and how a comparison is to be written."""

    format: str
    output: Path | None
    language: str
    limit: int | None


def _snapshot(file: str, options: Options, ledger: Mapping[str, Entry] | None) -> Snapshot:
    """Return what a file holds to compare; one that can't be read ends the program."""
    taken: list[Snapshot] = []

    def take(report: Report) -> int:
        taken.append(of_report(explained(report, ledger)))
        return FINE

    try:
        if Path(file).is_file() and is_json(file):
            return of_json(Path(file))
    except SnapshotError as error:
        say(f"{Path(file).name}: {error}")
        raise typer.Exit(USAGE) from error
    if code := judge(file, options, take):
        raise typer.Exit(code)
    return taken[0]


def _tell(
    series: Sequence[Snapshot], rules: Mapping[str, Rule], form: _Form, level: Severity
) -> int:
    comparison = held_together(joined(series))
    if form.limit is None:
        told = said(comparison, rules, form.language)
    else:
        told = said_for_sharing(comparison, rules, form.language, form.limit)
    if form.format == "text":
        pieces = as_text(told, width())
    else:
        pieces = as_json(told) if form.format == "json" else as_html(told)
    try:
        leave(pieces, form.output)
    except BrokenPipeError:
        hush()
        return UNFINISHED
    except OSError as error:
        say(f"kan ikke skrive sammenligningen ({error.strerror})")
        return UNFINISHED
    if comparison.is_undecided:
        return UNFINISHED
    return FINDINGS if comparison.has_new(level) else FINE
