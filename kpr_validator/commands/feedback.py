"""`feedback`: write everything that a municipality needs into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kpr_validator.commands.chosen import configured, explained, explanations
from kpr_validator.commands.judging import code, judge
from kpr_validator.commands.options import (
    ConfigFile,
    ExplainLedger,
    File,
    Ident,
    Language,
    LastYear,
    Previous,
    RuleFolders,
    TestData,
    Units,
    Worklists,
)
from kpr_validator.commands.telling import UNFINISHED, USAGE, say
from kpr_validator.feedback import Wish, write_feedback
from kpr_validator.letter import NoLetterError
from kpr_validator.model import Report, Severity
from kpr_validator.pipeline import Options
from kpr_validator.report.as_pdf import NoEngineError, require_engine
from kpr_validator.report.carried import WorklistError
from kpr_validator.report.texts import texts

SHARE_LIMITS = (5, 10)  # the two that are documented

app = typer.Typer(add_completion=False)

Folder = Annotated[Path, typer.Option("--output", help="Mappen som filene legges i.")]
Letter = Annotated[bool, typer.Option("--letter", help="Også brevet et register ville ha sendt.")]
Share = Annotated[
    int | None,
    typer.Option("--share", help="Også det som kan deles; tall under 5 eller 10 skjules."),
]


@app.command()
def feedback(  # noqa: PLR0913  the command's options
    file: File,
    output: Folder,
    *,
    lang: Language = "nb",
    ident: Ident = None,
    last_year: LastYear = None,
    previous: Previous = None,
    units: Units = None,
    test_data: TestData = False,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
    worklist: Worklists = None,
    letter: Letter = False,
    share: Share = None,
) -> None:
    """Skriv hele tilbakemeldingen: rapport, arbeidsliste, tall og kvittering."""
    chosen = configured(config, rules)
    options = Options(
        ident=ident,
        last_year=last_year,
        previous=previous,
        units=units,
        test_data=test_data,
        rules=chosen.rules,
        select=chosen.select,
        ignore=chosen.ignore,
        stdin=sys.stdin.buffer,
        config=chosen.config,
    )
    if share not in {None, *SHARE_LIMITS}:
        say(f"--share må være {' eller '.join(map(str, SHARE_LIMITS))}")
        raise typer.Exit(USAGE)
    wish = Wish(lang, tuple(worklist or ()), letter, share, with_pdf=_can_make_pdf(lang))
    ledger = explanations(explain_ledger or chosen.explain_ledger)

    def tell(report: Report) -> int:
        return _write(explained(report, ledger), output, wish)

    raise typer.Exit(judge(file, options, tell))


def _can_make_pdf(language: str) -> bool:
    """Tell whether the PDF can be among the files; if not, the user is told why."""
    try:
        require_engine()
    except NoEngineError as error:
        say(texts(language)("pdf.instead", why=error.told(language)))
        return False
    return True


def _write(report: Report, folder: Path, wish: Wish) -> int:
    try:
        for path in write_feedback(report, folder, wish):
            sys.stdout.write(f"{path}\n")
    except WorklistError as error:
        say(str(error))
        return USAGE
    except NoLetterError:
        say(texts(wish.language)("letter.uncertain"))
        return UNFINISHED
    return code(report, Severity.ERROR)
