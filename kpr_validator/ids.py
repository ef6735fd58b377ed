"""Whether the ids of a record are in order: `id_uvanlig` names those where they may not be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TINY = frozenset(map(str, range(1_000)))
_LONGEST = 10
_MOST_COMPARED = 1000


def has_odd_ids(own: str, classes: Iterable[Iterable[Sequence[str]]]) -> bool:
    """Tell whether a record's ids may not be in order.

    `own` is the person's id; of each class of children come the ids that its rows name the
    person by, each once or more, then their own: the first two fields. Out of order are a row
    that names another person, an id that two rows of a class share (or may, in a class of more
    than 1 000 rows that do not ascend), one that is missing, has a sign, or more than ten digits.
    """
    if not _are_short([own]):
        return True
    for persons, ids in classes:
        if persons.count(own) < len(persons) or _may_repeat(ids) or not _are_short(ids):
            return True
    return False


def _are_short(ids: Sequence[str]) -> bool:
    """Tell whether no id is missing, has a sign, or more than ten digits; most are tiny."""
    return _TINY.issuperset(ids) or (max(map(len, ids)) <= _LONGEST and min(ids) >= "0")


def _may_repeat(ids: Sequence[str]) -> bool:
    if len(ids) <= _MOST_COMPARED:
        return len(set(ids)) < len(ids)
    ordered = [(len(one), one) for one in ids]
    return any(one >= other for one, other in pairwise(ordered))
