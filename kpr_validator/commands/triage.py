"""`triage`: a folder of returns becomes a board for the register."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kpr_validator.commands.chosen import configured, nearest
from kpr_validator.commands.feedback import SHARE_LIMITS
from kpr_validator.commands.options import ConfigFile, Language, RuleFolders, TestData
from kpr_validator.commands.telling import FINE, UNFINISHED, USAGE, say
from kpr_validator.feedback import Wish
from kpr_validator.report.as_pdf import NoEngineError, require_engine
from kpr_validator.report.texts import texts
from kpr_validator.rules import PageError
from kpr_validator.triage.inbox import InboxError, glimpse
from kpr_validator.triage.model import Role
from kpr_validator.triage.outputs import BOOK, PAGE, SHARED, write_board
from kpr_validator.triage.parquet import NoArrowError, require_arrow
from kpr_validator.triage.ruleset import RuleSet, readable
from kpr_validator.triage.run import Order, triage
from kpr_validator.triage.supplied import ListError, read_lists
from kpr_validator.triage.watch import watch as follow
from kpr_validator.triage.what_if import as_text
from kpr_validator.triage.what_if import what_if as compared
from kpr_validator.triage.workers import ClusterError, apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpr_validator.report.texts import Texts

app = typer.Typer(add_completion=False)

Inbox = Annotated[
    str, typer.Argument(help="Mappen eller zip-filen med innsendinger, eller en fsspec-adresse.")
]
Year = Annotated[int, typer.Option("--year", min=2018, max=2100, help="Dataåret.")]
Output = Annotated[Path, typer.Option("--output", help="Mappen som tavlen og tilstanden ligger i.")]
Contacts = Annotated[
    Path | None,
    typer.Option(
        "--contacts", help="CSV med kommunenr, navn, telefon og epost. Bare for intern bruk."
    ),
]
Fetched = Annotated[
    Path | None, typer.Option("--fetched", help="CSV med kommunenr og dato: hvem som har hentet.")
]
Arrived = Annotated[
    Path | None,
    typer.Option("--arrived", help="CSV med fil og dato: når hver fil ble mottatt."),
]
Groups = Annotated[
    Path | None, typer.Option("--groups", help="CSV med kommunenr og gruppe (KOSTRA).")
]
Choices = Annotated[
    Path | None,
    typer.Option("--choices", help="CSV med kommunenr, bydelsnr og fil: den som skal stå."),
]
Feedback = Annotated[
    bool, typer.Option("--feedback", help="Skriv tilbakemelding og brev for alle leveranser.")
]
Share = Annotated[
    int | None,
    typer.Option("--share", help="Også det som kan deles; tall under 5 eller 10 skjules."),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Tilbakemelding for alle, også som PDF.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Antall prosesser; ellers én for hver kjerne."),
]
Now = Annotated[
    str | None, typer.Option("--now", help="Tidspunktet som tavlen sier at den gjelder.")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="En Dask-klynge, som tcp://maskin:8786.")
]
Watch = Annotated[bool, typer.Option("--watch", help="Følg innboksen til programmet avbrytes.")]
WhatIf = Annotated[
    str | None,
    typer.Option(
        "--what-if",
        metavar="MAPPE",
        help="Vis hva som endres med regelsidene og begrepene i mappen i stedet for våre.",
    ),
]


@app.command("triage")
def run(  # noqa: PLR0913  the command's options
    inbox: Inbox,
    *,
    year: Year,
    output: Output,
    lang: Language = "nb",
    contacts: Contacts = None,
    fetched: Fetched = None,
    arrived: Arrived = None,
    groups: Groups = None,
    choices: Choices = None,
    feedback: Feedback = False,
    share: Share = None,
    pdf: Pdf = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    watch: Watch = False,
    what_if: WhatIf = None,
    now: Now = None,
    test_data: TestData = False,
    config: ConfigFile = None,
    rules: RuleFolders = None,
) -> None:
    """Gå gjennom alle innsendingene til registeret, og vis dem på én tavle.

    Det som er kontrollert før, kontrolleres ikke igjen. Det som skrives, kan bare eieren lese.
    """
    os.umask(0o077)
    words = texts(lang)
    if share not in {None, *SHARE_LIMITS}:
        _refuse(f"--share må være {' eller '.join(map(str, SHARE_LIMITS))}")
    configured(config, rules)  # ends the program when they can't be used
    wish = Wish(lang, with_letter=True, share_limit=share, with_pdf=pdf)
    file = Path(config) if config else nearest(Path.cwd())
    try:
        require_arrow()
        if pdf:
            require_engine()
        order = Order(
            inbox,
            year,
            output,
            RuleSet(file, tuple(rules or ()), test_data=test_data),
            read_lists(contacts, fetched, groups, choices, arrived),
            wish if feedback or share or pdf else None,
            workers or os.cpu_count() or 1,
            scheduler,
        )
    except NoArrowError:
        _refuse(words("triage.no_arrow"))
    except NoEngineError as error:
        _refuse(error.told(lang))
    except ListError as error:
        _refuse(words("triage.list", **error.values))
    except FileNotFoundError as error:
        _refuse(f"finner ikke filen {error.filename}")
    when = _when(now, words)

    def once() -> int:
        return _guarded(order, words, lambda: _show(order, lang, when, words))

    if what_if:
        raise typer.Exit(_guarded(order, words, lambda: _compare(order, what_if, words)))
    if watch:
        look = partial(glimpse, inbox, output)
        raise typer.Exit(_guarded(order, words, lambda: follow(look, once)))
    raise typer.Exit(once())


def _show(order: Order, language: str, when: str | None, words: Texts) -> int:
    """Go through the inbox once, leave the board, and return the exit code."""
    with _progress() as progress:
        watched = replace(order, progress=progress)
        done = triage(watched, lambda settled: write_board(settled, order, language, when))
    known = sum(one.result is not None for one in done.settled.deliveries)
    typer.echo(words("triage.summary", judged=done.judged, known=max(0, known - done.judged)))
    typer.echo(order.output / PAGE)
    typer.echo(order.output / BOOK)
    for name in SHARED if order.wish and order.wish.share_limit else ():
        typer.echo(order.output / name)
    unfinished = len(done.settled.of(Role.UNFINISHED))
    if unfinished:
        say(words("triage.unfinished", n=unfinished))
    return UNFINISHED if unfinished else FINE


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how many returns are judged, in a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console  # noqa: PLC0415  slow to import
    from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("kontrollerer", total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every)


def _compare(order: Order, folder: str, words: Texts) -> int:
    """Tell what a changed rule set would change."""
    try:
        apart(readable, replace(order.rules, instead=folder))
    except PageError as error:
        say(str(error))
        return USAGE
    for line in as_text(compared(order, folder), words):
        typer.echo(line)
    return FINE


def _guarded(order: Order, words: Texts, work: Callable[[], int]) -> int:
    """Do the work, and say in one line what stopped it."""
    try:
        return work()
    except FileNotFoundError as error:
        say(words("triage.no_inbox", name=error.filename or order.inbox))
        return USAGE
    except (InboxError, ClusterError) as error:
        say(words(str(error)))
        return USAGE
    except OSError as error:
        say(words("triage.stopped", why=error.strerror or type(error).__name__))
        return UNFINISHED
    except sqlite3.Error as error:
        say(words("triage.stopped", why=error.sqlite_errorname))
        return UNFINISHED


def _when(now: str | None, words: Texts) -> str | None:
    """Return the time as the board says it."""
    if now is None:
        return None
    try:
        told = datetime.fromisoformat(now)
    except ValueError:
        _refuse(words("triage.now"))
    return f"{words.date(told.strftime('%Y%m%d'))} {told:%H:%M}"


def _refuse(why: str) -> NoReturn:
    say(why)
    raise typer.Exit(USAGE)
