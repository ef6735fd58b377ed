"""What each file is used for: worked out from the whole set, and changed as the user wants."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kpr_validator.desk.given import Kind
from kpr_validator.succession import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kpr_validator.desk.given import Given


class Role(StrEnum):
    """What a file can be used for; `NONE` is a file that is not used."""

    SUBMISSION = "submission"
    IDENT = "ident"
    LAST_YEAR = "last_year"
    PREVIOUS = "previous"
    UNITS = "units"
    WORKLIST = "worklist"
    COMPARE = "compare"
    NONE = "none"


SEVERAL = frozenset({Role.WORKLIST, Role.COMPARE, Role.NONE})
_MAY_BE = {
    Kind.ANNUAL: (Role.SUBMISSION, Role.LAST_YEAR, Role.PREVIOUS, Role.COMPARE, Role.NONE),
    Kind.IDENT: (Role.IDENT, Role.SUBMISSION, Role.NONE),
    Kind.UNITS: (Role.UNITS, Role.NONE),
    Kind.REPORT: (Role.COMPARE, Role.NONE),
    Kind.WORKLIST: (Role.WORKLIST, Role.NONE),
    Kind.ZIP: (Role.NONE,),
    Kind.UNKNOWN: (Role.SUBMISSION, Role.NONE),
}


def may_be(file: Given) -> tuple[Role, ...]:
    """Return what a file of this kind can be used for."""
    return _MAY_BE[file.kind]


def roles(files: Sequence[Given], chosen: Mapping[str, Role]) -> dict[str, Role]:
    """Return the role of each file by its id; what the user has chosen stands.

    The newest annual message is the submission; an ident message, or something that we
    don't know, is one only when nothing better is there, so that it can be told why not.
    """
    told = {file.id: chosen[file.id] for file in files if file.id in chosen}
    free = [file for file in files if file.id not in told]
    _take(told, Role.SUBMISSION, _submission(free))
    now = next((file for file in files if told.get(file.id) is Role.SUBMISSION), None)
    annual = [file for file in free if file.kind is Kind.ANNUAL and file.id not in told]
    if now and now.kind is Kind.ANNUAL:
        _take(told, Role.LAST_YEAR, _newest(annual, lambda file: _is_of_last_year(file, now)))
        _take(told, Role.PREVIOUS, _newest(annual, lambda file: _is_earlier(file, now)))
    for kind, role in (
        (Kind.IDENT, Role.IDENT),
        (Kind.UNITS, Role.UNITS),
        (Kind.WORKLIST, Role.WORKLIST),
    ):
        last = [file for file in free if file.kind is kind and file.id not in told][-1:]
        _take(told, role, last[0] if last else None)
    rest = {file.id: _rest(file) for file in files if file.id not in told}
    return {file.id: (told | rest)[file.id] for file in files}


def _take(told: dict[str, Role], role: Role, file: Given | None) -> None:
    """Give a file a role that no other file has."""
    if file and role not in told.values():
        told[file.id] = role


def _rest(file: Given) -> Role:
    return Role.COMPARE if file.kind in {Kind.REPORT, Kind.ANNUAL} else Role.NONE


def _submission(files: Sequence[Given]) -> Given | None:
    annual = _newest(files, lambda file: file.kind is Kind.ANNUAL)
    others = ([file for file in files if file.kind is kind] for kind in (Kind.UNKNOWN, Kind.IDENT))
    return annual or next((found[-1] for found in others if found), None)


def _newest(files: Iterable[Given], is_meant: Callable[[Given], bool]) -> Given | None:
    return max(filter(is_meant, files), key=lambda file: file.later, default=None)


def _is_of_last_year(file: Given, now: Given) -> bool:
    """Tell whether a file is last year's, of the municipality or of what it was then."""
    if now.year is None or file.year != now.year - 1 or not file.municipality:
        return False
    became = traced({file.municipality}, file.year, now.year)
    return now.municipality in became and file.district == now.district


def _is_earlier(file: Given, now: Given) -> bool:
    """Tell whether a file is an earlier sending of the same."""
    about = (file.year, file.municipality, file.district)
    return about == (now.year, now.municipality, now.district) and file.later < now.later
