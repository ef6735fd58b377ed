"""Findings that the user has looked at and accepted, each with a reason: the ledger.

An explained finding stays in every report, marked with its reason. It is counted
apart, and so neither fails the run nor adds to the causes. What makes the receiver
refuse the message can't be explained away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kpr_validator import toml
from kpr_validator.apart import set_apart
from kpr_validator.identity import mask
from kpr_validator.model import Consequence, Explanations, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpr_validator.model import Finding, Report

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
        told = toml.loads(path.read_text(encoding="utf-8"))
    except (toml.TOMLDecodeError, UnicodeDecodeError) as error:
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
    known: set[str] = set()
    refused: set[str] = set()

    def mark(finding: Finding) -> Finding:
        entry = entries.get(finding.fingerprint)
        if entry is None:
            return finding
        known.add(finding.fingerprint)
        if not _may_be_explained(finding):
            refused.add(finding.fingerprint)
            return finding
        return finding._replace(explained=f"{entry.reason} ({entry.role})")

    made, counts = set_apart(report, lambda: mark)
    unknown = tuple(sorted(entries.keys() - known))
    return replace(made, explained=Explanations(counts, unknown, tuple(sorted(refused))))


def _may_be_explained(finding: Finding) -> bool:
    return finding.severity is not Severity.FATAL and finding.consequence is not Consequence.MESSAGE
