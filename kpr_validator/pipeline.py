"""The straight line: a file in, a Report out."""

from __future__ import annotations

import gc
import io
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import IO, TYPE_CHECKING

from kpr_validator import __version__, aggregate, store
from kpr_validator.catalogue import rules_year
from kpr_validator.check import Checker, Year
from kpr_validator.explain import Explainer, explain_whole
from kpr_validator.ledger import Entry, Ledger
from kpr_validator.locate import Locator
from kpr_validator.model import Report, Severity, Stage, StageStatus, Submission, Tally
from kpr_validator.opening import open_message
from kpr_validator.read import ONE_BYTE, ReadingError, Source, UnfinishedError, open_source
from kpr_validator.reading import Facts, reached
from kpr_validator.rules import all_rules
from kpr_validator.scan import Accepted, Scanner
from kpr_validator.sql import dagnr, mojibake

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kpr_validator.explain import Explained
    from kpr_validator.model import Finding, Rule, Value
    from kpr_validator.opening import Opening
    from kpr_validator.walk import Fault

RECORD = "PERSON"
NOT_READ = "filen kunne ikke leses til slutt"
NOT_CHOSEN = "ikke valgt"
NOT_ANNUAL = "gjelder bare den årlige meldingen"
OPEN_END = "99991231"


@dataclass(frozen=True)
class Options:
    """What the user asked for; `ident` and `last_year` are paths.

    `select` and `ignore` are rule ids or the beginnings of them. `progress` is
    told, now and then, how many characters have been read.
    """

    ident: str | None = None
    last_year: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    stdin: IO[bytes] = field(default_factory=io.BytesIO)
    progress: Callable[[int], None] = lambda _count: None
    fast: bool = True


@contextmanager
def check_file(path: str, options: Options) -> Iterator[Report]:
    """Judge one file; its report can be read as long as the context is open.

    Raises FileNotFoundError when a file is not there, UnfinishedError when one
    can't be read to its end for reasons outside its data.
    """
    run = _Run(path, options)
    gc.disable()
    try:
        yield run.report()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        message = f"lesingen stoppet ({error.strerror})"
        raise UnfinishedError(message) from error
    finally:
        gc.enable()
        run.close()


class _Run:
    """One file on its way down the line."""

    def __init__(self, path: str, options: Options) -> None:
        self.options = options
        self.rules = all_rules()
        self.con = store.connect()
        self.ledger = Ledger(self.con)
        self.found: Counter[str] = Counter()
        self.stages: list[Stage] = []
        self.tallies: list[Tally] = []
        self.facts = Facts(ident=bool(options.ident), last_year=bool(options.last_year))
        self.stopped_by: str | None = None
        self.submission = Submission(file=path, sha256=None)
        self.source: Source | None = None
        self.opening: Opening | None = None
        self.tables: store.Tables | None = None
        self.path = path

    def close(self) -> None:
        """Let the file and the tables go."""
        self.con.close()
        if self.source:
            self.source.close()

    def report(self) -> Report:
        """Walk the line and return what was found."""
        with self._stage("read"):
            rest = self._open()
        if self.opening and rest:
            kind = self.opening.document.kind
            with self._stage("schema"):
                (self._read_annual if kind == "annual" else self._read_ident)(self.opening, rest)
        with self._stage("rules"):
            self._check()
        return self._result()

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        before, begun = self.ledger.counts.total(), time.perf_counter()
        yield
        found = self.ledger.counts.total() > before
        status = StageStatus.FINDINGS if found else StageStatus.OK
        if name == "rules" and any(tally.status == "failed" for tally in self.tallies):
            status = StageStatus.FAILED
        self.stages.append(Stage(name, status, time.perf_counter() - begun))

    def _open(self) -> Iterator[str] | None:
        try:
            self.source = open_source(self.path, self.options.stdin)
            self.submission = replace(
                self.submission, file=self.source.name, sha256=self.source.sha256()
            )
            self.source.prepare()
            self.facts = replace(self.facts, zip=self.source.is_zip, packed=self.source.is_packed)
            encoding = self.source.encoding()
            self.facts = replace(self.facts, one_byte=encoding.codec in ONE_BYTE)
            self.opening, rest = open_message(self._watched(self.source))
        except ReadingError as error:
            if self.source:
                self.facts = replace(self.facts, zip=self.source.is_zip, packed=self.source.is_packed)
            self._stop(error)
            return None
        document = self.opening.document
        self.facts = replace(
            self.facts, envelope=bool(self.opening.envelope), annual=document.kind == "annual"
        )
        self.submission = replace(self.submission, format=document.name)
        return rest

    def _watched(self, source: Source) -> Iterator[str]:
        """Pass the text on, telling how far we are and noticing wrongly declared encodings."""
        count, told = 0, not self.facts.one_byte
        for block in source.text():
            yield block
            count += len(block)
            self.options.progress(count)
            if not told and mojibake(block):
                told = True
                self._tell("LES-12", 1, koding=source.encoding().name)

    def _stop(self, error: ReadingError) -> None:
        self.stopped_by = error.rule
        self._tell(error.rule, error.line, **error.values)

    def _tell(self, rule: str, line: int, **values: Value) -> None:
        """Keep a finding about the document as a whole."""
        self.found[rule] += 1
        details = {"line": line, "element": self._root, **values}
        self.ledger.add([Entry(0, rule, None, details)], self.rules[rule].severity)

    @property
    def _root(self) -> str:
        return self.opening.document.root if self.opening else ""

    def _read_annual(self, opening: Opening, rest: Iterator[str]) -> None:
        self.tables = store.Tables(self.con, "main", opening.document)
        try:
            ended = _load(opening, rest, self.tables, self._keep_faults, fast=self.options.fast)
        except ReadingError as error:
            self._stop(error)
            ended = False
        if not ended:
            self.stopped_by = self.stopped_by or "LES-03"
        self.tables.finish()
        store.fill_format(self.con, opening.document)
        records = {**dict.fromkeys(_classes(opening), 0), **self.tables.records}
        self.submission = replace(
            self.submission,
            exact_way_only=not self.tables.was_fast,
            persons=records.get(RECORD, 0),
            records={name: records[name] for name in _classes(opening)},
            **self._said_of_itself(opening),
        )
        year, named = self.submission.year, opening.document.name
        if year not in opening.document.years:
            told = self.submission.rules_year
            self._tell("LES-13", 1, navn=named, aar=str(year or "?"), regelaar=told)

    def _said_of_itself(self, opening: Opening) -> dict[str, object]:
        """Return what INNHINFO says: year, municipality, when it was extracted."""
        info = self.tables.envelope.get(0) if self.tables else None
        values = info.values if info else {}
        begins, made = values.get("iiFraDato", ""), values.get("iiLagetDato", "")
        year = int(begins[:4]) if dagnr(begins) else None
        number = values.get("iiKomnr")
        last_day = f"{year or rules_year(opening.document, None)}1231"
        return {
            "year": year,
            "rules_year": rules_year(opening.document, year),
            "municipality": number,
            "municipality_name": self._municipality(number, year),
            "district": values.get("iiBydelsnr"),
            "extracted": made if dagnr(made) else None,
            "status_day": made if dagnr(made) and made < last_day else last_day,
        }

    def _municipality(self, number: str | None, year: int | None) -> str | None:
        found = self.con.execute(
            "SELECT navn FROM kommune WHERE kommunenr = ?1 ORDER BY"
            " coalesce(gyldig_fra_aar, 0) <= ?2 AND ?2 <= coalesce(gyldig_til_aar, 9999) DESC",
            (number, year or 0),
        ).fetchone()
        return found[0] if found else None

    def _read_ident(self, opening: Opening, rest: Iterator[str]) -> None:
        self._tell("LES-24", opening.root_line)
        try:
            explained = explain_whole(opening, "".join(rest))
        except ReadingError as error:
            self._stop(error)
            return
        self._keep_faults(explained, [0] * len(explained.rows), 0)
        records = Counter(row.element.name for row in explained.rows)
        self.submission = replace(
            self.submission, persons=records["PasientIdent"], records=dict(records)
        )

    def _keep_faults(self, explained: Explained, numbers: Sequence[int], rad: int) -> None:
        for fault in explained.faults:
            self.found[fault.rule] += 1
            at = rad if fault.row is None else numbers[fault.row]
            entry = Entry(at, fault.rule, fault.field, _told(fault))
            self.ledger.add([entry], self.rules[fault.rule].severity)

    def _check(self) -> None:
        """Run the rules, and tally the pages about reading and schema."""
        run, left_out = self._chosen()
        self._read_others()
        if not self.facts.annual or self.stopped_by:
            why = NOT_READ if self.stopped_by else NOT_ANNUAL
            self.tallies += aggregate.skipped_tallies(run, why)
        else:
            given = {"ident"} & self._given() | {"fjor"} & self._given()
            checker = Checker(self.con, self._year(), self.ledger, frozenset(given))
            self.tallies += checker.run(run)
        self.tallies += aggregate.skipped_tallies(left_out, NOT_CHOSEN)
        asked = reached(self.facts, self.stopped_by)
        pages = (rule for rule in self.rules.values() if rule.sql is None)
        self.tallies += aggregate.page_tallies(pages, asked, self.found)
        self.tallies.sort(key=lambda tally: (tally.rule, tally.field or ""))

    def _chosen(self) -> tuple[list[Rule], list[Rule]]:
        chosen: list[Rule] = []
        left_out: list[Rule] = []
        for rule in self.rules.values():
            if rule.sql:
                wanted = not self.options.select or rule.id.startswith(self.options.select)
                unwanted = bool(self.options.ignore) and rule.id.startswith(self.options.ignore)
                (chosen if wanted and not unwanted else left_out).append(rule)
        return chosen, left_out

    def _given(self) -> set[str]:
        return {name for name, rows in (("ident", "ident"), ("fjor", "fjor.person")) if self._has(rows)}

    def _has(self, table: str) -> bool:
        return self.con.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608

    def _year(self) -> Year:
        year = self.submission.year or self.submission.rules_year or 0
        return Year(
            aar=self.submission.rules_year or year,
            fra=f"{year}0101",
            til=f"{year}1231",
            statusdato=self.submission.status_day or f"{year}1231",
        )

    def _read_others(self) -> None:
        """Read the ident message and last year's file into their tables."""
        if self.options.ident:
            self._other(self.options.ident, "ident", "LES-14")
        if self.options.last_year:
            self._other(self.options.last_year, "annual", "LES-15")

    def _other(self, path: str, kind: str, page: str) -> None:
        read = self._other_ident if kind == "ident" else self._other_year
        try:
            with closing(open_source(path, self.options.stdin)) as source:
                source.prepare()
                opening, rest = open_message(source.text())
                problem = read(opening, rest) if opening.document.kind == kind else "LES-09"
        except ReadingError as error:
            problem = error.rule
        if problem:
            self._tell(page, 1, grunn=problem)

    def _other_ident(self, opening: Opening, rest: Iterator[str]) -> str | None:
        explained = explain_whole(opening, "".join(rest))
        if explained.faults:
            return explained.faults[0].rule
        store.fill_ident(self.con, explained.rows)
        return None

    def _other_year(self, opening: Opening, rest: Iterator[str]) -> str | None:
        tables = store.Tables(self.con, "fjor", opening.document)
        problems: list[str] = []
        _load(
            opening,
            rest,
            tables,
            lambda explained, _numbers, _rad: problems.extend(x.rule for x in explained.faults),
            fast=self.options.fast,
        )
        tables.finish()
        info = tables.envelope.get(0)
        year = info.values.get("iiFraDato", "")[:4] if info else ""
        expected = (self.submission.year or 0) - 1
        if year != str(expected):
            self._tell("LES-25", 1, aar=year or "?", ventet=expected)
        return problems[0] if problems else None

    def _result(self) -> Report:
        for tally in self.tallies:
            if tally.rule not in self.found and tally.violations:
                self.found[tally.rule] = tally.violations
        return Report(
            tool_version=__version__,
            submission=self.submission,
            verdict=aggregate.verdict(
                self.submission,
                self.stages,
                self.tallies,
                self.ledger.counts,
                loses_message=aggregate.loses_message(self.rules.values(), self.found),
            ),
            stages=tuple(self.stages),
            tallies=tuple(self.tallies),
            counts={severity: self.ledger.counts[severity] for severity in Severity},
            rules=self.rules,
            findings=self._findings,
        )

    def _findings(self) -> Iterator[Finding]:
        """Yield all findings; raises UnfinishedError if the file was changed meanwhile."""
        if self.source:
            self.source.check_unchanged()
        locator = Locator(self.opening, self.tables, self.rules, self._text_again)
        yield from locator.findings(self.ledger)
        if self.source:
            self.source.check_unchanged()

    def _text_again(self) -> Iterator[str]:
        return self.source.text() if self.source else iter(())


def _load(
    opening: Opening,
    rest: Iterator[str],
    tables: store.Tables,
    keep: Callable[[Explained, Sequence[int], int], None],
    *,
    fast: bool,
) -> bool:
    """Put every record into the tables and hand over every fault; tell whether the root ended."""
    scanner = Scanner(opening, rest, opening.document.plan, RECORD, fast=fast)
    explainer = Explainer(opening, RECORD)
    tables.was_fast = scanner.is_fast
    for record in scanner:
        if isinstance(record, Accepted):
            tables.add_accepted(record)
            continue
        explained = explainer.record(record)
        rad = tables.add_explained(*explained, record.pos, record.length, record.line)
        keep(explained, range(rad, rad + len(explained.rows)), rad)
    explained = explainer.envelope(scanner.envelope, ended=scanner.ended)
    keep(explained, tables.add_envelope(*explained), 0)
    return scanner.ended


def _classes(opening: Opening) -> list[str]:
    """Return the message's classes in its own order."""
    names = (element.name for element in opening.document.plan.root.walk())
    return [name for name in names if name != opening.document.root]


def _told(fault: Fault) -> dict[str, Value]:
    """Return what a schema finding must remember, as its page's placeholders know it."""
    details: dict[str, Value] = {"line": fault.line, "element": fault.element, **fault.values}
    told = {"observed": fault.observed, "expected": fault.expected, "forelder": fault.parent}
    return {**details, **{name: value for name, value in told.items() if value is not None}}
