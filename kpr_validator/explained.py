"""Findings that the user has looked at and accepted, each with a reason: the ledger.

An explained finding stays in every report, marked with its reason. It is counted
apart, and so neither fails the run nor adds to the causes. What makes the receiver
refuse the message can't be explained away.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpr_validator.identity import mask
from kpr_validator.model import Consequence, Explanations, Root, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kpr_validator.model import Case, Finding, Report

KEYS = ("fingerprint", "reason", "role")
LONGEST_REASON = 150
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_ROLE = re.compile(r"[a-zæøå][a-zæøå /-]{1,39}")  # a capital letter would be a name


class ExplainedError(ValueError):
    """A ledger that can't be used; says where and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Why a finding is accepted, and in which role somebody did so."""

    reason: str
    role: str


def read_ledger(path: Path) -> Mapping[str, Entry]:
    """Return the accepted findings by fingerprint.

    Raises FileNotFoundError when the file is not there, ExplainedError when it says
    something that we do not understand.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: {error}"
        raise ExplainedError(message) from error
    findings = told.pop("finding", [])
    if told or not isinstance(findings, list):
        message = f"{path}: bare tabeller [[finding]] kan stå her"
        raise ExplainedError(message)
    entries: dict[str, Entry] = {}
    for number, finding in enumerate(findings, 1):
        why = _wrong(finding) or ("avtrykket står to ganger" * (finding["fingerprint"] in entries))
        if why:
            message = f"{path}: [[finding]] nr. {number}: {why}"
            raise ExplainedError(message)
        entries[finding["fingerprint"]] = Entry(finding["reason"].strip(), finding["role"])
    return entries


def _wrong(finding: object) -> str:
    """Return what is wrong with one entry, nothing when it is right."""
    if not isinstance(finding, dict) or set(finding) != set(KEYS):
        return f"må ha {', '.join(KEYS)}, og ikke noe annet"
    if not all(isinstance(value, str) for value in finding.values()):
        return "alle verdier er tekster i anførselstegn"
    fingerprint, reason, role = (finding[key] for key in KEYS)
    faults = {
        "fingerprint er 16 tegn, 0–9 og a–f, som i rapporten": not _FINGERPRINT.fullmatch(
            fingerprint
        ),
        "role er en rolle med små bokstaver, ikke et navn": not _ROLE.fullmatch(role),
        f"reason er en grunn på høyst {LONGEST_REASON} tegn": not (
            reason.strip() and len(reason) <= LONGEST_REASON
        ),
        "reason ser ut til å ha et personnummer": mask(reason, 0) != reason,
    }
    return next((why for why, is_so in faults.items() if is_so), "")


def explain(report: Report, entries: Mapping[str, Entry]) -> Report:
    """Return the report with its accepted findings marked and counted apart."""
    met = _Met(entries)
    for finding in report.findings():
        met.meet(finding)
    unknown = sorted(entries.keys() - met.known)
    own, following = met.explained, met.following
    return replace(
        report,
        counts={level: report.counts[level] - own[level] for level in Severity},
        following={level: report.following[level] - following[level] for level in Severity},
        roots=_roots(report, met),
        explained=Explanations(
            {level: own[level] + following[level] for level in Severity},
            tuple(unknown),
            tuple(sorted(met.refused)),
        ),
        findings=lambda: (_marked(finding, entries) for finding in report.findings()),
        cases=lambda: _cases(report, entries),
    )


class _Met:
    """What one pass over the findings tells of the entries."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.known: set[str] = set()
        self.refused: set[str] = set()
        self.explained: Counter[Severity] = Counter()
        self.following: Counter[Severity] = Counter()
        self.own: Counter[tuple[str, str | None]] = Counter()
        self.causes: Counter[str] = Counter()

    def meet(self, finding: Finding) -> None:
        """Count one finding, if it is explained."""
        if finding.fingerprint not in self.entries:
            return
        self.known.add(finding.fingerprint)
        if not _may_be_explained(finding):
            self.refused.add(finding.fingerprint)
            return
        counts = self.following if finding.cause else self.explained
        counts[finding.severity] += 1
        if finding.severity is Severity.INFO:
            return
        if finding.cause:
            self.causes[finding.cause.fingerprint] += 1
        else:
            self.own[finding.rule, finding.field] += 1


def _roots(report: Report, met: _Met) -> tuple[Root, ...]:
    """Return the causes without what is explained; one that explains nothing more is left out."""
    following: Counter[tuple[str, str | None]] = Counter()
    for fingerprint, root in _roots_of(report, met.causes).items():
        following[root] += met.causes[fingerprint]
    left = (
        root._replace(
            own=root.own - met.own[root.rule, root.field],
            following=root.following - following[root.rule, root.field],
        )
        for root in report.roots
    )
    return tuple(
        sorted(
            (root for root in left if root.own + root.following > 0),
            key=lambda root: -root.own - root.following,
        )
    )


def _roots_of(report: Report, wanted: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Return rule and field of what each cause follows from in the end, itself or another.

    A cause is looked up where it is told; few are explained, and causes of causes are rare.
    """
    told: dict[str, Finding] = {}
    missing = set(wanted)
    while missing:
        found = {f.fingerprint: f for f in report.findings() if f.fingerprint in missing}
        told |= found
        missing = {f.cause.fingerprint for f in found.values() if f.cause} - told.keys()
    ends = {}
    for fingerprint in set(wanted) & told.keys():
        last, seen = told[fingerprint], {fingerprint}
        while last.cause and last.cause.fingerprint in told.keys() - seen:
            last = told[last.cause.fingerprint]
            seen.add(last.fingerprint)
        ends[fingerprint] = (last.rule, last.field)
    return ends


def _may_be_explained(finding: Finding) -> bool:
    return finding.severity is not Severity.FATAL and finding.consequence is not Consequence.MESSAGE


def _marked(finding: Finding, entries: Mapping[str, Entry]) -> Finding:
    entry = entries.get(finding.fingerprint)
    if entry is None or not _may_be_explained(finding):
        return finding
    return replace(finding, explained=f"{entry.reason} ({entry.role})")


def _cases(report: Report, entries: Mapping[str, Entry]) -> Iterator[tuple[Finding, Case]]:
    return ((_marked(finding, entries), case) for finding, case in report.cases())
