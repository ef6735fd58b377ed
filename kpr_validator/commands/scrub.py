"""`scrub`: make the smallest invented file that shows the same faults, for a vendor to look at."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpr_validator.commands.chosen import configured
from kpr_validator.commands.judging import judge
from kpr_validator.commands.options import (
    Chosen,
    ConfigFile,
    File,
    Ident,
    Language,
    RuleFolders,
    TestData,
    ids,
)
from kpr_validator.commands.telling import FINDINGS, FINE, UNFINISHED, USAGE, leave, put, say, width
from kpr_validator.pipeline import Options
from kpr_validator.report.texts import texts
from kpr_validator.scrub.begin import NothingError
from kpr_validator.scrub.told import as_text, reasons, remarks
from kpr_validator.scrub.work import scrub as scrubbed

if TYPE_CHECKING:
    from kpr_validator.model import Report
    from kpr_validator.report.texts import Texts
    from kpr_validator.scrub.finish import Scrubbed

app = typer.Typer(add_completion=False)

Output = Annotated[Path, typer.Option("--output", help="Filen som lages.")]


@app.command()
def scrub(  # noqa: PLR0913  the command's options
    file: File,
    output: Output,
    *,
    select: Chosen = None,
    ident: Ident = None,
    test_data: TestData = False,
    lang: Language = "nb",
    config: ConfigFile = None,
    rules: RuleFolders = None,
) -> None:
    """Lag den minste oppdiktede filen som viser de samme feilene, til leverandøren.

    Den har ett funn fra hver regel, med nye id-er og andre datoer og tekster.
    Se gjennom den før den deles. Regler som sammenligner med fjoråret, forrige innsending eller
    listen over enheter, kan ikke vises. Kode 1: noe av det som var valgt, kunne ikke vises.
    """
    words = texts(lang)
    _may_write(file, ident, output, words)
    chosen = configured(config, rules)
    named = ids(select)
    options = Options(
        ident=ident,
        test_data=test_data,
        rules=chosen.rules,
        select=named or chosen.select,
        ignore=chosen.ignore,
        stdin=io.BytesIO(sys.stdin.buffer.read() if file == "-" else b""),
    )

    def tell(report: Report) -> int:
        try:
            made = scrubbed(report, file, options, named, remarks(report.rules, words))
        except NothingError as error:
            say(words("scrub.nothing"))
            put(reasons(error.left_out, words, width()))
            return FINDINGS
        if made.leaks:
            kinds = ", ".join(words(f"scrub.kind.{kind}") for kind in made.leaks)
            say(words("scrub.leaked", kinds=kinds))
            return UNFINISHED
        put(as_text(made, _write(made, output), report.rules, words, width()))
        return FINDINGS if named and made.left_out else FINE

    raise typer.Exit(judge(file, replace(options, progress=lambda _count: None), tell))


def _may_write(file: str, ident: str | None, output: Path, words: Texts) -> None:
    """End the program when a file of the sender's would be written over."""
    written = (output.resolve(), _beside(output).resolve())
    given = (Path(path).resolve() for path in (file, ident) if path and path != "-")
    if any(path in written for path in given):
        say(words("scrub.same"))
        raise typer.Exit(USAGE)


def _beside(output: Path) -> Path:
    """Return where the ident message goes."""
    return output.with_name(f"{output.stem}-ident{output.suffix}")


def _write(made: Scrubbed, output: Path) -> list[str]:
    """Write the file, and its ident message if it has one; return their names."""
    leave([made.text], output)
    if made.ident is None:
        return [str(output)]
    leave([made.ident], _beside(output))
    return [str(output), str(_beside(output))]
