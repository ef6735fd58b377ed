"""One return judged, in whatever process: a pair of files in, numbers and findings out."""

from __future__ import annotations

import hmac
import os
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import database
from kpr_validator.feedback import Wish, held, write_feedback
from kpr_validator.identity import is_identity, mask
from kpr_validator.letter import NoLetterError
from kpr_validator.model import Severity, Verdict
from kpr_validator.pipeline import Options, Run, undisturbed
from kpr_validator.read import UnfinishedError
from kpr_validator.triage.model import Hit, Result
from kpr_validator.triage.numbers import parts
from kpr_validator.triage.parquet import FINDINGS, table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.model import Finding, Outcome, Report, Rule
    from kpr_validator.triage.model import Part
    from kpr_validator.triage.ruleset import RuleSet

_WEIGHTY = frozenset({Severity.FATAL, Severity.ERROR, Severity.WARNING})
CHANGED, UNREADABLE, FAILED = "changed", "unreadable", "failed"


class Job(NamedTuple):
    """What a worker is given: paths with the hashes they are known by, and what is wished for.

    `joined` are last year's returns of the municipalities that became this one.
    """

    key: str
    path: str
    sha256: str
    ident: tuple[str, str] | None
    last_year: tuple[str, str] | None
    units: tuple[str, str] | None
    joined: tuple[tuple[str, str], ...]
    rules: RuleSet
    secret: bytes
    feedback: str | None
    wish: Wish

    def others(self) -> Iterator[tuple[str, str]]:
        """Yield the files that belong to the return."""
        return filter(None, (self.ident, self.last_year, self.units, *self.joined))


class Done(NamedTuple):
    """What a worker gives back: a result with its findings as Parquet, or why there is none."""

    key: str
    result: Result | None
    findings: bytes
    problem: str | None = None


def judge(job: Job) -> Done:
    """Judge one return; a file that is not what it was found to be gives no result."""
    os.umask(0o077)
    try:
        with undisturbed():
            return _judged(job)
    except (OSError, UnfinishedError):
        is_same = _are_unchanged([(job.path, job.sha256), *job.others()])
        return Done(job.key, None, b"", UNREADABLE if is_same else CHANGED)
    except Exception:  # noqa: BLE001  a fault of ours in one return must not stop the country
        return Done(job.key, None, b"", FAILED)


def _judged(job: Job) -> Done:
    rules, select, ignore = _rules(job.rules)
    options = Options(
        ident=job.ident and job.ident[0],
        last_year=job.last_year and job.last_year[0],
        units=job.units and job.units[0],
        test_data=job.rules.test_data,
        rules=rules,
        select=select,
        ignore=ignore,
    )
    with Run(options, database.lent) as run:
        report = run.judge(job.path)
        if job.feedback:
            report = held(report)
        told = _Told()
        findings = table_bytes(FINDINGS, told.rows(report.findings()))
        before = [path for path, _ in job.joined]
        numbers = parts(report.figures(), before, run.options)
        result = _result(run, report, told, tuple(numbers), job.secret)
        if job.feedback:
            _write_feedback(report, Path(job.feedback), job.wish)
        is_same = report.submission.sha256 == job.sha256 and run.is_still_at(job.path)
    if not is_same or not _are_unchanged(job.others()):
        return Done(job.key, None, b"", CHANGED)
    return Done(job.key, result, findings)


@cache
def _rules(chosen: RuleSet) -> tuple[Mapping[str, Rule], tuple[str, ...], tuple[str, ...]]:
    return chosen.read()


def _are_unchanged(files: Iterable[tuple[str, str]]) -> bool:
    """Tell whether files are still those that were found."""
    try:
        return all(_digest(path) == sha256 for path, sha256 in files)
    except OSError:
        return False


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _result(
    run: Run, report: Report, told: _Told, numbers: tuple[Part, ...], secret: bytes
) -> Result:
    about = report.submission
    lost_rows, lost_values = _lost(report.outcome, report.verdict)
    return Result(
        verdict=report.verdict.value,
        stopped_by=run.intake.stopped_by,
        persons=about.persons,
        records=sum(about.records.values()),
        counts={severity.value: report.counts[severity] for severity in Severity},
        lost_rows=lost_rows,
        lost_values=lost_values,
        hits=tuple(_hits(report, told)),
        parts=numbers,
        identities=tuple(_identities(run, secret)),
    )


def _lost(outcome: Outcome | None, verdict: Verdict) -> tuple[int, int]:
    if outcome is None:
        return 0, 0
    sent = sum(outcome.sent.values())
    kept = 0 if verdict is Verdict.REJECTED else sum(outcome.kept.values())
    return sent - kept, sum(loss.lost for loss in outcome.values)


class _Told:
    """Counts findings on their way into a table."""

    def __init__(self) -> None:
        self.own: Counter[tuple[str, str | None]] = Counter()
        self.worst: dict[str, Severity] = {}

    def rows(self, findings: Iterable[Finding]) -> Iterator[tuple[object, ...]]:
        """Yield each finding as a row: where it is and what it is about, no value of the file."""
        for one in findings:
            if one.cause is None and one.severity in _WEIGHTY:
                self.own[one.rule, one.field] += 1
            before = self.worst.get(one.rule, one.severity)
            self.worst[one.rule] = min(before, one.severity, key=_rank)
            yield (
                one.rule, one.field, one.severity.value, one.consequence.value,
                one.certainty.value, one.line, one.element, one.person, one.record,
                one.fingerprint, one.cause.rule if one.cause else None,
            )  # fmt: skip


def _hits(report: Report, told: _Told) -> Iterator[Hit]:
    """Yield every rule that was asked of somebody, or found something; by field where it is."""
    tallied = {(tally.rule, tally.field) for tally in report.tallies}
    own: Counter[tuple[str, str | None]] = Counter()
    for (rule, field), count in told.own.items():
        own[rule, field if (rule, field) in tallied else None] += count
    for tally in report.tallies:
        if tally.population or tally.violations:
            severity = told.worst.get(tally.rule)
            yield Hit(
                tally.rule,
                tally.field,
                tally.status.value,
                tally.population,
                tally.violations,
                own[tally.rule, tally.field],
                severity.value if severity else None,
            )


def _rank(severity: Severity) -> int:
    return severity.rank


def _identities(run: Run, secret: bytes) -> Iterator[tuple[str, str]]:
    """Yield a keyed hash of each identity, and the person's number in the return."""
    rows = run.con.execute("SELECT DISTINCT fid, pid FROM ident ORDER BY pid, fid")
    for number, person in rows:
        if number and is_identity(number):
            hashed = hmac.digest(secret, number.encode(), "sha256")[:16].hex()
            yield hashed, mask(str(person), 0) or ""


def _write_feedback(report: Report, folder: Path, wish: Wish) -> None:
    """Write the feedback set; the folder is there when all of it is."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = Path(mkdtemp(dir=folder.parent, prefix="."))
    try:
        try:
            list(write_feedback(report, unfinished, wish))
        except NoLetterError:  # nothing can be said in a letter of what is undecided
            fewer = replace(wish, with_letter=False, share_limit=None)
            list(write_feedback(report, unfinished, fewer))
        unfinished.rename(folder)
    except OSError:
        if not folder.is_dir():  # another run was first
            raise
    finally:
        rmtree(unfinished, ignore_errors=True)
