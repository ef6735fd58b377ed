"""All sums that tie the shared numbers together are written in `rules/deling.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kpr_validator import sharing
from kpr_validator.figures import Count
from kpr_validator.pipeline import Options, check_file
from kpr_validator.relations import SAME, Net, Relation, aliases, declared, written
from tests.identities import Numbers, people, undeclared

EXAMPLES = Path(__file__).parent.parent / "examples"
PERSONS = 2_400  # four times as many as there are independent numbers
VERSIONS = {"3.7": "feilfri", "3.5": "aar-2018"}
NEWEST = "3.7"
NO_RULE = ("-",)


@cache
def _people(version: str) -> list[Numbers]:
    return people(version, PERSONS)


@cache
def _known(version: str) -> tuple[frozenset[str], tuple[Relation, ...]]:
    """Return the addresses of a version's figures, and what follows from what a share is."""
    path = EXAMPLES / f"{VERSIONS[version]}.xml"
    with check_file(str(path), Options(select=NO_RULE)) as report:
        figures = report.figures()
    assert figures
    return frozenset(dict(sharing.counts(figures))), tuple(sharing.own(figures))


@pytest.mark.parametrize(
    "version",
    [NEWEST, *(pytest.param(one, marks=pytest.mark.slow) for one in VERSIONS if one != NEWEST)],
)
def test_no_sum_that_is_always_right_is_unwritten(version: str) -> None:
    """Write it in `rules/deling.toml`: a reader who knows it can use it against hidden numbers."""
    addresses, own = _known(version)
    relations = [*own, *declared(addresses)]
    assert undeclared(_people(version), addresses, relations) == []


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("trygghetsalarm:har", {"tjenestekoder:6:teller", "trygghetsalarm:har_ikke"}),
        pytest.param(
            "tannlege",
            {"tannlege:mangler", "tannlege:siste_12"},
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "funksjon:1:*",
            {"funksjon:1:uten", "funksjon:18:uten"},
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "ernaering-sykehjem-plan",
            {"ernaering-sykehjem-plan", "ernaering-sykehjem-risiko:mangler"},
            marks=pytest.mark.slow,
        ),
    ],
)
def test_the_search_finds_what_is_left_out(left_out: str, expected: set[str]) -> None:
    addresses, own = _known(NEWEST)
    patterns = [one for one in written() if (left_out,) not in one.lists]
    assert len(patterns) < len(written())
    missing = undeclared(_people(NEWEST), addresses, [*own, *declared(addresses, patterns)])
    assert expected <= {name for names in missing for name in names}


def test_what_agrees_is_the_same_though_another_does_not() -> None:
    """Two of three numbers that should be alike are: one can't be shown when the other isn't."""
    counts = {"a": Count(9, 9), "b": Count(4, 4), "c": Count(4, 4)}
    relation = Relation(SAME, (("a",), ("b",), ("c",)))
    keys = aliases(counts, [relation])
    assert (keys["b"] == keys["c"], keys["a"] == keys["b"]) == (True, False)


def test_sums_that_agree_are_tied_though_another_does_not() -> None:
    values = {"total": 9, "a": 3, "b": 4, "c": 5, "d": 2}
    keys = {name: (name,) for name in values}
    net = Net(values, keys, [Relation(SAME, (("total",), ("a", "b"), ("c", "d")))])
    assert [(net.values[one.total], one.parts) for one in net.sums] == [
        (7, (("a",), ("b",))),
        (7, (("c",), ("d",))),
    ]
    assert len(net.unseen) == 1
