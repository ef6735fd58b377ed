"""What applies to a person, held against a plain reading of the text, one person at a time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.begreper import OPEN, YEAR, Child, Person, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

FIRST, LAST = f"{YEAR}0101", f"{YEAR}1231"
UNREAL = (None, "", "20190231", OPEN)
DAYS = (*UNREAL, "20181231", FIRST, "20190315", "20190316", LAST, "20200101")


class Known(NamedTuple):
    """A PERSONOPPL that overlaps the year; a missing start is '' and a missing end is open."""

    start: str
    rad: int
    end: str
    cells: Row


def random_person(chance: random.Random) -> Person:
    children: list[Child] = []
    for _ in range(chance.randrange(5)):
        answers = {
            name: chance.choice((None, "", "1", "2"))
            for name in ("poIndPlan", "poErnPlan", "poHab")
        }
        answers["poErnPlanDato"] = chance.choice(DAYS)
        children.append(info(chance.choice(DAYS), chance.choice(DAYS), **answers))
    for _ in range(chance.randrange(3)):
        given = chance.choice(("1", "2", None))
        children.append(service(15, chance.choice(DAYS), chance.choice(DAYS), vedtak=given))
    return person(*children, dod=chance.choice((*DAYS, *(None,) * 20)))


def real(day: Value) -> str | None:
    return None if day in UNREAL else str(day)


def known_rows(one: Person, first: int) -> list[Known]:
    """Return what overlaps the year, oldest first; nothing for who died before it."""
    if (real(one.cells["peDodDato"]) or OPEN) < FIRST:
        return []
    found = [
        Known(real(cells["poFraDato"]) or "", rad, real(cells["poTilDato"]) or OPEN, cells)
        for rad, (table, cells) in enumerate(
            ((child.table, child.cells) for child in one.children), first + 1
        )
        if table == "personoppl"
    ]
    return sorted(row for row in found if row.start <= LAST and row.end >= FIRST)


def reference_day(one: Person, status_day: str) -> str:
    """Return the status day, or the last day before it with a service when there is none then."""
    dod = real(one.cells["peDodDato"]) or OPEN
    ends = []
    for cells in (child.cells for child in one.children if child.table == "tjeneste"):
        start = real(cells["tjFraDato"]) or OPEN
        end = min(real(cells["tjTilDato"]) or OPEN, dod)
        if cells["tjVedtak"] != "1" and start <= status_day and end >= max(start, FIRST):
            ends.append(min(end, status_day))
    return max(ends, default=status_day)


def read_plainly(one: Person, first: int, status_day: str) -> Row:
    """Return the columns of gjeldende that these persons vary in."""
    known, ref = known_rows(one, first), reference_day(one, status_day)
    covering = [row for row in known if row.start <= ref <= row.end]
    chosen = (covering or known)[-1:]
    rad = chosen[0].rad if chosen else first
    in_force = covering[-1].cells if covering else {}
    expected: Row = {
        "person_rad": first,
        "rad": rad,
        "har_rad": int(bool(known)),
        "foreldet": int(bool(known) and not covering),
        "poHab": in_force.get("poHab") or None,
        "poHab_i_aaret": int(any(row.cells["poHab"] == "1" for row in known)),
        "poIndPlan_i_kraft": int(bool(in_force.get("poIndPlan"))),
    }
    for name in ("poIndPlan", "poErnPlan"):
        answered = [row for row in known if row.start <= ref and row.cells[name]]
        last = answered[-1].cells if answered else {}
        expected |= {
            name: last.get(name),
            f"{name}_besvart": int(bool(answered)),
            f"{name}_rad": answered[-1].rad if answered else rad,
        }
        if name == "poErnPlan":
            day = real(last.get("poErnPlanDato"))
            expected |= {"poErnPlanDato": day, "poErnPlanDato_gitt": int(day is not None)}
    return expected


@pytest.mark.parametrize("status_day", [LAST, "20190315"])
def test_two_thousand_random_persons_are_read_as_the_text_says(status_day: str) -> None:
    chance = random.Random(20190101)  # noqa: S311  test data
    people = [random_person(chance) for _ in range(2000)]
    expected, rad = [], 1
    for one in people:
        expected.append(read_plainly(one, rad, status_day))
        rad += 1 + len(one.children)
    found = rows("gjeldende", *people, status_day=status_day)
    assert expected == [{name: row[name] for name in expected[0]} for row in found]
