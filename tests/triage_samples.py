"""Deliveries as if they were judged, to make a country of."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpr_validator.succession import in_use
from kpr_validator.triage.model import Delivery, Found, Kind, Known, Place, Result, Role, Settled
from kpr_validator.triage.pairing import Pair
from kpr_validator.triage.settle import Outcome, settle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YEAR = 2019
PLACES = sorted(in_use(YEAR))


def delivery(number: str, **changed: object) -> Delivery:
    """Return a delivery that stands, of 100 persons with one rule in order."""
    given: Mapping[str, object] = {"system": "A", "version": "1", "sending": "1", **changed}
    result = Result(
        verdict=str(given.get("verdict", "accepted")),
        stopped_by=None,
        persons=int(str(given.get("persons", 100))),
        records=1000,
        counts={"warning": 2},
        lost_rows=0,
        lost_values=0,
        hits=tuple(given.get("hits", ())),  # type: ignore[arg-type]
        parts=tuple(given.get("parts", ())),  # type: ignore[arg-type]
        identities=tuple(given.get("identities", ())),  # type: ignore[arg-type]
    )
    known = Known(
        Kind.SENDING, number, str(given.get("district", "00")), YEAR, str(given["sending"]),
        str(given.get("extracted", "20200108")), str(given["system"]), str(given["version"]),
    )  # fmt: skip
    name = str(given.get("name", f"{number}.xml"))
    return Delivery(Found(name, Path(name), f"sha-{name}"), known, Role.STANDS, result, key=name)


def settled(
    deliveries: Sequence[Delivery], choices: Mapping[Place, str] = MappingProxyType({})
) -> Settled:
    """Return them with their roles."""
    outcomes = [
        Outcome(Pair(one.found, one.known, None, None, None), one.key or "", one.result, None)
        for one in deliveries
    ]
    return settle([(one.found, one.known) for one in deliveries], outcomes, YEAR, choices)
