"""The manifest beside a delivery: how it was made, each file, and what is planted where."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.generate.files import IDENT, LAST_YEAR, PREVIOUS, SENDING, UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.generate.delivery import Delivery, Extras
    from kpr_validator.generate.files import Made

MANIFEST = "manifest.json"
_OPTIONS = {
    IDENT: "--ident",
    LAST_YEAR: "--last-year",
    PREVIOUS: "--previous",
    UNITS: "--units",
}


def manifest(delivery: Delivery, extras: Extras, made: Sequence[Made]) -> dict[str, object]:
    """Return what the manifest of one delivery says; `planted` is empty without faults.

    `check` is what to give `kpr-validator check` for exactly the planted findings to be told,
    and those of the rules in `following`, which may come with them.
    """
    return {
        **about(),
        "wish": asdict(delivery.wish),
        "extras": asdict(extras),
        "files": [file.as_dict() for file in made],
        "faults": [{"id": one.fault.id, "times": one.times} for one in delivery.faults],
        "planted": [finding.as_dict() for finding in delivery.planting.findings],
        "following": delivery.planting.follows(),
        "check": _check(delivery, {file.kind: file.name for file in made}),
    }


def about() -> dict[str, object]:
    """Return what every manifest says: that this is test data, and what made it."""
    return {"tool": {"name": "kpr-validator", "version": __version__}, "test_data": True}


def _check(delivery: Delivery, names: Mapping[str, str]) -> list[str]:
    """Return the arguments of `check`."""
    faults = [one.fault for one in delivery.faults]
    checked = next((fault.checked for fault in faults if fault.checked != SENDING), SENDING)
    words = [names[checked]]
    for kind, option in _OPTIONS.items():
        if kind in names and kind != checked:
            words += [option, names[kind]]
    is_test = all(fault.is_seen_in_tests for fault in faults)
    return [*words, "--test-data"] if is_test else words
