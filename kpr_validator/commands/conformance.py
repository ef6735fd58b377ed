"""`conformance`: known persons for a vendor to enter, and a report card on what comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.options import Language, one_of
from kpr_validator.commands.telling import (
    FINDINGS,
    FINE,
    UNFINISHED,
    USAGE,
    hush,
    leave,
    put,
    say,
    width,
)
from kpr_validator.conformance.export import ExportError
from kpr_validator.conformance.fasit import FIRST_YEAR, FasitError, shipped
from kpr_validator.conformance.kit import PAGE, write_kit
from kpr_validator.conformance.moving import moved
from kpr_validator.conformance.told import Said, as_html, as_json, as_text
from kpr_validator.conformance.work import judge
from kpr_validator.read import UnfinishedError
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.conformance.card import Card
    from kpr_validator.report.texts import Texts

FORMATS = ("text", "json", "html")
_LAST_YEAR = 2099

app = typer.Typer(add_completion=False)

Folder = Annotated[Path, typer.Argument(help="Mappen med fasit.json og leverandørens fil.")]
Init = Annotated[bool, typer.Option("--init", help="Skriv de kjente personene i mappen.")]
Format = Annotated[
    str, typer.Option("--format", callback=one_of(FORMATS), help="text, json eller html.")
]
Output = Annotated[Path | None, typer.Option("--output", help="Filen som svaret legges i.")]
Year = Annotated[
    int,
    typer.Option("--year", min=FIRST_YEAR, max=_LAST_YEAR, help="Dataåret, sammen med --init."),
]
Municipality = Annotated[
    str, typer.Option("--municipality", help="Kommunenummeret, sammen med --init.")
]


@app.command()
def conformance(  # noqa: PLR0913  the command's options
    folder: Folder,
    *,
    init: Init = False,
    format_: Format = "text",
    output: Output = None,
    year: Year = FIRST_YEAR,
    municipality: Municipality = "1820",
    lang: Language = "nb",
) -> None:
    """Prøv leverandørens uttrekk: kjente personer inn, filen ut, rad for rad.

    Med --init lages fasiten og en side om hva som skal registreres. Uten sammenlignes
    filen i mappen med fasiten. Kode 1 betyr at noe er tapt, endret eller lagt til.
    """
    words = texts(lang)
    if init:
        raise typer.Exit(_init(folder, year, municipality, words))
    try:
        card = judge(folder)
        leave(_told(card, format_, words), output) if output else _print(card, format_, words)
    except FileNotFoundError:
        say(words("conformance.no_fasit", folder=folder))
    except ExportError as error:
        files = ", ".join(error.files)
        say(words(f"conformance.{error.why}", folder=folder, files=files))
    except FasitError as error:
        say(str(error))
    except (UnfinishedError, OSError) as error:
        say(f"{folder}: {error}")
        raise typer.Exit(UNFINISHED) from error
    else:
        raise typer.Exit(FINE if card.passes else FINDINGS)
    raise typer.Exit(USAGE)


def _init(folder: Path, year: int, municipality: str, words: Texts) -> int:
    """Write the kit; a folder that has one is left alone."""
    if not re.fullmatch("[0-9]{4}", municipality):
        say(words("conformance.place"))
        return USAGE
    try:
        files = write_kit(moved(shipped(), year, municipality), folder)
    except FileExistsError as error:
        say(words("conformance.exists", file=error.args[0]))
        return USAGE
    except OSError as error:
        say(f"{folder}: {error.strerror}")
        return UNFINISHED
    told = {"page": PAGE.format(words.language), "year": year, "folder": folder}
    put(f"{path}\n" for path in files)
    put([f"\n{words('conformance.next', **told)}\n"])
    return FINE


def _told(card: Card, format_: str, words: Texts) -> Iterator[str]:
    said = Said(card, words)
    if format_ == "text":
        return as_text(said, width())
    return as_json(said) if format_ == "json" else as_html(said)


def _print(card: Card, format_: str, words: Texts) -> None:
    try:
        put(_told(card, format_, words))
    except BrokenPipeError:
        hush()
