"""The straight line: a file in, a Report out."""

from __future__ import annotations

import gc
import io
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Self

from kpr_validator import __version__, aggregate, consequence, database
from kpr_validator.cascade import Cascade, Fall
from kpr_validator.cases import Cases
from kpr_validator.check import Checker, Year
from kpr_validator.companions import IDENT, LAST_YEAR, PREVIOUS, UNITS, Companions
from kpr_validator.intake import Intake
from kpr_validator.ledger import Ledger
from kpr_validator.locate import Locator
from kpr_validator.model import (
    NOT_ANNUAL,
    NOT_CHOSEN,
    NOT_READ,
    Report,
    Severity,
    Stage,
    StageStatus,
    Status,
    Tally,
    Verdict,
)
from kpr_validator.read import UnfinishedError
from kpr_validator.reading import reached
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    from kpr_validator import engine
    from kpr_validator.figures import Figures
    from kpr_validator.locate import Located
    from kpr_validator.measure import Measure
    from kpr_validator.model import Case, Finding, Outcome, Rule

    Lend = Callable[[], AbstractContextManager[engine.Connection]]

NO_RULE = "-"  # no id begins so


@dataclass(frozen=True)
class Options:
    """What the user asked for.

    `ident`, `last_year`, `previous` and `units` are paths of files that belong to
    the submission; `test_data` says that its persons are synthetic. `rules` are the
    rules to run, the product's own unless others are given; `select` and
    `ignore` are rule ids or the beginnings of them. `progress` is told, now and
    then, how many characters have been read, and `begun` what is begun: a stage, another
    block of a file that belongs to the submission, a concept or a rule; what they raise
    ends the run. `config` names the file of the user's choices, for the report to tell.
    """

    ident: str | None = None
    last_year: str | None = None
    previous: str | None = None
    units: str | None = None
    test_data: bool = False
    rules: Mapping[str, Rule] = field(default_factory=all_rules)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    stdin: IO[bytes] = field(default_factory=io.BytesIO)
    progress: Callable[[int], None] = lambda _count: None
    begun: Callable[[str], None] = lambda _name: None
    fast: bool = True
    config: str | None = None


@contextmanager
def check_file(path: str, options: Options) -> Iterator[Report]:
    """Judge one file; its report can be read as long as the context is open.

    Raises FileNotFoundError when a file is not there, UnfinishedError when one
    can't be read to its end for reasons outside its data.
    """
    with Run(options) as run:
        yield run.judge(path)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no garbage be looked for: a run makes many objects and no rings."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what the system says of a file that can't be read on into UnfinishedError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        message = f"lesingen stoppet ({error.strerror})"
        raise UnfinishedError(message) from error


class Run:
    """One file on its way down the line, in a database that `lend` gives."""

    def __init__(self, options: Options, lend: Lend = database.fresh) -> None:
        self.options = options
        self.rules = options.rules
        self._lend = lend
        self._open = ExitStack()
        self.con = self._open.enter_context(lend())
        self.ledger = Ledger(self.con)
        self.intake = Intake(self.con, self.ledger, self.rules, options.progress, fast=options.fast)
        self.given: set[str] = set()
        self.stages: list[Stage] = []
        self.tallies: list[Tally] = []
        self.seconds: dict[str, float] = {}
        self.is_received = True
        self._figures: Figures | None = None

    def __enter__(self) -> Self:
        """Return the run, to be closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the file and the tables go."""
        if self.intake.source:
            self.intake.source.close()
        self._open.__exit__(kind, raised, trace)

    def close(self) -> None:
        """Let the file and the tables go."""
        self.__exit__(None, None, None)

    def is_still_at(self, path: str) -> bool:
        """Tell whether a path leads to the very file that was judged, unchanged since."""
        return self.intake.source is not None and self.intake.source.is_still_at(path)

    def judge(self, path: str) -> Report:
        """Return what was found in the file; raises as `check_file` does."""
        with undisturbed(), _reading():
            return self.report(path)

    def report(self, path: str) -> Report:
        """Walk the line and return what was found."""
        with self._stage("read"):
            rest = self.intake.open(path, self.options.stdin)
        with self._stage("schema"):
            if rest:
                self.intake.read(rest)
            self.intake.identify()
            self._read_others()
        with self._stage("rules"):
            self._check()
        with self._stage("consequence"):
            self._weigh()
        return self._result()

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        self.options.begun(name)
        before, begun = self.ledger.counts.total(), time.perf_counter()
        yield
        found = self.ledger.counts.total() > before
        status = StageStatus.FINDINGS if found else StageStatus.OK
        if name == "schema" and self.intake.opening is None:
            status = StageStatus.SKIPPED
        if any(tally.status is Status.FAILED for tally in self.tallies):
            status = StageStatus.FAILED
        self.stages.append(Stage(name, status, time.perf_counter() - begun))

    def _read_others(self) -> None:
        """Read the files that belong to the submission, those that are given."""
        asked = self.options
        paths = {
            IDENT: asked.ident,
            LAST_YEAR: asked.last_year,
            PREVIOUS: asked.previous,
            UNITS: asked.units,
        }
        companions = Companions(self.intake, self.con, asked.begun, fast=asked.fast)
        for kind, path in paths.items():
            if path and companions.read(kind, path, asked.stdin):
                self.given.add(kind)

    def _check(self) -> None:
        """Run the rules, and tally the pages about reading and schema."""
        intake = self.intake
        run, left_out = self._chosen()
        if intake.stopped_by or not intake.facts.annual:
            why = NOT_READ if intake.stopped_by else NOT_ANNUAL
            self.tallies += aggregate.skipped_tallies(run, why)
        else:
            checker = Checker(
                self.con, self._year(), self.ledger, frozenset(self.given), self.options.begun
            )
            self.tallies += checker.run(run)
            self.seconds = checker.seconds
        self.tallies += aggregate.skipped_tallies(left_out, NOT_CHOSEN)
        asked = reached(intake.facts, intake.stopped_by)
        pages = (rule for rule in self.rules.values() if rule.sql is None)
        self.tallies += aggregate.page_tallies(pages, asked, intake.found)
        self.tallies.sort(key=lambda tally: (tally.rule, tally.field or ""))

    def _chosen(self) -> tuple[list[Rule], list[Rule]]:
        """Return the rules that are to run, and those that the user left out."""
        select, ignore = self.options.select or ("",), self.options.ignore
        chosen: list[Rule] = []
        left_out: list[Rule] = []
        for rule in self.rules.values():
            if rule.sql:
                is_chosen = rule.id.startswith(select) and not rule.id.startswith(ignore)
                (chosen if is_chosen else left_out).append(rule)
        return chosen, left_out

    def _year(self) -> Year:
        told = self.intake.submission
        year = told.year or told.rules_year or 0
        return Year(
            aar=told.rules_year or year,
            fra=f"{year}0101",
            til=f"{year}1231",
            statusdato=told.status_day or f"{year}1231",
            testdata=int(self.options.test_data),
        )

    def _weigh(self) -> None:
        """Work out what the receiver does with the findings, and which follow from others."""
        tables = self.intake.tables
        consequence.apply(self.con, self.ledger.kinds)
        fallen = {
            rad: Fall(nr, own)
            for rad, nr, own in self.con.execute("SELECT rad, aarsak, antall FROM bortfall")
        }
        self.cascade = Cascade(self.ledger, self.rules, tables.firsts() if tables else (), fallen)
        self.cascade.run()

    def _result(self) -> Report:
        found = Counter({tally.rule: tally.violations for tally in self.tallies})
        verdict = aggregate.verdict(
            self.intake.submission,
            self.stages,
            self.tallies,
            self.ledger.counts,
            loses_message=aggregate.loses_message(self.rules.values(), found),
        )
        self.is_received = verdict is not Verdict.REJECTED
        following = {severity: self.cascade.following[severity] for severity in Severity}
        return Report(
            tool_version=__version__,
            submission=self.intake.submission,
            verdict=verdict,
            stages=tuple(self.stages),
            tallies=tuple(self.tallies),
            counts={
                severity: self.ledger.counts[severity] - following[severity]
                for severity in Severity
            },
            following=following,
            roots=self.cascade.roots(),
            outcome=self._outcome(verdict),
            rules=self.rules,
            findings=lambda: (finding for _, finding in self._located()),
            cases=self._cases,
            figures=self.figures,
            config=self.options.config,
        )

    def _outcome(self, verdict: Verdict) -> Outcome | None:
        tables = self.intake.tables
        if tables is None:
            return None
        received = None if verdict is Verdict.UNDECIDED else verdict is not Verdict.REJECTED
        sent = {name.upper(): tables.records[name.upper()] for name in consequence.TABLES}
        return consequence.outcome(self.con, self.ledger.kinds, sent, received=received)

    def _located(self) -> Iterator[Located]:
        """Yield all findings; raises UnfinishedError if the file was changed meanwhile."""
        intake, source = self.intake, self.intake.source
        if source is None:
            return
        source.check_unchanged()
        locator = Locator(intake.opening, intake.tables, self.rules, source.text)
        with _reading():
            yield from locator.findings(self.ledger)
        source.check_unchanged()

    def _cases(self) -> Iterator[tuple[Finding, Case]]:
        """Yield all findings, each with the case that the store knows it by."""
        tables = self.intake.tables
        cases: Cases | None = None  # they build on concepts that nothing else may ask for
        for rad, finding in self._located():
            if cases is None:
                firsts = tables.firsts() if tables else ()
                cases = Cases(self.con, self._year()._asdict(), firsts)
            yield finding, cases.of(rad, finding.line)

    def figures(self) -> Figures | None:
        """Return the indicators and tables, counted when they are first asked for."""
        from kpr_validator.gather import gather  # noqa: PLC0415  most runs need no figures

        if self._figures is None and (now := self.measure()):
            before = self._measure_last_year() if LAST_YEAR in self.given else None
            is_before = before is not None and before.data_year == now.data_year - 1
            self._figures = gather(now, before if is_before else None)
        return self._figures

    def measure(self) -> Measure | None:
        """Return what counts in the submission, None when it was not read to its end."""
        from kpr_validator.measure import Measure  # noqa: PLC0415  most runs need no figures

        tables = self.intake.tables
        if tables is None or self.intake.stopped_by or not self.intake.facts.annual:
            return None
        return Measure(
            self.con, self._year(), self.is_received, lambda rad: tables.span_of(rad).line
        )

    def _measure_last_year(self) -> Measure | None:
        """Read last year's file as a submission of its own, which no rule judges."""
        asked = self.options
        alone = Options(
            units=asked.units,
            select=(NO_RULE,),
            rules=self.rules,
            progress=lambda _count: asked.begun(LAST_YEAR),
            fast=asked.fast,
        )
        before = self._open.enter_context(Run(alone, self._lend))
        with _reading():
            before.report(str(asked.last_year))
        return before.measure()
