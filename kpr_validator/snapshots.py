"""Takes a snapshot for comparison: of a report just made, or of one written as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpr_validator.compare import Known, Snapshot
from kpr_validator.layouts import ONLY_COLUMN, layouts
from kpr_validator.model import Severity, Status, Verdict
from kpr_validator.moved import Number
from kpr_validator.retold import retold
from kpr_validator.sharing import address, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.figures import Figures
    from kpr_validator.model import Report, Tally

MAJOR = "1"
_LOOK = 4096
_ANSWERS = frozenset({Status.PASS, Status.VIOLATIONS})
_OUTSIDE_ONLY = Status.OUTSIDE  # with a reason, the rule was not for that year


class SnapshotError(ValueError):
    """A JSON file that is no report of ours, or of a version that we don't know."""


def is_json(path: str) -> bool:
    """Tell whether a file begins as JSON does; a message never does."""
    with Path(path).open("rb") as file:
        return file.read(_LOOK).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def of_report(report: Report) -> Snapshot:
    """Return a snapshot of a report."""
    told, figures = report.submission, _kept(report.figures())
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for finding in report.findings():
        is_explained = finding.explained is not None
        _meet(found[finding.rule], finding.fingerprint, finding.severity, is_explained=is_explained)
    explained = report.explained.counts.values() if report.explained else ()
    known = report.baseline.counts if report.baseline else {}
    return Snapshot(
        file=Path(told.file).name,
        sha256=told.sha256,
        tool=report.tool_version,
        year=told.year,
        municipality=told.municipality,
        district=told.district,
        extracted=told.extracted,
        verdict=report.verdict,
        records=dict(told.records),
        counts={
            level: report.counts[level] + report.following[level] + known.get(level, 0)
            for level in Severity
        },
        explained=sum(explained),
        ran=_ran(report.tallies),
        findings=dict(found),
        numbers=_numbers(figures),
        figures=figures,
    )


def _meet(
    found: dict[str, Known], fingerprint: str, severity: Severity, *, is_explained: bool
) -> None:
    times = found[fingerprint].times if fingerprint in found else 0
    found[fingerprint] = _known(times + 1, severity, is_explained=is_explained)


@cache
def _known(times: int, severity: Severity, *, is_explained: bool) -> Known:
    """Return the one object that all such findings share: there may be a million."""
    return Known(times, severity, is_explained)


def _ran(tallies: Iterable[Tally]) -> frozenset[str]:
    """Return the rules that gave an answer for all their fields."""
    return _answered((tally.rule, tally.status, tally.reason) for tally in tallies)


def _answered(tallies: Iterable[tuple[str, str, str | None]]) -> frozenset[str]:
    rules: dict[str, bool] = {}
    for rule, status, reason in tallies:
        is_told = status in _ANSWERS or (status == _OUTSIDE_ONLY and reason is None)
        rules[rule] = rules.get(rule, True) and is_told
    return frozenset(rule for rule, is_told in rules.items() if is_told)


def _kept(figures: Figures | None) -> Figures | None:
    """Return the figures of the year alone: nobody's name is needed, and no other year."""
    return figures and replace(figures, last_year=None, persons={}, checklists=tuple)


def _numbers(figures: Figures | None) -> dict[str, Number] | None:
    if figures is None:
        return None
    return dict(chain(_in_tables(figures), _in_indicators(figures)))


def _in_tables(figures: Figures) -> Iterator[tuple[str, Number]]:
    """Yield this year's numbers: a line keeps its id when a service changes its code."""
    named = {layout.id: layout.columns for layout in layouts()}
    for table in figures.tables:
        for column, place in columns(table).items():
            name = None if column == ONLY_COLUMN else named[table.id][column]
            for line in table.lines:
                if count := line.cells[place].count:
                    key = address(table.id, line.id, column)
                    yield key, Number(table.title, line.name, count, name)


def _in_indicators(figures: Figures) -> Iterator[tuple[str, Number]]:
    for figure in figures.indicators:
        for part in figure.parts:
            yield address(figure.id, part.id), Number(figure.title, part.name, part.count)


def of_json(path: Path) -> Snapshot:
    """Return a snapshot of a report that was written as JSON.

    Raises SnapshotError when it is no such report.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        if told["tool"]["name"] != "kpr-validator" or not _is_known(told["schema_version"]):
            message = "ikke en rapport som denne utgaven kan lese"
            raise SnapshotError(message)
        return _snapshot(told)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, SnapshotError):
            raise
        message = "ikke en JSON-rapport fra kpr-validator"
        raise SnapshotError(message) from error


def _is_known(version: str) -> bool:
    return version.partition(".")[0] == MAJOR


def _snapshot(told: Mapping[str, Any]) -> Snapshot:
    submission = told["submission"]
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for finding in told["findings"]:
        severity, is_explained = Severity(finding["severity"]), bool(finding.get("explained"))
        _meet(found[finding["rule"]], finding["fingerprint"], severity, is_explained=is_explained)
    explained = told.get("explained") or {"counts": {}}
    baseline = (told.get("baseline") or {"counts": {}})["counts"]
    figures = retold(told["figures"]) if told.get("figures") else None
    ran = _answered((rule["id"], rule["status"], rule["reason"]) for rule in told["rules"])
    return Snapshot(
        file=submission["file"],
        sha256=submission["sha256"],
        tool=told["tool"]["version"],
        year=submission["year"],
        municipality=submission["municipality"],
        district=submission["district"],
        extracted=submission["extracted"],
        verdict=Verdict(told["verdict"]),
        records=submission["records"],
        counts={
            level: told["counts"][level]
            + told.get("following", {}).get(level, 0)
            + baseline.get(level, 0)
            for level in Severity
        },
        explained=sum(explained["counts"].values()),
        ran=ran.difference(told.get("left_out", ())),
        findings=dict(found),
        numbers=_numbers(figures),
        figures=figures,
    )
