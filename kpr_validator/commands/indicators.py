"""`indicators`: count the indicators of a submission, or of a table of contacts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpr_validator.commands.judging import judge
from kpr_validator.commands.options import Language, LastYear, TextOrJson, Units
from kpr_validator.commands.telling import FINDINGS, FINE, UNFINISHED, USAGE, put, say, width
from kpr_validator.pipeline import Options
from kpr_validator.suppress import LIMITS

if TYPE_CHECKING:
    from kpr_validator.model import Report

CHILD_HABILITATION = "barnehabilitering"  # the indicator that is counted from a table of its own

app = typer.Typer(add_completion=False)

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FIL",
        help="Innsendingen, «-» for standard inn; eller barnehabilitering og kontaktene.",
    ),
]
Persons = Annotated[str, typer.Option("--persons", help="Vis personene bak en del: INDIKATOR:DEL.")]
CountedYear = Annotated[
    int | None, typer.Option("--year", help="Året som skal telles, bare for barnehabilitering.")
]
Share = Annotated[
    int | None,
    typer.Option(
        "--share",
        metavar="GRENSE",
        help="Bare det som kan deles av barnehabilitering; tall under 5 eller 10 er skjult.",
    ),
]


@app.command()
def indicators(  # noqa: PLR0913  the command's options
    files: Files,
    *,
    last_year: LastYear = None,
    units: Units = None,
    format_: TextOrJson = "text",
    lang: Language = "nb",
    persons: Persons = "",
    year: CountedYear = None,
    share: Share = None,
) -> None:
    """Regn ut indikatorene: slik de er sendt, og slik KPR vil se dem."""
    is_table = files[0] == CHILD_HABILITATION
    if len(files) != 1 + is_table:
        say("gi én innsending, eller barnehabilitering og én tabell")
        raise typer.Exit(USAGE)
    if share not in {None, *LIMITS}:
        say(f"--share må være {' eller '.join(map(str, LIMITS))}")
        raise typer.Exit(USAGE)
    if is_table:
        raise typer.Exit(_tell_contacts(files[1], year, _Ways(format_, lang, limit=share)))
    if share:
        say("--share gjelder barnehabilitering; av en innsending gir «feedback --share» det samme")
        raise typer.Exit(USAGE)
    options = Options(last_year=last_year, units=units, stdin=sys.stdin.buffer)
    ways = _Ways(format_, lang, persons)
    raise typer.Exit(judge(files[0], options, lambda report: _tell_figures(report, ways)))


def _tell_contacts(file: str, year: int | None, ways: _Ways) -> int:
    """Count a table of contacts; a line that is wrong is told, and gives the code of findings."""
    from kpr_validator.barnehabilitering import indicator  # noqa: PLC0415  few have such a table
    from kpr_validator.contacts import ContactsError  # noqa: PLC0415
    from kpr_validator.report.as_contacts import as_json, as_text, refusal  # noqa: PLC0415

    try:
        counted = indicator(file, year)
    except ContactsError as error:
        say(f"{Path(file).name}: {refusal(error, ways.language)}")
        return USAGE
    except OSError as error:
        say(f"kan ikke lese {file} ({error.strerror})")
        return USAGE
    if ways.format == "json":
        put(as_json(counted, ways.language, ways.limit))
    else:
        sys.stdout.writelines(as_text(counted, ways.language, width(), ways.limit))
    return FINDINGS if counted.contacts.problems else FINE


class _Ways(NamedTuple):
    """How the indicators are to be told."""

    format: str
    language: str
    persons: str = ""
    limit: int | None = None


def _tell_figures(report: Report, ways: _Ways) -> int:
    """Write the indicators, or the persons behind a part of one."""
    from kpr_validator.report.as_figures import as_json, as_text  # noqa: PLC0415

    figures = report.figures()
    if ways.persons and figures:
        name, _, part = ways.persons.partition(":")
        behind = figures.persons.get((name, part))
        if behind is None:
            say(f"finner ingen del {ways.persons}; «--format json» viser alle")
            return USAGE
        sys.stdout.writelines(f"{person}\n" for person in behind)
    elif ways.format == "json":
        put(as_json(report, figures, ways.language))
    else:
        sys.stdout.writelines(as_text(report, figures, ways.language, width()))
    return FINE if figures else UNFINISHED
