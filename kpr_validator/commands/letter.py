"""`letter`: write what a register would ask the municipality to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.chosen import configured, explained, explanations
from kpr_validator.commands.judging import judge
from kpr_validator.commands.options import (
    ConfigFile,
    ExplainLedger,
    File,
    Language,
    LastYear,
    RuleFolders,
)
from kpr_validator.commands.telling import FINE, UNFINISHED, leave, say
from kpr_validator.letter import NoLetterError
from kpr_validator.letter import letter as written
from kpr_validator.pipeline import Options
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from kpr_validator.model import Report

app = typer.Typer(add_completion=False)

Output = Annotated[Path | None, typer.Option("--output", help="Filen som brevet legges i.")]
Small = Annotated[int, typer.Option("--small", min=1, help="Tall under dette vises ikke.")]


@app.command()
def letter(  # noqa: PLR0913  the command's options
    file: File,
    *,
    output: Output = None,
    lang: Language = "nb",
    small: Small = 10,
    last_year: LastYear = None,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
) -> None:
    """Skriv et kort brev til kommunen om det som bør rettes: bare tall, ingen personer."""
    chosen = configured(config, rules)
    options = Options(
        last_year=last_year,
        rules=chosen.rules,
        select=chosen.select,
        ignore=chosen.ignore,
        stdin=sys.stdin.buffer,
    )
    ledger = explanations(explain_ledger)

    def tell(report: Report) -> int:
        try:
            leave(written(explained(report, ledger), lang, small), output)
        except NoLetterError:
            say(texts(lang)("letter.uncertain"))
            return UNFINISHED
        return FINE

    raise typer.Exit(judge(file, options, tell))
