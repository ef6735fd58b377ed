"""What of the figures may leave a municipality, also when they are seen together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kpr_validator import sharing
from kpr_validator.exposure import Numbers
from kpr_validator.figures import Count, Figure, Figures, Part
from kpr_validator.indicators import all_indicators
from kpr_validator.layouts import layouts
from kpr_validator.model import Text
from kpr_validator.pipeline import Options, check_file
from kpr_validator.relations import Net, aliases, all_named, declared, written
from kpr_validator.sharing import safe
from kpr_validator.suppress import LIMITS
from tests.rank import recovered

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.xml"))
# The smallest municipalities hold back the most, and take the longest.
SLOW = ("feilfri", "aar-2018", "fjoraaret")
SEARCHED = [
    pytest.param(path, marks=pytest.mark.slow) if path.stem in SLOW else path
    for path in EXAMPLES
    if not path.stem.endswith("-ident")
]


@cache
def _figures(path: Path) -> Figures | None:
    with check_file(str(path), Options()) as report:
        return report.figures()


def _figure(name: str, smallest: int = 5, **parts: tuple[int, int]) -> Figure:
    """Return an indicator with parts as sent and as received, the first of them its teller."""
    text = Text(name, name, name)
    return Figure(
        id=name,
        title=text,
        definition=text,
        unit="persons",
        year=2019,
        parts=tuple(
            Part(part, text, Count(*count), is_teller=not n)
            for n, (part, count) in enumerate(parts.items())
        ),
        published=(),
        sources=(),
        is_ours=False,
        smallest=smallest,
    )


def _of(*indicators: Figure) -> Figures:
    return Figures(indicators, (), None, {})


def test_every_indicator_and_table_says_how_it_hangs_together_with_the_others() -> None:
    tables = {layout.id for layout in layouts()}
    assert all_named() == {*all_indicators(), *tables}


def test_every_relation_is_between_numbers_that_are_there() -> None:
    figures = _figures(Path(__file__).parent.parent / "examples" / "typiske-feil.xml")
    assert figures
    counts = dict(sharing.counts(figures))
    used = [relation.kind for relation in declared(counts.keys())]
    for one in written():
        found = list(declared(counts.keys(), [one]))
        assert found, one
    assert len(used) > len(written())


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("path", SEARCHED, ids=lambda path: path.stem)
def test_nothing_that_is_held_back_follows_from_the_other_figures(path: Path, limit: int) -> None:
    """The exact attack, with all relations between indicators and tables."""
    figures = _figures(path)
    if figures is None:
        pytest.skip("no annual message")
    counts = dict(sharing.counts(figures))
    told = safe(figures, limit).sent
    assert [name for name, n in told.items() if n is not None and 0 < n < limit] == []
    relations = [*sharing.own(figures), *declared(counts.keys())]
    keys = aliases(counts, relations)
    net = Net({name: count.sent for name, count in counts.items()}, keys, relations)
    held = {keys[name] for name, n in told.items() if n is None}
    assert held.isdisjoint(keys[name] for name, n in told.items() if n is not None)
    assert recovered(Numbers(net.values, net.sums, net.unseen), held) == set()


def _told(figures: Figures, limit: int = 10) -> str:
    """Return the numbers as sent in their order, tellers left out, with stars for the held back."""
    told = safe(figures, limit).sent.items()
    return " ".join("*" if n is None else str(n) for name, n in told if sharing.TELLER not in name)


def test_a_chain_of_indicators_gives_no_link_away() -> None:
    """Of 35, 34 are assessed; the next indicator's nevner must not say that one is not."""
    first = _figure("ernaering-sykehjem-vurdert", vurdert=(34, 34), mangler=(1, 1))
    second = _figure("ernaering-sykehjem-risiko", i_risiko=(12, 12), ikke_i_risiko=(22, 22))
    alone = _told(_of(first)), _told(_of(second))
    assert alone == ("35 * *", "34 12 22")
    assert _told(_of(first, second)) == "* 34 * 34 12 22"


def test_a_subset_gives_the_others_away_no_more_than_itself() -> None:
    """Two are in the whole and not in the part: one of the totals has to go."""
    whole = _figure("individuell-plan-kostra", virksom=(22, 22), mangler=(20, 20))
    part = _figure("individuell-plan-hjemmetjeneste", virksom=(20, 20), mangler=(20, 20))
    assert _told(_of(whole)) == "42 22 20"
    both = _told(_of(whole, part)).split()
    assert [both.count("*"), {both[0], both[3]} & {"*"}, {both[1], both[4]} & {"*"}] == [
        2,
        {"*"},
        {"*"},
    ]


@pytest.mark.parametrize(
    ("received", "told"),
    [((40, 30), 40), ((39, 30), None), ((31, 30), None), ((30, 30), 30), ((30, 29), None)],
)
def test_the_receivers_number_is_told_when_it_differs_for_nobody_or_many(
    received: tuple[int, int], told: int | None
) -> None:
    figure = _figure("lege", siste_12=(40, received[0]), eldre=(30, received[1]))
    assert safe(_of(figure), 10).received["lege:siste_12"] == told
    assert safe(_of(figure), 10).sent["lege:siste_12"] == 40


@pytest.mark.parametrize(("smallest", "told"), [(5, 7), (10, None)])
def test_a_publishers_own_limit_is_kept(smallest: int, told: int | None) -> None:
    figure = _figure("lege", smallest, siste_12=(7, 7), eldre=(30, 30))
    assert safe(_of(figure), 5).sent["lege:siste_12"] == told
