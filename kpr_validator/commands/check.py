"""`check`: judge files and write their reports."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpr_validator.commands.chosen import configured, explained, explanations
from kpr_validator.commands.judging import code, judge
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
    one_of,
)
from kpr_validator.commands.telling import LEVELS, USAGE, say
from kpr_validator.output import DOCUMENTS, FORMATS, Writer, needs_folder, write_whole
from kpr_validator.pipeline import Options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.explained import Entry
    from kpr_validator.model import Report, Severity
    from kpr_validator.report.carried import Carried

app = typer.Typer(add_completion=False)

Files = Annotated[
    list[str], typer.Argument(help="Filene som skal kontrolleres, «-» for standard inn.")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        callback=one_of((*FORMATS, *DOCUMENTS), several=True),
        help="text, json, html, xlsx, csv eller pdf; flere med komma mellom.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", help="Mappen rapportene legges i.")]
ReceiptFile = Annotated[
    Path | None,
    typer.Option("--receipt", help="Skriv en kvittering hit: NAVN.json, og NAVN.txt ved siden av."),
]


@app.command()
def check(  # noqa: PLR0913  the command's options
    files: Files,
    *,
    format_: Format = "",
    output: Output = None,
    lang: Language = "nb",
    fail_on: FailOn = "feil",
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
) -> None:
    """Kontroller en eller flere filer.

    Uten --output skrives rapporten ut her. Med --output legges HTML og JSON i mappen.
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
    )
    if receipt and len(files) > 1:
        say("--receipt gjelder én fil om gangen")
        raise typer.Exit(USAGE)
    if output is None and needs_folder(format_):
        say("flere formater, og xlsx og pdf, legges i en mappe: oppgi --output")
        raise typer.Exit(USAGE)
    _require_engine(format_, lang)
    writer = Writer(format_, output, lang, several=len(files) > 1)
    writer.carried = _carried(worklist)
    wishes = _Wishes(LEVELS[fail_on], explanations(explain_ledger), receipt)
    codes = [_check_one(file, options, writer, wishes) for file in files]
    raise typer.Exit(max(codes))


class _Wishes(NamedTuple):
    """What the user wants of a report besides its form."""

    level: Severity
    ledger: Mapping[str, Entry] | None
    receipt: Path | None


def _require_engine(format_: str, language: str) -> None:
    """End the program when a PDF is asked for that can't be made here."""
    if "pdf" not in format_.split(","):
        return
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


def _check_one(file: str, options: Options, writer: Writer, wishes: _Wishes) -> int:
    """Judge one file, write its reports and return its exit code."""

    def tell(judged: Report) -> int:
        report = explained(judged, wishes.ledger)
        writer.write(report)
        if wishes.receipt:
            _give_receipt(report, wishes.receipt, writer.language)
        return code(report, wishes.level)

    return judge(file, options, tell)


def _give_receipt(report: Report, path: Path, language: str) -> None:
    from kpr_validator.receipt import as_json, as_text  # noqa: PLC0415  few ask for one

    now = datetime.now(UTC).astimezone()
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.stem if path.suffix in {".json", ".txt"} else path.name
    write_whole(path.with_name(f"{name}.json"), as_json(report, now))
    write_whole(path.with_name(f"{name}.txt"), as_text(report, now, language))
