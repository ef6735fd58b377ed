"""Findings that were there before: the baseline, by fingerprint and how many are alike.

A known finding stays in every report, marked. It is counted apart, so that only what is
new fails the run. Where a file could not be judged, what is known there says nothing of
the rest, and counts as before.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.apart import set_apart, with_marks
from kpr_validator.model import Baseline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.apart import Mark
    from kpr_validator.model import Finding, Report

VERSION = "1.0"
_MAJOR = "1."
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class BaselineError(ValueError):
    """A baseline that can't be used; says where and why."""


class Known:
    """How many findings of each fingerprint are known, under the rule they belong to."""

    def __init__(self) -> None:
        self.times: dict[str, int] = {}
        self.rules: dict[str, str] = {}

    def add(self, rule: str, fingerprint: str, times: int) -> None:
        """Take findings that are alike: as many as the file with most of them has."""
        self.times[fingerprint] = max(times, self.times.get(fingerprint, 0))
        self.rules[fingerprint] = rule

    def take(self, report: Report) -> None:
        """Take every finding of a report."""
        found: Counter[tuple[str, str]] = Counter()
        for finding in report.findings():
            found[finding.rule, finding.fingerprint] += 1
        for (rule, fingerprint), times in found.items():
            self.add(rule, fingerprint, times)

    def pieces(self) -> Iterator[str]:
        """Yield the file, one fingerprint a line in a fixed order, so that changes read well."""
        yield f'{{\n"kpr_baseline": "{VERSION}",\n"findings": {{'
        begun, rule_before = "", ""
        for fingerprint in sorted(self.times, key=lambda one: (self.rules[one], one)):
            rule = self.rules[fingerprint]
            if rule != rule_before:
                yield f'{begun}\n{json.dumps(rule)}: {{\n"{fingerprint}": {self.times[fingerprint]}'
                begun, rule_before = "\n},", rule
            else:
                yield f',\n"{fingerprint}": {self.times[fingerprint]}'
        yield "\n}\n}\n}\n" if begun else "}\n}\n"


def read_baseline(path: Path) -> Known:
    """Return what is known.

    Raises FileNotFoundError when the file is not there, BaselineError when it says
    something that we do not understand.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        if not str(told["kpr_baseline"]).startswith(_MAJOR):
            message = f"{path}: grunnlinjen er av en utgave som ikke er kjent"
            raise BaselineError(message)
        return _known(told["findings"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BaselineError):
            raise
        message = f"{path}: ikke en grunnlinje fra kpr-validator"
        raise BaselineError(message) from error


def _known(told: Mapping[str, Mapping[str, int]]) -> Known:
    known = Known()
    for rule, found in told.items():
        for fingerprint, times in found.items():
            if not _FINGERPRINT.fullmatch(fingerprint) or type(times) is not int or times < 1:
                raise ValueError(fingerprint)
            known.add(rule, fingerprint, times)
    return known


def hold(report: Report, known: Known) -> Report:
    """Return the report with what is known marked, and counted apart if it was judged."""
    left: Counter[str] = Counter()

    def marking() -> Mark:
        nonlocal left
        left = held = Counter(known.times)

        def mark(finding: Finding) -> Finding:
            if held[finding.fingerprint] <= 0:
                return finding
            held[finding.fingerprint] -= 1
            return finding._replace(is_known=True)

        return mark

    if not report.is_judged:
        return replace(with_marks(report, marking), baseline=Baseline({}, 0))
    made, counts = set_apart(report, marking)
    return replace(made, baseline=Baseline(counts, left.total()))
