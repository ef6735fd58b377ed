"""`generate`: synthetic submissions with nobody real in them, at any size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.options import Language, one_of
from kpr_validator.commands.telling import UNFINISHED, USAGE, say
from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.faults.plan import EVERY, PlanError, chosen
from kpr_validator.generate.kit import write_kit
from kpr_validator.generate.national import wishes, write_national, write_one
from kpr_validator.generate.submission import LAST_YEAR_KNOWN, YEARS, Wish, version_of
from kpr_validator.report.texts import texts
from kpr_validator.succession import in_use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.generate.files import Made
    from kpr_validator.report.texts import Texts

FORMATS = ("3.5", "3.7")

app = typer.Typer(add_completion=False)

Municipality = Annotated[
    str | None, typer.Option("--municipality", help="Kommunenummeret, fire sifre.")
]
Year = Annotated[
    int,
    typer.Option(
        "--year", min=YEARS[0], max=YEARS[1], help=f"Dataåret, {YEARS[0]} til {YEARS[1]}."
    ),
]
Persons = Annotated[int, typer.Option("--persons", min=1, max=1_000_000, help="Antall personer.")]
Seed = Annotated[int, typer.Option("--seed", help="Samme tall gir samme filer, overalt.")]
Version = Annotated[
    str,
    typer.Option(
        "--format",
        callback=one_of(FORMATS),
        help="3.5 eller 3.7; uten gjelder formatet for året.",
    ),
]
WithIdent = Annotated[bool, typer.Option("--with-ident", help="Lag identmeldingen også.")]
WithLastYear = Annotated[bool, typer.Option("--last-year", help="Lag fjorårets innsending også.")]
Gaps = Annotated[
    bool,
    typer.Option(
        "--gaps", help="La like mye være ubesvart og foreldet som det som er publisert; gir funn."
    ),
]
Faults = Annotated[
    str,
    typer.Option(
        "--faults",
        help="Feil som plantes: regler («IP-01,LMG-05»), med andel («IP-01:0.05»), dokumenterte"
        " hendelser («nesbyen-bpa»), eller «alle»: hver sin mappe.",
    ),
]
National = Annotated[
    bool,
    typer.Option("--national", help="Alle kommunene i året, etter folketall, hver i sin mappe."),
]
Output = Annotated[Path, typer.Option("--output", help="Mappen filene legges i.")]


@app.command()
def generate(  # noqa: PLR0913  the command's options
    output: Output,
    *,
    municipality: Municipality = None,
    year: Year = 2019,
    persons: Persons = 800,
    seed: Seed = 1,
    version: Version = "",
    with_ident: WithIdent = False,
    last_year: WithLastYear = False,
    gaps: Gaps = False,
    faults: Faults = "",
    national: National = False,
    lang: Language = "nb",
) -> None:
    """Lag syntetiske innsendinger: ingen personer i dem finnes, og ingen funn er i dem.

    Antall og fordelinger følger publiserte tall for landet. En liste over enheter og et
    manifest legges ved siden av; manifestet sier hva som er plantet hvor. Kontroller med
    --test-data.
    """
    words = texts(lang)
    if national == bool(municipality):
        _refuse(words("generate.either"))
    if (version or version_of(year)) != version_of(year):
        _refuse(words("generate.format", year=year, format=version_of(year)))
    if last_year and year < LAST_YEAR_KNOWN:
        _refuse(words("generate.no_last_year", year=year, before=year - 1))
    extras = Extras(ident=with_ident, last_year=last_year)
    try:
        if municipality is None:
            if EVERY in faults.split(","):
                _refuse(words("generate.every_fault"))
            _write_country(wishes(year, seed, gaps=gaps), output, extras, faults, words)
            return
        for used in (year, year - 1) if last_year else (year,):
            if municipality not in in_use(used):
                _refuse(words("generate.municipality", number=municipality, year=used))
        wish = Wish(municipality, year, persons, seed, version_of(year), gaps)
        _write(wish, output, extras, faults, words)
    except PlanError as error:
        _refuse(words(f"generate.fault.{error.reason}", **error.values))
    except OSError as error:
        say(words("generate.unwritten", why=error.strerror or ""))
        raise typer.Exit(UNFINISHED) from error


def _refuse(why: str) -> None:
    say(why)
    raise typer.Exit(USAGE)


def _write(wish: Wish, output: Path, extras: Extras, faults: str, words: Texts) -> None:
    if faults == EVERY:
        for name, made in write_kit(wish, output, extras):
            _tell(made[:1], output / name, words)
        return
    picked = chosen(faults, wish.year, wish.persons)
    _tell(write_one(wish, output, extras, picked), output, words)


def _write_country(
    wanted: list[Wish], output: Path, extras: Extras, faults: str, words: Texts
) -> None:
    chosen(faults, wanted[0].year, wanted[0].persons)
    for made in write_national(wanted, output, extras, faults):
        _tell(made[:1], output / made[0].municipality, words)


def _tell(made: Iterable[Made], folder: Path, words: Texts) -> None:
    for file in made:
        kind = words(f"generate.kind.{file.kind}")
        path = folder / file.name
        typer.echo(words("generate.made", file=path, kind=kind, n=file.persons))
