"""Files into tables: what is read, what is told on the way, and what stopped the reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from kpr_validator import reference, store
from kpr_validator.catalogue import rules_year
from kpr_validator.explain import Explainer, explain_whole
from kpr_validator.ledger import Effect, Kind
from kpr_validator.model import Severity, Submission
from kpr_validator.opening import open_message
from kpr_validator.read import ONE_BYTE, ReadingError, open_source
from kpr_validator.reading import Facts
from kpr_validator.scan import Accepted, Scanner
from kpr_validator.sql import dagnr, mojibake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kpr_validator import engine
    from kpr_validator.ledger import Ledger
    from kpr_validator.model import Rule, Value
    from kpr_validator.opening import Opening
    from kpr_validator.read import Source
    from kpr_validator.shrink import Explained
    from kpr_validator.walk import Fault, Row

RECORD = "PERSON"


class Intake:
    """Takes one submission in, and the files that belong to it.

    `found` counts what reading and schema told, by page. `stopped_by` is the
    page that ended the reading, None when the document was read to its end.
    """

    def __init__(
        self,
        con: engine.Connection,
        ledger: Ledger,
        rules: Mapping[str, Rule],
        progress: Callable[[int], None],
        *,
        fast: bool,
    ) -> None:
        self._con = con
        self._ledger = ledger
        self._rules = rules
        self._progress = progress
        self._fast = fast
        self.facts = Facts()
        self.found: Counter[str] = Counter()
        self.stopped_by: str | None = None
        self.submission = Submission(file="", sha256=None)
        self.source: Source | None = None
        self.opening: Opening | None = None
        self.tables: store.Tables | None = None

    def open(self, path: str, stdin: IO[bytes]) -> Iterator[str] | None:
        """Open the file and find its root; return the text that follows, None if there is none."""
        self.source = source = open_source(path, stdin)
        self.submission = replace(self.submission, file=source.name)
        self.facts = self.facts._replace(zip=source.is_zip, packed=source.is_packed)
        try:
            source.prepare()
            self.facts = self.facts._replace(one_byte=source.encoding().codec in ONE_BYTE)
            self.opening, rest = open_message(self._watched(source))
        except ReadingError as error:
            self._stop(error)
            return None
        document, wrapping = self.opening.document, self.opening.envelope
        self.facts = self.facts._replace(envelope=bool(wrapping), annual=document.kind == "annual")
        self.submission = replace(self.submission, format=document.name)
        return rest

    def _watched(self, source: Source) -> Iterator[str]:
        """Pass the text on, telling how far we are and noticing wrongly declared encodings."""
        count, told = 0, not self.facts.one_byte
        for block in source.text():
            if not told and mojibake(block):
                told = True
                self.tell("LES-12", 1, koding=source.encoding().name)
            yield block
            count += len(block)
            self._progress(count)

    def _stop(self, error: ReadingError) -> None:
        self.stopped_by = error.rule
        self.tell(error.rule, error.line, **error.values)

    def identify(self) -> None:
        """Tell which file it was: hashed while it was read, and now to its end."""
        if self.source:
            self.submission = replace(self.submission, sha256=self.source.sha256())

    def tell(self, page: str, line: int, **values: Value) -> None:
        """Keep a finding about the document as a whole."""
        self.found[page] += 1
        root = self.opening.document.root if self.opening else ""
        details = {"line": line, "element": root, **values}
        self._keep_one(0, page, None, details)

    def _keep_one(self, rad: int, page: str, field: str | None, details: dict[str, Value]) -> None:
        rule = self._rules[page]
        effect = Effect(rule.severity or Severity.ERROR, rule.consequence, rule.certainty)
        self._ledger.tell(rad, Kind(page, field, effect, details))

    def read(self, rest: Iterator[str]) -> None:
        """Read the document to its end, or as far as it goes."""
        if self.opening is None:
            return
        try:
            if self.facts.annual:
                self._read_annual(self.opening, rest)
            else:
                self._read_ident(self.opening, rest)
        except ReadingError as error:
            self._stop(error)

    def _read_annual(self, opening: Opening, rest: Iterator[str]) -> None:
        self.tables = tables = store.Tables(self._con, "main", opening.document)
        reference.fill_format(self._con, opening.document)
        try:
            if not load(opening, rest, tables, self._keep, fast=self._fast):
                self.stopped_by = "LES-03"
        finally:
            tables.finish()
            self._describe(opening, tables)

    def _describe(self, opening: Opening, tables: store.Tables) -> None:
        """Write down what the document says of itself, and whether its year is documented."""
        classes = [element.name for element in opening.document.plan.root.walk()][1:]
        info = tables.envelope.get(0)
        values = info.values if info else {}
        begins, made = values.get("iiFraDato", ""), values.get("iiLagetDato", "")
        year = int(begins[:4]) if dagnr(begins) else None
        rules = rules_year(opening.document, year)
        last_day = f"{year or rules}1231"
        self.submission = replace(
            self.submission,
            year=year,
            rules_year=rules,
            municipality=values.get("iiKomnr"),
            municipality_name=reference.municipality(self._con, values.get("iiKomnr"), year),
            district=values.get("iiBydelsnr"),
            sending=values.get("iiLopenr"),
            extracted=made if dagnr(made) else None,
            status_day=made if dagnr(made) and made < last_day else last_day,
            persons=tables.records[RECORD],
            records={name: tables.records[name] for name in classes},
            exact_way_only=not tables.was_fast,
        )
        if year not in opening.document.years:
            named = opening.document.name
            self.tell("LES-13", 1, navn=named, aar=str(year or "?"), regelaar=rules)

    def _read_ident(self, opening: Opening, rest: Iterator[str]) -> None:
        self.tell("LES-24", opening.root_line)
        explained = explain_whole(opening, "".join(rest))
        self._keep(explained, [0] * len(explained.rows), 0)
        records = Counter(row.element.name for row in explained.rows)
        self.submission = replace(
            self.submission, persons=records["PasientIdent"], records=dict(records)
        )

    def _keep(self, explained: Explained, numbers: Sequence[int], rad: int) -> None:
        """Keep every fault of a record (which begins at row `rad`) or of the envelope (0)."""
        for fault in explained.faults:
            self.found[fault.rule] += 1
            at = rad if fault.row is None else numbers[fault.row]
            details = {**_details(fault), **_whose(explained.rows, fault.row)}
            self._keep_one(at, fault.rule, fault.field, details)


def load(
    opening: Opening,
    rest: Iterator[str],
    tables: store.Tables,
    keep: Callable[[Explained, Sequence[int], int], None],
    *,
    fast: bool,
) -> bool:
    """Put every record into the tables and hand over every fault; tell whether the root ended."""
    taker = tables.taker(RECORD, opening.prefix) if fast else None
    scanner = Scanner(opening, rest, opening.document.plan, RECORD, fast=fast, taker=taker)
    explainer = Explainer(opening, RECORD, fast=fast)
    tables.was_fast = scanner.is_fast
    for record in scanner:
        if isinstance(record, Accepted):
            tables.add_accepted(record)
            continue
        explained = explainer.record(record)
        rad = tables.add_explained(explained, record.pos, record.length, record.line)
        keep(explained, [rad + place for place in explained.places], rad)
    explained = explainer.envelope(scanner.envelope, ended=scanner.ended)
    keep(explained, tables.add_envelope(explained), 0)
    return scanner.ended


def _whose(rows: Sequence[Row], row: int | None) -> dict[str, Value]:
    """Return the person and the record that a schema finding is about."""
    if not rows or rows[0].element.name != RECORD:
        return {}
    at = rows[row] if row else None
    told = {
        "person": rows[0].values.get(rows[0].element.own_id or ""),
        "record": at.values.get(at.element.own_id or "") if at else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _details(fault: Fault) -> dict[str, Value]:
    """Return what a schema finding must remember, as its page's placeholders know it."""
    details: dict[str, Value] = {"line": fault.line, "element": fault.element, **fault.values}
    told = {"observed": fault.observed, "expected": fault.expected, "forelder": fault.parent}
    return {**details, **{name: value for name, value in told.items() if value is not None}}
