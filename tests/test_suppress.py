"""What is held back can't be worked out: attacked by other means than those that protect it."""

from __future__ import annotations

from functools import partial
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest

from kpr_validator.attack import Key, Sum
from kpr_validator.exposure import Numbers
from kpr_validator.suppress import LIMITS, hidden
from tests.rank import equations, recovered

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

RANDOM_TABLES = 10_000
ENUMERATED = 200
GIVEN = ((5, 1), (5, 4), (10, 1), (10, 9))


def _possible(numbers: Numbers, held: Collection[Key], most: int) -> dict[Key, set[int]]:
    """Return the values up to `most` that each held back number can have, by trying them all."""
    unknown = [key for key in numbers.values if key in held]
    published = equations(numbers)
    values = {key: set[int]() for key in unknown}
    for guess in product(range(most + 1), repeat=len(unknown)):
        told = {**numbers.values, **dict(zip(unknown, guess, strict=True))}
        if all(not sum(n * told[key] for key, n in row.items()) for row in published):
            for key in unknown:
                values[key].add(told[key])
    return values


def _row(values: Collection[int]) -> Numbers:
    """Return parts and their total."""
    parts: dict[Key, int] = {("part", str(n)): value for n, value in enumerate(values)}
    return Numbers({**parts, ("total",): sum(values)}, [Sum(("total",), tuple(parts))])


def _grid(rows: int, columns: int, draw: Callable[[], int]) -> Numbers:
    """Return a table with margins on both sides."""
    down, across = [str(n) for n in range(rows)], [str(n) for n in range(columns)]
    values: dict[Key, int] = {(r, c): draw() for r in down for c in across}
    sums = [Sum((r, "sum"), tuple((r, c) for c in across)) for r in down]
    values |= {total.total: sum(values[key] for key in total.parts) for total in sums}
    sums += [Sum(("sum", c), tuple((r, c) for r in down)) for c in [*across, "sum"]]
    values |= {total.total: sum(values[key] for key in total.parts) for total in sums[rows:]}
    sums.append(Sum(("sum", "sum"), tuple(("sum", c) for c in across)))
    return Numbers(values, sums)


def _nested(draw: Callable[[], int]) -> Numbers:
    """Return a country of municipalities in counties, and one group across the counties."""
    counties = {(f"{a}",): tuple((f"{a}", f"{b}") for b in range(3)) for a in range(3)}
    sums = [Sum(county, parts) for county, parts in counties.items()]
    sums.append(Sum(("land",), tuple(counties)))
    sums.append(Sum(("group",), tuple((f"{a}", "0") for a in range(3))))
    values: dict[Key, int] = {key: draw() for parts in counties.values() for key in parts}
    for total in sums:
        values[total.total] = sum(values[key] for key in total.parts)
    return Numbers(values, sums)


def _shares(draw: Callable[[], int]) -> Numbers:
    """Return teller and nevner of some shares; who is not counted stands nowhere."""
    values: dict[Key, int] = {}
    sums: list[Sum] = []
    for name in "abc":
        teller, rest = draw(), draw()
        values |= {(name, "x"): teller, (name, "rest"): rest, (name, "of"): teller + rest}
        sums.append(Sum((name, "of"), ((name, "x"), (name, "rest"))))
    values["all", "x"] = sum(values[name, "x"] for name in "abc")
    sums.append(Sum(("all", "x"), tuple((name, "x") for name in "abc")))
    return Numbers(values, sums, unseen={(name, "rest") for name in "abc"})


def _twins(draw: Callable[[], int]) -> Numbers:
    """Return parts and total as sent and as received, that are held back in pairs."""
    sent, received = _row([draw() for _ in range(4)]), _row([draw() for _ in range(4)])
    both = [
        ({(way, *key): value for key, value in numbers.values.items()}, way)
        for way, numbers in (("sent", sent), ("received", received))
    ]
    return Numbers(
        both[0][0] | both[1][0],
        [Sum((way, "total"), tuple(k for k in keys if "part" in k)) for keys, way in both],
        twins={("sent", *key): ("received", *key) for key in sent.values},
    )


def _random(random: Random) -> Numbers:
    highest = random.choice([4, 15, 60, 400])

    def draw() -> int:
        return random.choice([0, random.randint(0, 12), random.randint(0, highest)])

    match random.randrange(6):
        case 0 | 1:
            return _row([draw() for _ in range(random.randint(1, 8))])
        case 2:
            return _grid(random.randint(2, 4), random.randint(2, 4), draw)
        case 3:
            return _nested(draw)
        case 4:
            return _shares(draw)
        case _:
            return _twins(draw)


def _attack(seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311  tables, not secrets
    for _ in range(count):
        numbers, limit = _random(random), random.choice(LIMITS)
        held = hidden(numbers, limit)
        shown = numbers.values.keys() - held - {*numbers.unseen}
        assert [key for key in shown if 0 < numbers.values[key] < limit] == []
        assert recovered(numbers, held) == set(), (numbers, limit)


def test_nothing_that_is_held_back_follows_from_what_is_shown() -> None:
    """The exact attack, over ten thousand tables of every shape that is published."""
    _attack(1, RANDOM_TABLES)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_nothing_follows_in_many_more_tables(seed: int) -> None:
    _attack(seed, RANDOM_TABLES)


def _draw(random: Random) -> int:
    return random.choice([0, random.randint(0, 9)])


def test_a_small_number_can_be_most_of_what_its_mark_stands_for() -> None:
    """Every table of whole numbers is tried: bounds tell no more than equations do."""
    random, limit, tried = Random(3), 5, 0  # noqa: S311  tables, not secrets
    while tried < ENUMERATED:
        size, draw = random.randint(2, 4), partial(_draw, random)
        numbers = random.choice([_row([draw() for _ in range(size)]), _grid(2, 2, draw)])
        held = hidden(numbers, limit)
        most = max((numbers.values[key] for key in held), default=0) + limit
        if not held or most ** len(held) > 20_000:
            continue
        tried += 1
        for key, values in _possible(numbers, held, most).items():
            small = 0 < numbers.values[key] < limit
            assert len(values) >= (3 if small else 2), (numbers, held)
            assert not small or max(values) >= limit - 1


def _shown(numbers: Numbers, limit: int) -> str:
    """Return the numbers in their order, those that are held back as stars."""
    held = hidden(numbers, limit)
    return " ".join("*" if key in held else str(n) for key, n in numbers.values.items())


@pytest.mark.parametrize(
    ("values", "limit", "shown"),
    [
        ((20, 30), 10, "20 30 50"),
        ((10, 30), 10, "10 30 40"),
        ((9, 30, 40), 10, "* * 40 79"),
        ((5, 30, 40), 5, "5 30 40 75"),
        ((4, 30, 40), 5, "* * 40 74"),
        ((4, 30), 5, "* * 34"),
        ((3, 3, 40), 10, "* * * 46"),
        ((1, 1, 1, 40), 5, "* * * * 43"),
        ((6, 7, 40), 10, "* * 40 53"),
        ((3, 4), 10, "* * *"),
        ((3, 0), 10, "* * *"),
        ((12, 0), 10, "12 0 12"),
        ((0, 0), 10, "0 0 0"),
        ((3,), 10, "* *"),
        ((12,), 10, "12 12"),
        ((30, 3, 0), 10, "* * 0 33"),
    ],
)
def test_a_row_shows_what_it_can(values: tuple[int, ...], limit: int, shown: str) -> None:
    """Parts first, their total last."""
    assert _shown(_row(values), limit) == shown


@pytest.mark.parametrize(("limit", "value"), GIVEN)
def test_the_limit_itself_is_not_small(limit: int, value: int) -> None:
    numbers = Numbers({("a",): value, ("b",): limit, ("c",): 0})
    assert hidden(numbers, limit) == {("a",)}


def test_one_small_number_in_a_table_takes_three_more() -> None:
    draws = iter([3, 20, 30, 40, 50, 60, 70, 80, 90])
    numbers = _grid(3, 3, lambda: next(draws))
    assert hidden(numbers, 10) == {("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")}


def test_a_share_near_all_tells_of_those_who_are_not_in_it() -> None:
    values: dict[Key, int] = {("x",): 98, ("rest",): 2, ("of",): 100}
    numbers = Numbers(values, [Sum(("of",), (("x",), ("rest",)))], unseen={("rest",)})
    assert hidden(numbers, 10) == {("x",)}


def test_a_share_of_few_is_held_back_whole() -> None:
    values: dict[Key, int] = {("x",): 0, ("rest",): 4, ("of",): 4}
    numbers = Numbers(values, [Sum(("of",), (("x",), ("rest",)))], unseen={("rest",)})
    assert hidden(numbers, 10) == {("x",), ("of",)}


def test_a_chain_of_sums_is_protected_to_its_end() -> None:
    values: dict[Key, int] = {("a",): 2, ("b",): 20, ("ab",): 22, ("c",): 40, ("abc",): 62}
    values[("d",)], values[("all",)] = 30, 92
    sums = [
        Sum(("ab",), (("a",), ("b",))),
        Sum(("abc",), (("ab",), ("c",))),
        Sum(("all",), (("abc",), ("d",))),
    ]
    assert hidden(Numbers(values, sums), 10) == {("a",), ("b",)}
    alone = [Sum(("ab",), (("a",),)), *sums[1:]]
    assert hidden(Numbers(values | {("ab",): 2, ("abc",): 42, ("all",): 72}, alone), 10) == {
        ("a",),
        ("ab",),
        ("c",),
    }


@pytest.mark.parametrize(("total", "expected"), [(38, {"b", "a"}), (31, {"b"})])
def test_a_total_of_persons_counted_once_gives_none_of_its_parts_away(
    total: int, expected: set[str]
) -> None:
    """Thirty have one service, eight another; were 38 persons told, b could be no less than 8."""
    values: dict[Key, int] = {("a",): 30, ("b",): 8, ("all",): total}
    sums = [Sum(("all",), (("a",), ("b",)), overlaps=True)]
    assert {key[0] for key in hidden(Numbers(values, sums), 10)} == expected


def test_twins_are_held_back_together() -> None:
    values: dict[Key, int] = {("sent",): 12, ("received",): 3, ("other",): 40}
    numbers = Numbers(values, twins={("sent",): ("received",)})
    assert hidden(numbers, 10) == {("sent",), ("received",)}
