"""The same fault in many municipalities with the same system: who has made it can mend it once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.triage.model import Delivery

FEWEST = 5  # municipalities with the fault
MOST_OF_THEM = 0.8  # of those with the version
FEW_ELSEWHERE = 0.2  # of those without it


class Shared(NamedTuple):
    """One fault of one version: the municipalities that have it, of all with the version.

    `elsewhere` and `others` are the same of all other versions; `findings` are those that
    follow from no other.
    """

    rule: str
    field: str | None
    system: str
    version: str
    municipalities: tuple[str, ...]
    of: int
    findings: int
    elsewhere: int
    others: int


def shared_faults(standing: Iterable[Delivery]) -> list[Shared]:
    """Return the faults that most with a version have, and few without it; the widest first.

    The limits are ours.
    """
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    hits: dict[tuple[str, str | None], dict[tuple[str, str], dict[str, int]]] = {}
    for one in standing:
        product, number = (one.known.system, one.known.version), one.place.municipality
        users[product].add(number)
        for hit in one.result.hits if one.result else ():
            if hit.own:
                found = hits.setdefault((hit.rule, hit.field), {}).setdefault(product, {})
                found[number] = found.get(number, 0) + hit.own
    shared = []
    everybody = sum(map(len, users.values()))
    for (rule, field), by_product in hits.items():
        in_all = sum(map(len, by_product.values()))
        for product, found in by_product.items():
            of, others = len(users[product]), everybody - len(users[product])
            elsewhere = in_all - len(found)
            if (
                len(found) >= FEWEST
                and len(found) >= MOST_OF_THEM * of
                and others
                and elsewhere <= FEW_ELSEWHERE * others
            ):
                numbers = tuple(sorted(found))
                shared.append(
                    Shared(
                        rule, field, *product, numbers, of, sum(found.values()), elsewhere, others
                    )
                )
    return sorted(shared, key=lambda one: (-len(one.municipalities), one.rule, one.field or ""))
