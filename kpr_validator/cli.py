"""The command line: options in, reports out, one exit code. No judgement is made here."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kpr_validator import __version__, assets
from kpr_validator.model import LANGUAGES, Report, Severity, Verdict
from kpr_validator.output import FORMATS, WIDEST, WORKLISTS, Writer, needs_folder
from kpr_validator.read import UnfinishedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kpr_validator.compare import Snapshot
    from kpr_validator.explained import Entry
    from kpr_validator.model import Rule
    from kpr_validator.report.carried import Carried

FINE, FINDINGS, USAGE, UNFINISHED = range(4)
LEVELS = {
    "avvist": Severity.FATAL,
    "feil": Severity.ERROR,
    "advarsel": Severity.WARNING,
    "opplysning": Severity.INFO,
}
SHARE_LIMITS = (5, 10)  # the two that are documented
WORTH_PROGRESS = 20_000_000
CHILD_HABILITATION = "barnehabilitering"  # the indicator that is counted from a table of its own

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kontrollerer kommunens årlige IPLOS-melding til KPR før den sendes.",
)


def _say(message: str) -> None:
    sys.stderr.write(f"kpr-validator: {message}\n")


def _one_of(allowed: Sequence[str], *, several: bool = False) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value and not {*(value.split(",") if several else [value])} <= {*allowed}:
            message = f"velg en av {', '.join(allowed)}"
            raise typer.BadParameter(message)
        return value

    return check


Files = Annotated[
    list[str], typer.Argument(help="Filene som skal kontrolleres, «-» for standard inn.")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        callback=_one_of((*FORMATS, *WORKLISTS), several=True),
        help="text, json, html, xlsx eller csv; flere med komma mellom.",
    ),
]
Worklists = Annotated[
    list[Path] | None,
    typer.Option("--worklist", help="En tidligere arbeidsliste: status og kommentarer følger med."),
]
Output = Annotated[Path | None, typer.Option("--output", help="Mappen rapportene legges i.")]
Language = Annotated[
    str, typer.Option("--lang", callback=_one_of(LANGUAGES), help="nb, nn eller en.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        callback=_one_of(tuple(LEVELS)),
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
    str | None, typer.Option("--config", help="Egne valg (kpr.toml): regler, alvorlighet, grenser.")
]
RuleFolders = Annotated[
    list[str] | None, typer.Option("--rules", help="En mappe med flere regelsider.")
]
ExplainLedger = Annotated[
    str | None,
    typer.Option("--explain-ledger", help="Funn som dere har forklart (TOML): de feller ikke."),
]
ReceiptFile = Annotated[
    Path | None,
    typer.Option("--receipt", help="Skriv en kvittering hit: NAVN.json, og NAVN.txt ved siden av."),
]
TestData = Annotated[
    bool, typer.Option("--test-data", help="Personene er syntetiske: dette er en testinnsending.")
]


@app.callback(invoke_without_command=True)
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Si hvilken versjon dette er.")
    ] = False,
) -> None:
    """Kontrollerer kommunens årlige IPLOS-melding til KPR før den sendes."""
    if version:
        typer.echo(f"kpr-validator {__version__}")
        raise typer.Exit


@app.command()
def check(  # noqa: PLR0913  the command's options
    files: Files,
    *,
    format_: Format = "",
    output: Output = None,
    lang: Language = "nb",
    fail_on: FailOn = "feil",
    select: Chosen = None,
    ignore: Ignored = None,
    ident: Ident = None,
    last_year: LastYear = None,
    previous: Previous = None,
    units: Units = None,
    test_data: TestData = False,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
    receipt: ReceiptFile = None,
    worklist: Worklists = None,
) -> None:
    """Kontroller en eller flere filer.

    Uten --output skrives rapporten ut her. Med --output legges HTML og JSON i mappen.
    """
    from kpr_validator.pipeline import Options  # noqa: PLC0415  only this command needs the engine

    chosen = _configured(config, rules or [])
    options = Options(
        ident=ident,
        last_year=last_year,
        previous=previous,
        units=units,
        test_data=test_data,
        rules=chosen.rules,
        select=_ids(select) or chosen.select,
        ignore=_ids(ignore) + chosen.ignore,
        stdin=sys.stdin.buffer,
    )
    if receipt and len(files) > 1:
        _say("--receipt gjelder én fil om gangen")
        raise typer.Exit(USAGE)
    if output is None and needs_folder(format_):
        _say("flere formater, og xlsx, legges i en mappe: oppgi --output")
        raise typer.Exit(USAGE)
    writer = Writer(format_, output, lang, several=len(files) > 1)
    writer.carried = _carried(worklist)
    wishes = _Wishes(LEVELS[fail_on], _explanations(explain_ledger), receipt)
    codes = [_check_one(file, options, writer, wishes) for file in files]
    raise typer.Exit(max(codes))


def _carried(paths: Sequence[Path] | None) -> Carried | None:
    """Return what is written in earlier work lists; a file that is none ends the program."""
    if not paths:
        return None
    from kpr_validator.report.carried import WorklistError, read_carried  # noqa: PLC0415

    try:
        return read_carried(paths)
    except FileNotFoundError as error:
        _say(f"finner ikke filen {error.filename}")
    except WorklistError as error:
        _say(str(error))
    raise typer.Exit(USAGE)


class _Wishes(NamedTuple):
    """What the user wants of a report besides its form."""

    level: Severity
    ledger: Mapping[str, Entry] | None
    receipt: Path | None


class _Chosen(NamedTuple):
    """The rules as the user wants them, and which of them."""

    rules: Mapping[str, Rule]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def _configured(path: str | None, folders: Sequence[str]) -> _Chosen:
    """Return what the user's own files say; a file that can't be used ends the program."""
    if path is None and not folders:
        from kpr_validator.rules import all_rules  # noqa: PLC0415

        return _Chosen(all_rules())
    from kpr_validator.config import Config, ConfigError, read_config, rules_by  # noqa: PLC0415

    try:
        config = read_config(Path(path)) if path else Config()
        rules = rules_by(config, map(Path, folders))
    except FileNotFoundError as error:
        _say(f"finner ikke filen {error.filename}")
    except ConfigError as error:
        _say(str(error))
    else:
        return _Chosen(rules, config.select, config.ignore)
    raise typer.Exit(USAGE)


def _explanations(path: str | None) -> Mapping[str, Entry] | None:
    """Return the findings that the user has accepted; a bad list ends the program."""
    if path is None:
        return None
    from kpr_validator.explained import ExplainedError, read_ledger  # noqa: PLC0415

    try:
        return read_ledger(Path(path))
    except FileNotFoundError as error:
        _say(f"finner ikke filen {error.filename}")
    except ExplainedError as error:
        _say(str(error))
    raise typer.Exit(USAGE)


def _explained(report: Report, ledger: Mapping[str, Entry] | None) -> Report:
    if ledger is None:
        return report
    from kpr_validator.explained import explain as mark  # noqa: PLC0415

    return mark(report, ledger)


def _give_receipt(report: Report, path: Path, language: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from kpr_validator.output import write_whole  # noqa: PLC0415
    from kpr_validator.receipt import as_json, as_text  # noqa: PLC0415

    now = datetime.now(UTC).astimezone()
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.stem if path.suffix in {".json", ".txt"} else path.name
    write_whole(path.with_name(f"{name}.json"), as_json(report, now))
    write_whole(path.with_name(f"{name}.txt"), as_text(report, now, language))


def _ids(words: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(part for word in words or () for part in word.replace(",", " ").split())


def _check_one(file: str, options: object, writer: Writer, wishes: _Wishes) -> int:
    """Judge one file, write its reports and return its exit code."""

    def tell(judged: Report) -> int:
        report = _explained(judged, wishes.ledger)
        writer.write(report)
        if wishes.receipt:
            _give_receipt(report, wishes.receipt, writer.language)
        return _code(report, wishes.level)

    return _run(file, options, tell)


def _run(file: str, options: object, tell: Callable[[Report], int]) -> int:
    """Judge one file and tell what was found; return the exit code, also of what goes wrong."""
    from dataclasses import replace  # noqa: PLC0415

    from kpr_validator.pipeline import Options, check_file  # noqa: PLC0415

    if not isinstance(options, Options):
        raise TypeError
    try:
        with (
            _progress(file) as progress,
            check_file(file, replace(options, progress=progress)) as report,
        ):
            progress(-1)
            return tell(report)
    except FileNotFoundError as error:
        _say(f"finner ikke filen {error.filename or error.args[0]}")
        return USAGE
    except UnfinishedError as error:
        _say(f"{Path(file).name}: {error}")
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _say(f"{Path(file).name}: kan ikke skrive rapporten ({error.strerror})")
    except Exception as error:
        _say(f"{Path(file).name}: intern feil ({type(error).__name__}); resultatet er uavgjort")
        if os.environ.get("KPR_VALIDATOR_DEBUG"):
            raise
    return UNFINISHED


def _code(report: Report, level: Severity) -> int:
    if report.verdict is Verdict.UNDECIDED:
        return UNFINISHED
    told = any(
        report.counts[severity] + report.following[severity]
        for severity in Severity
        if severity.rank <= level.rank
    )
    return FINDINGS if told else FINE


@contextmanager
def _progress(file: str) -> Iterator[Callable[[int], None]]:
    """Show how far we are on standard error, for long work in a terminal only."""
    size = Path(file).stat().st_size if file != "-" and Path(file).is_file() else 0
    if size < WORTH_PROGRESS or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("leser", total=size)

        def tell(count: int) -> None:
            if count < 0:
                bar.update(task, completed=size, description="skriver rapport")
            else:
                bar.update(task, completed=min(count, size))

        yield tell


@app.command()
def rules(
    words: Annotated[
        list[str] | None, typer.Argument(help="Id, tema eller ord i tittelen.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", callback=_one_of(("text", "json")), help="text eller json.")
    ] = "text",
    lang: Language = "nb",
    year: Annotated[
        int | None, typer.Option("--year", help="Bare regler som gjelder dette året.")
    ] = None,
) -> None:
    """List reglene."""
    from kpr_validator.report.as_rules import as_list  # noqa: PLC0415
    from kpr_validator.rules import all_rules  # noqa: PLC0415

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


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="Regelens id, for eksempel IP-01.")],
    lang: Language = "nb",
) -> None:
    """Vis siden til en regel: kravet, hvorfor, hvordan det rettes, og eksempler."""
    from kpr_validator.reads import fields_read  # noqa: PLC0415
    from kpr_validator.report.as_rules import as_page  # noqa: PLC0415
    from kpr_validator.rules import all_rules  # noqa: PLC0415

    found = all_rules().get(rule.upper())
    if found is None:
        _say(f"finner ingen regel {rule}; «kpr-validator rules» viser alle")
        raise typer.Exit(USAGE)
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    page = (assets.rules().parent / found.path).read_text(encoding="utf-8")
    reads = next(fields_read([found]))
    for piece in as_page(found, page, reads, lang, width, colour=sys.stdout.isatty()):
        sys.stdout.write(piece)


@app.command()
def feedback(  # noqa: PLR0913  the command's options
    file: Annotated[str, typer.Argument(help="Innsendingen, «-» for standard inn.")],
    output: Annotated[Path, typer.Option("--output", help="Mappen som filene legges i.")],
    *,
    lang: Language = "nb",
    ident: Ident = None,
    last_year: LastYear = None,
    previous: Previous = None,
    units: Units = None,
    test_data: TestData = False,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    worklist: Annotated[
        list[Path] | None,
        typer.Option(
            "--worklist", help="En tidligere arbeidsliste: status og kommentarer følger med."
        ),
    ] = None,
    letter: Annotated[
        bool, typer.Option("--letter", help="Også brevet et register ville ha sendt.")
    ] = False,
    share: Annotated[
        int | None,
        typer.Option("--share", help="Også det som kan deles; tall under 5 eller 10 skjules."),
    ] = None,
) -> None:
    """Skriv hele tilbakemeldingen: rapport, arbeidsliste, tall og kvittering."""
    from kpr_validator.feedback import Wish, write_feedback  # noqa: PLC0415
    from kpr_validator.letter import NoLetterError  # noqa: PLC0415
    from kpr_validator.pipeline import Options  # noqa: PLC0415
    from kpr_validator.report.carried import WorklistError  # noqa: PLC0415
    from kpr_validator.report.texts import texts  # noqa: PLC0415

    chosen = _configured(config, rules or [])
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
    )
    if share not in {None, *SHARE_LIMITS}:
        _say(f"--share må være {' eller '.join(map(str, SHARE_LIMITS))}")
        raise typer.Exit(USAGE)
    wish = Wish(lang, tuple(worklist or ()), letter, share)

    def tell(report: Report) -> int:
        try:
            for path in write_feedback(report, output, wish):
                sys.stdout.write(f"{path}\n")
        except WorklistError as error:
            _say(str(error))
            return USAGE
        except NoLetterError:
            _say(texts(lang)("letter.uncertain"))
            return UNFINISHED
        return _code(report, Severity.ERROR)

    raise typer.Exit(_run(file, options, tell))


@app.command()
def indicators(  # noqa: PLR0913  the command's options
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FIL",
            help="Innsendingen, «-» for standard inn; eller barnehabilitering og kontaktene.",
        ),
    ],
    *,
    last_year: LastYear = None,
    units: Units = None,
    format_: Annotated[
        str, typer.Option("--format", callback=_one_of(("text", "json")), help="text eller json.")
    ] = "text",
    lang: Language = "nb",
    persons: Annotated[
        str, typer.Option("--persons", help="Vis personene bak en del: INDIKATOR:DEL.")
    ] = "",
    year: Annotated[
        int | None,
        typer.Option("--year", help="Året som skal telles, bare for barnehabilitering."),
    ] = None,
) -> None:
    """Regn ut indikatorene: slik de er sendt, og slik KPR vil se dem."""
    from kpr_validator.pipeline import Options  # noqa: PLC0415

    is_table = files[0] == CHILD_HABILITATION
    if len(files) != 1 + is_table:
        _say("gi én innsending, eller barnehabilitering og én tabell")
        raise typer.Exit(USAGE)
    if is_table:
        raise typer.Exit(_tell_contacts(files[1], year, format_, lang))
    options = Options(last_year=last_year, units=units, stdin=sys.stdin.buffer)
    ways = _Ways(format_, lang, persons)
    raise typer.Exit(_run(files[0], options, lambda report: _tell_figures(report, ways)))


def _tell_contacts(file: str, year: int | None, format_: str, language: str) -> int:
    """Count a table of contacts; a line that is wrong is told, and gives the code of findings."""
    from kpr_validator.barnehabilitering import indicator  # noqa: PLC0415
    from kpr_validator.contacts import ContactsError  # noqa: PLC0415
    from kpr_validator.report.as_contacts import as_json, as_text, refusal  # noqa: PLC0415

    try:
        counted = indicator(file, year)
    except ContactsError as error:
        _say(f"{Path(file).name}: {refusal(error, language)}")
        return USAGE
    except OSError as error:
        _say(f"kan ikke lese {file} ({error.strerror})")
        return USAGE
    if format_ == "json":
        _put(as_json(counted, language))
    else:
        sys.stdout.writelines(as_text(counted, language, _width()))
    return FINDINGS if counted.contacts.problems else FINE


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def _put(pieces: Iterable[str]) -> None:
    """Write to standard output as UTF-8, whatever the terminal takes."""
    sys.stdout.buffer.writelines(piece.encode() for piece in pieces)
    sys.stdout.buffer.flush()


class _Ways(NamedTuple):
    """How the indicators are to be told."""

    format: str
    language: str
    persons: str


def _tell_figures(report: Report, ways: _Ways) -> int:
    """Write the indicators, or the persons behind a part of one."""
    from kpr_validator.report.as_figures import as_json, as_text  # noqa: PLC0415

    figures = report.figures()
    if ways.persons and figures:
        name, _, part = ways.persons.partition(":")
        behind = figures.persons.get((name, part))
        if behind is None:
            _say(f"finner ingen del {ways.persons}; «--format json» viser alle")
            return USAGE
        sys.stdout.writelines(f"{person}\n" for person in behind)
    elif ways.format == "json":
        sys.stdout.buffer.writelines(
            piece.encode() for piece in as_json(report, figures, ways.language)
        )
    else:
        width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
        sys.stdout.writelines(as_text(report, figures, ways.language, width))
    return FINE if figures else UNFINISHED


@app.command()
def compare(  # noqa: PLR0913  the command's options
    files: Annotated[
        list[str],
        typer.Argument(
            help="Innsendinger eller rapporter i JSON, to eller flere, de eldste først."
        ),
    ],
    *,
    format_: Annotated[
        str, typer.Option("--format", callback=_one_of(FORMATS), help="text, json eller html.")
    ] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", help="Filen som sammenligningen legges i.")
    ] = None,
    lang: Language = "nb",
    fail_on: FailOn = "feil",
    select: Chosen = None,
    ignore: Ignored = None,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
) -> None:
    """Sammenlign innsendinger: nye funn, rettede funn og endrede tall.

    Kode 1 betyr at den siste har et nytt funn som er minst så alvorlig som --fail-on,
    og som ikke er forklart; kode 3 at en av kontrollene ikke ga et sikkert svar.
    """
    from kpr_validator.pipeline import Options  # noqa: PLC0415

    if len(files) < 2:  # noqa: PLR2004  there is nothing to compare one with
        _say("gi minst to filer, de eldste først")
        raise typer.Exit(USAGE)
    chosen = _configured(config, rules or [])
    options = Options(
        rules=chosen.rules,
        select=_ids(select) or chosen.select,
        ignore=_ids(ignore) + chosen.ignore,
        stdin=sys.stdin.buffer,
    )
    ledger = _explanations(explain_ledger)
    series = [_snapshot(file, options, ledger) for file in files]
    raise typer.Exit(_tell_comparison(series, chosen.rules, _Form(format_, output, lang), fail_on))


class _Form(NamedTuple):
    """Where and how a comparison is to be written."""

    format: str
    output: Path | None
    language: str


def _snapshot(file: str, options: object, ledger: Mapping[str, Entry] | None) -> Snapshot:
    """Return what a file holds to compare; one that can't be read ends the program."""
    from kpr_validator.snapshots import SnapshotError, is_json, of_json, of_report  # noqa: PLC0415

    taken: list[Snapshot] = []

    def take(report: Report) -> int:
        taken.append(of_report(_explained(report, ledger)))
        return FINE

    try:
        if Path(file).is_file() and is_json(file):
            return of_json(Path(file))
    except SnapshotError as error:
        _say(f"{Path(file).name}: {error}")
        raise typer.Exit(USAGE) from error
    if code := _run(file, options, take):
        raise typer.Exit(code)
    return taken[0]


def _tell_comparison(
    series: Sequence[Snapshot], rules: Mapping[str, Rule], form: _Form, fail_on: str
) -> int:
    from kpr_validator.compare import compare as held_together  # noqa: PLC0415
    from kpr_validator.report.as_comparison import as_html, as_json, as_text  # noqa: PLC0415
    from kpr_validator.report.compared import said  # noqa: PLC0415

    comparison = held_together(series)
    told = said(comparison, rules, form.language)
    if form.format == "text":
        pieces = as_text(told, _width())
    else:
        pieces = as_json(told) if form.format == "json" else as_html(told)
    try:
        _leave(pieces, form.output)
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNFINISHED
    except OSError as error:
        _say(f"kan ikke skrive sammenligningen ({error.strerror})")
        return UNFINISHED
    if comparison.is_undecided:
        return UNFINISHED
    return FINDINGS if comparison.has_new(LEVELS[fail_on]) else FINE


@app.command()
def letter(  # noqa: PLR0913  the command's options
    file: Annotated[str, typer.Argument(help="Innsendingen, «-» for standard inn.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", help="Filen som brevet legges i.")
    ] = None,
    lang: Language = "nb",
    small: Annotated[int, typer.Option("--small", min=1, help="Tall under dette vises ikke.")] = 10,
    last_year: LastYear = None,
    config: ConfigFile = None,
    rules: RuleFolders = None,
    explain_ledger: ExplainLedger = None,
) -> None:
    """Skriv et kort brev til kommunen om det som bør rettes: bare tall, ingen personer."""
    from kpr_validator.letter import NoLetterError  # noqa: PLC0415
    from kpr_validator.letter import letter as written  # noqa: PLC0415
    from kpr_validator.pipeline import Options  # noqa: PLC0415

    chosen = _configured(config, rules or [])
    options = Options(
        last_year=last_year,
        rules=chosen.rules,
        select=chosen.select,
        ignore=chosen.ignore,
        stdin=sys.stdin.buffer,
    )
    ledger = _explanations(explain_ledger)

    def tell(report: Report) -> int:
        try:
            _leave(written(_explained(report, ledger), lang, small), output)
        except NoLetterError:
            from kpr_validator.report.texts import texts  # noqa: PLC0415

            _say(texts(lang)("letter.uncertain"))
            return UNFINISHED
        return FINE

    raise typer.Exit(_run(file, options, tell))


def _leave(pieces: Iterable[str], path: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    from kpr_validator.output import write_whole  # noqa: PLC0415

    if path is None:
        _put(pieces)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, iter(pieces))
