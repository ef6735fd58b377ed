"""`explain`: show the page of a rule."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kpr_validator import assets
from kpr_validator.commands.options import Language
from kpr_validator.commands.telling import USAGE, say, width
from kpr_validator.reads import fields_read
from kpr_validator.report.as_rules import as_page
from kpr_validator.rules import all_rules

app = typer.Typer(add_completion=False)

RuleId = Annotated[str, typer.Argument(help="Regelens id, for eksempel IP-01.")]


@app.command()
def explain(rule: RuleId, lang: Language = "nb") -> None:
    """Vis siden til en regel: kravet, hvorfor, hvordan det rettes, og eksempler."""
    found = all_rules().get(rule.upper())
    if found is None:
        say(f"finner ingen regel {rule}; «kpr-validator rules» viser alle")
        raise typer.Exit(USAGE)
    page = (assets.rules().parent / found.path).read_text(encoding="utf-8")
    reads = next(fields_read([found]))
    for piece in as_page(found, page, reads, lang, width(), colour=sys.stdout.isatty()):
        sys.stdout.write(piece)
