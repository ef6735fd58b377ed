"""Searches for sums that are always right: what a reader could learn by reading many reports.

Every number of the figures counts persons, stays or services of one person after another, so
a sum that is right for each of very many random persons is right for all, and the other way
round. The search goes through odd and even, where a person is a set of addresses and a sum is
one too: whatever is always right in whole numbers is always even. What is even by chance is
then left out.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from kpr_validator import catalogue
from kpr_validator.indicators import all_indicators
from kpr_validator.layouts import layouts
from kpr_validator.relations import SAME
from kpr_validator.sharing import OF, TELLER, address
from tests.oracle.chance import random_submission
from tests.oracle.facts import Facts, year_of
from tests.oracle.indicators import INDICATORS, count
from tests.oracle.reading import read
from tests.oracle.tables import tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.relations import Relation

Numbers = dict[str, int]

_AT_A_TIME = 400
_VARIABLE = re.compile(rb"(?<=<fnFunkType>)[0-9]+")
_VARIABLES = 19  # one more than there are


def people(version: str, number: int) -> list[Numbers]:
    """Return what each of many random persons adds to the numbers of a version's figures."""
    found: list[Numbers] = []
    while len(found) < number:
        found += _of_one_file(version, len(found))
    return found


def _of_one_file(version: str, seed: int) -> Iterator[Numbers]:
    chance = random.Random(seed)  # noqa: S311  test data, not secrets
    document = next(one for one in catalogue.annual() if one.name.endswith(version))
    text = random_submission(chance, document, _AT_A_TIME)
    root = read(_VARIABLE.sub(lambda _: b"%d" % chance.randint(1, _VARIABLES), text))
    year = year_of(root.of("INNHINFO")[0])
    for person in root.of("PERSON"):
        numbers: Numbers = defaultdict(int)
        one = Facts(person, year, None)
        for name, parts in count([one]).items():
            if INDICATORS[name][0] <= year.number:
                _indicator(numbers, name, parts)
        for table, cells in tabulate([one], year).items():
            columns = next(list(layout.columns) for layout in layouts() if layout.id == table)
            for (line, column), cell in cells.items():
                place = address(table, line, columns[column])
                numbers[place] += cell.number
                if cell.of is not None:
                    numbers[address(place, OF)] += cell.of
        yield numbers


def _indicator(numbers: Numbers, name: str, parts: Mapping[str, Sequence[str]]) -> None:
    tellers = {part.id for part in all_indicators()[name].names if part.is_teller}
    for part, counted in parts.items():
        numbers[address(name, part)] += len(counted)
        numbers[name] += len(counted)
        if part in tellers:
            numbers[address(name, TELLER)] += len(counted)


@dataclass
class Space:
    """Sums of numbers, and all that is sums of these."""

    rows: dict[int, int] = field(default_factory=dict)

    def add(self, numbers: int) -> bool:
        """Take in one more; tell whether it says something new."""
        while numbers:
            first = numbers.bit_length()
            if first not in self.rows:
                self.rows[first] = numbers
                return True
            numbers ^= self.rows[first]
        return False

    def across(self, width: int) -> Iterator[int]:
        """Yield sums that are even for all that was taken in, from which all such follow."""
        rows = dict(self.rows)
        for lower in sorted(rows):
            for higher, row in rows.items():
                if higher > lower and row >> (lower - 1) & 1:
                    rows[higher] = row ^ rows[lower]
        for free in range(width):
            if free + 1 not in rows:
                told = [first for first, row in rows.items() if row >> free & 1]
                yield sum((1 << (first - 1) for first in told), 1 << free)


def undeclared(
    found: Sequence[Numbers], addresses: Iterable[str], relations: Iterable[Relation]
) -> list[list[str]]:
    """Return sums that hold for all persons and don't follow from the relations, shortest first.

    A number that nobody is counted in is left out.
    """
    met = {place for numbers in found for place, number in numbers.items() if number}
    places = {place: 1 << n for n, place in enumerate(sorted(met.intersection(addresses)))}
    persons, known = Space(), Space()
    for numbers in found:
        persons.add(sum(places[one] for one, number in numbers.items() if number % 2))
    for one in relations:
        if one.kind == SAME:
            for equal in _equal(one, found):
                known.add(_sum(equal, places))
    even = sorted(persons.across(len(places)), key=int.bit_count)
    new = [numbers for numbers in even if known.add(numbers)]
    named = [[place for place, bit in places.items() if numbers & bit] for numbers in new]
    return [names for names in named if _is_tied(names, found)]


def _is_tied(names: Sequence[str], found: Iterable[Numbers]) -> bool:
    """Tell whether some numbers hang together in whole numbers, not only by odd and even."""
    rows: list[dict[str, Fraction]] = []
    for told in {tuple(one.get(name, 0) for name in names) for one in found}:
        left = {name: Fraction(n) for name, n in zip(names, told, strict=True) if n}
        for row in rows:
            first = next(iter(row))
            if first in left:
                left = _less(left, row, left[first] / row[first])
        if left:
            rows.append(left)
    return len(rows) < len(names)


def _less(
    row: Mapping[str, Fraction], other: Mapping[str, Fraction], times: Fraction
) -> dict[str, Fraction]:
    """Return a row less another, so many times."""
    zero = Fraction(0)
    rest = {name: row.get(name, zero) - times * other.get(name, zero) for name in {**row, **other}}
    return {name: n for name, n in rest.items() if n}


def _equal(relation: Relation, found: Sequence[Numbers]) -> Iterator[tuple[str, ...]]:
    """Yield pairs of lists with the same sum for everybody, as one list."""
    alike: dict[tuple[int, ...], tuple[str, ...]] = {}
    for names in relation.lists:
        sums = tuple(sum(one.get(name, 0) for name in names) for one in found)
        first = alike.setdefault(sums, names)
        yield (*first, *names)


def _sum(names: Iterable[str], places: Mapping[str, int]) -> int:
    total = 0
    for name in names:
        total ^= places.get(name, 0)
    return total
