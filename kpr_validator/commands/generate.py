"""`generate`: synthetic submissions with nobody real in them, at any size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.options import one_of
from kpr_validator.commands.telling import UNFINISHED, USAGE, say
from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.municipalities import in_use
from kpr_validator.generate.national import write_national, write_one
from kpr_validator.generate.submission import Wish, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.generate.files import Made

FORMATS = ("3.5", "3.7")

app = typer.Typer(add_completion=False)

Municipality = Annotated[
    str | None, typer.Option("--municipality", help="Kommunenummeret, fire sifre.")
]
Year = Annotated[int, typer.Option("--year", min=2018, max=2021, help="Dataåret, 2018 til 2021.")]
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
    national: National = False,
) -> None:
    """Lag syntetiske innsendinger: ingen personer i dem finnes, og ingen funn er i dem.

    Antall og fordelinger følger publiserte tall for landet. En liste over enheter og et
    manifest legges ved siden av. Kontroller med --test-data.
    """
    if national == bool(municipality):
        say("oppgi enten --municipality eller --national")
        raise typer.Exit(USAGE)
    extras = Extras(ident=with_ident, last_year=last_year)
    try:
        if municipality is None:
            for made in write_national(year, seed, output, extras):
                _tell(made[:1], output)
            return
        if municipality not in in_use(year):
            say(f"{municipality} er ikke nummeret til en kommune i {year}")
            raise typer.Exit(USAGE)
        wish = Wish(municipality, year, persons, seed, version or version_of(year))
        _tell(write_one(wish, output, extras), output)
    except OSError as error:
        say(f"kan ikke skrive filene ({error.strerror})")
        raise typer.Exit(UNFINISHED) from error


def _tell(made: Iterable[Made], folder: Path) -> None:
    for file in made:
        typer.echo(f"{folder / file.name}: {file.kind}, {file.persons} personer")
