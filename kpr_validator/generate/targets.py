"""The published figures as shares for one data year."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpr_validator import assets, toml

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_USED = frozenset(["erstattet", "avvik", "foreløpig"])
_OWN_YEAR_ONLY = "brudd"
_COUNTRY, _PERCENT = "Norge", "prosent"
RECIPIENTS: Mapping[str, Any] = {"maal": "mottakere", "per": "året"}


class NumbersError(ValueError):
    """A number in `tall.toml` that is not published, or that can't be met with the others."""


@dataclass(frozen=True, slots=True)
class _Row:
    year: int
    value: float
    is_percent: bool
    is_break: bool


@cache
def numbers() -> Mapping[str, Any]:
    """Return what `tall.toml` says."""
    path = Path(__file__).with_name("tall.toml")
    return toml.loads(path.read_text(encoding="utf-8"))


@cache
def _published() -> Mapping[tuple[str, str, str, str], tuple[_Row, ...]]:
    """Return the country's figures by measure, group, service and day."""
    found: dict[tuple[str, str, str, str], list[_Row]] = {}
    path = assets.schemas() / "nasjonale-tall.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["sted"] != _COUNTRY or row["merke"] in _NOT_USED:
                continue
            key = (row["maal"], row["gruppe"], row["tjeneste"], row["per"])
            found.setdefault(key, []).append(
                _Row(
                    int(row["aar"]),
                    float(row["verdi"]),
                    row["benevning"] == _PERCENT,
                    row["merke"] == _OWN_YEAR_ONLY,
                )
            )
    return {key: tuple(sorted(rows, key=lambda row: row.year)) for key, rows in found.items()}


def count(told: Mapping[str, Any], year: int) -> float:
    """Return a published number of persons in a year, as described in `tall.toml`."""
    return _between({row.year: row.value for row in _rows(told, year)}, year)


def share(told: float | Mapping[str, Any], year: int) -> float:
    """Return a number of `tall.toml` for a year, 0..1.

    Raises NumbersError when nothing is published under it.
    """
    if not isinstance(told, dict):
        return float(told)  # type: ignore[arg-type]
    of = told.get("av", RECIPIENTS)
    shares = {
        row.year: row.value / 100 if row.is_percent else row.value / count(of, row.year)
        for row in _rows(told, year)
    }
    return _between(shares, year) / float(told.get("delt_paa", 1))


def is_published(told: object) -> bool:
    """Tell whether a number is taken from the published figures, not chosen by us."""
    return isinstance(told, dict)


def _rows(told: Mapping[str, Any], year: int) -> list[_Row]:
    days = [told["per"]] if "per" in told else ["", "året", "31.12."]
    names = (told["maal"], told.get("gruppe", ""), str(told.get("tjeneste", "")))
    found = [row for day in days for row in _published().get((*names, day), ())]
    usable = [
        row
        for row in found
        if not row.is_break or (row.year == year and not told.get("uten_brudd"))
    ]
    if not usable:
        msg = f"ingen publiserte tall for {told}"
        raise NumbersError(msg)
    own = [row for row in usable if row.year == year and row.is_break]
    return own or usable


def _between(values: Mapping[int, float], year: int) -> float:
    """Return the value of a year: published, on the line between two, or the nearest."""
    before = max((known for known in values if known <= year), default=None)
    after = min((known for known in values if known >= year), default=None)
    if before is None or after is None:
        return values[min(values) if before is None else max(values)]
    if before == after:
        return values[before]
    step = (year - before) / (after - before)
    return values[before] + step * (values[after] - values[before])
