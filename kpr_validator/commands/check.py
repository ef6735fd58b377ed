"""`check`: judge files and write their reports."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpr_validator.commands.chosen import configured, explained, explanations
from kpr_validator.commands.judging import code, judge
from kpr_validator.commands.known import Keeper
from kpr_validator.commands.options import (
    Chosen,
    ConfigFile,
    ExplainLedger,
    FailOn,
    Ident,
    Ignored,
    Language,
    LastYear,
    Previous,
    RuleFolders,
    TestData,
    Units,
    Worklists,
    ids,
)
from kpr_validator.commands.telling import DEFAULT_LEVEL, LEVELS, UNFINISHED, USAGE, say
from kpr_validator.output import TargetError, Writer, targets
from kpr_validator.pipeline import Options
from kpr_validator.rendering import EVERY, Way, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.explained import Entry
    from kpr_validator.model import Report
    from kpr_validator.report.carried import Carried

app = typer.Typer(add_completion=False)

Files = Annotated[
    list[str], typer.Argument(help="Filene som skal kontrolleres, «-» for standard inn.")
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT[=FIL]",
        help=f"{', '.join(EVERY)}; flere med komma mellom, eller valget flere ganger.",
    ),
]
Most = Annotated[
    int | None,
    typer.Option("--max-findings", min=1, help="List høyst så mange funn; tallene er for alle."),
]
Output = Annotated[Path | None, typer.Option("--output", help="Mappen rapportene legges i.")]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", help="Funn som var der fra før: bare nye funn feller."),
]
Update = Annotated[
    bool, typer.Option("--update-baseline", help="Skriv grunnlinjen på nytt med funnene nå.")
]
ReceiptFile = Annotated[
    Path | None,
    typer.Option("--receipt", help="Skriv en kvittering hit: NAVN.json og NAVN.html."),
]


@app.command()
def check(  # noqa: PLR0913  the command's options
    files: Files,
    *,
    format_: Formats = None,
    output: Output = None,
    lang: Language = "nb",
    fail_on: FailOn = "",
    select: Chosen = None,
    ignore: Ignored = None,
    ident: Ident = None,
    last_year: LastYear = None,
    previous: Previous = None,
    units: Units = None,
    test_data: TestData = False,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
    receipt: ReceiptFile = None,
    worklist: Worklists = None,
    max_findings: Most = None,
    baseline: BaselineFile = None,
    update_baseline: Update = False,
) -> None:
    """Kontroller en eller flere filer.

    Uten --output skrives rapporten ut her. Med --output legges HTML og JSON i mappen.
    --format sarif=FIL legger et format i en fil for seg.
    """
    chosen = configured(config, rules)
    options = Options(
        ident=ident,
        last_year=last_year,
        previous=previous,
        units=units,
        test_data=test_data,
        rules=chosen.rules,
        select=ids(select) or chosen.select,
        ignore=ids(ignore) + chosen.ignore,
        stdin=sys.stdin.buffer,
        config=chosen.config,
    )
    if receipt and len(files) > 1:
        say("--receipt gjelder én fil om gangen")
        raise typer.Exit(USAGE)
    way = Way(
        language=lang,
        most=max_findings or chosen.max_findings,
        level=LEVELS[fail_on or chosen.fail_on or DEFAULT_LEVEL],
        carried=_carried(worklist),
        several=len(files) > 1,
    )
    writer = _writer(format_, output, way)
    keeper = _keeper(baseline or chosen.baseline, is_update=update_baseline)
    wishes = _Wishes(explanations(explain_ledger or chosen.explain_ledger), receipt, keeper)
    raise typer.Exit(_check_all(files, options, writer, wishes))


class _Wishes(NamedTuple):
    """What the user wants of a report besides its form."""

    ledger: Mapping[str, Entry] | None
    receipt: Path | None
    keeper: Keeper | None


def _keeper(path: Path | None, *, is_update: bool) -> Keeper | None:
    if path:
        return Keeper(path, is_update=is_update)
    if is_update:
        say("--update-baseline trenger --baseline FIL")
        raise typer.Exit(USAGE)
    return None


def _writer(words: Sequence[str] | None, folder: Path | None, way: Way) -> Writer:
    """Return what writes the reports; a wish that can't be met ends the program."""
    try:
        wanted = targets(words or ())
        writer = Writer(wanted, folder, way)
    except TargetError as error:
        say(str(error))
        raise typer.Exit(USAGE) from error
    if "pdf" in {target.format for target in wanted}:
        _require_engine(way.language)
    return writer


def _require_engine(language: str) -> None:
    """End the program when a PDF can't be made here."""
    from kpr_validator.report.as_pdf import (  # noqa: PLC0415  an extra, and slow to import
        NoEngineError,
        require_engine,
    )

    try:
        require_engine()
    except NoEngineError as error:
        say(error.told(language))
        raise typer.Exit(USAGE) from error


def _carried(paths: Sequence[Path] | None) -> Carried | None:
    """Return what is written in earlier work lists; a file that is none ends the program."""
    if not paths:
        return None
    from kpr_validator.report.carried import (  # noqa: PLC0415  slow to import
        WorklistError,
        read_carried,
    )

    try:
        return read_carried(paths)
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename}")
    except WorklistError as error:
        say(str(error))
    raise typer.Exit(USAGE)


def _check_all(files: Sequence[str], options: Options, writer: Writer, wishes: _Wishes) -> int:
    """Judge all files, write their reports and return the worst exit code."""
    try:
        with writer:
            worst = max([_check_one(file, options, writer, wishes) for file in files])
    except OSError as error:
        say(f"kan ikke skrive {error.filename or 'rapporten'} ({error.strerror})")
        return UNFINISHED
    return wishes.keeper.close(worst) if wishes.keeper else worst


def _check_one(file: str, options: Options, writer: Writer, wishes: _Wishes) -> int:
    """Judge one file, write its reports and return its exit code."""

    def tell(judged: Report) -> int:
        whole = explained(judged, wishes.ledger)
        report = wishes.keeper.marked(whole) if wishes.keeper else whole
        writer.write(report, file)
        if wishes.receipt:  # tells of the submission, whatever was known before
            _give_receipt(whole, wishes.receipt, writer.way.language)
        return code(report, writer.way.level)

    return judge(file, options, tell)


def _give_receipt(report: Report, path: Path, language: str) -> None:
    from kpr_validator.receipt import as_html, as_json  # noqa: PLC0415  few ask for one

    now = datetime.now(UTC).astimezone()
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.stem if path.suffix in {".json", ".html"} else path.name
    write_whole(path.with_name(f"{name}.json"), as_json(report, now))
    write_whole(path.with_name(f"{name}.html"), as_html(report, now, language))
