"""`rules`: list the rules."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kpr_validator.commands.options import Language, TextOrJson
from kpr_validator.commands.telling import USAGE
from kpr_validator.report.as_rules import as_list
from kpr_validator.rules import all_rules

app = typer.Typer(add_completion=False)

Words = Annotated[list[str] | None, typer.Argument(help="Id, tema eller ord i tittelen.")]
DataYear = Annotated[int | None, typer.Option("--year", help="Bare regler som gjelder dette året.")]


@app.command()
def rules(
    words: Words = None,
    format_: TextOrJson = "text",
    lang: Language = "nb",
    year: DataYear = None,
) -> None:
    """List reglene."""
    chosen = [
        rule
        for rule in all_rules().values()
        if (year is None or (rule.since or 0) <= year <= (rule.until or 9999))
        and all(
            word.lower() in f"{rule.id} {rule.title.in_language(lang)}".lower()
            for word in words or ()
        )
    ]
    for piece in as_list(chosen, lang, format_):
        sys.stdout.write(piece)
    if not chosen:
        raise typer.Exit(USAGE)
