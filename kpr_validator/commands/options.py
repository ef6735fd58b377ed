"""The options that several commands share, each as the type that a command's parameter has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.telling import DEFAULT_LEVEL, LEVELS
from kpr_validator.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def one_of(allowed: Sequence[str], *, several: bool = False) -> Callable[[str], str]:
    """Return a check that a value is one of these words, or several with commas between."""

    def check(value: str) -> str:
        if value and not {*(value.split(",") if several else [value])} <= {*allowed}:
            message = f"velg en av {', '.join(allowed)}"
            raise typer.BadParameter(message)
        return value

    return check


def ids(words: Sequence[str] | None) -> tuple[str, ...]:
    """Return the rule ids of options that may be repeated, or hold several."""
    return tuple(part for word in words or () for part in word.replace(",", " ").split())


File = Annotated[str, typer.Argument(help="Innsendingen, «-» for standard inn.")]
TextOrJson = Annotated[
    str, typer.Option("--format", callback=one_of(("text", "json")), help="text eller json.")
]
Worklists = Annotated[
    list[Path] | None,
    typer.Option("--worklist", help="En tidligere arbeidsliste: status og kommentarer følger med."),
]
Language = Annotated[
    str, typer.Option("--lang", callback=one_of(LANGUAGES), help="nb, nn eller en.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        callback=one_of(tuple(LEVELS)),
        show_default=DEFAULT_LEVEL,
        help="avvist, feil, advarsel eller opplysning.",
    ),
]
Chosen = Annotated[
    list[str] | None, typer.Option("--select", help="Bare disse reglene (id eller tema).")
]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", help="Ikke disse reglene (id eller tema).")
]
Ident = Annotated[str | None, typer.Option("--ident", help="Identmeldingen som hører til.")]
LastYear = Annotated[str | None, typer.Option("--last-year", help="Fjorårets innsending.")]
Previous = Annotated[
    str | None, typer.Option("--previous", help="En tidligere innsending for samme år.")
]
Units = Annotated[
    str | None, typer.Option("--units", help="Enheter som CSV: orgnr;navn;næringskode.")
]
ConfigFile = Annotated[
    str | None,
    typer.Option(
        "--config", help="Egne valg; ellers kpr.toml her eller lenger opp i samme arkiv (repo)."
    ),
]
RuleFolders = Annotated[
    list[str] | None, typer.Option("--rules", help="En mappe med flere regelsider.")
]
ExplainLedger = Annotated[
    str | None,
    typer.Option("--explain-ledger", help="Funn som dere har forklart (TOML): de feller ikke."),
]
TestData = Annotated[
    bool, typer.Option("--test-data", help="Personene er syntetiske: dette er en testinnsending.")
]
