"""What may be shared of a comparison: no person, and nothing hidden that can be worked out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from kpr_validator import assets, sharing
from kpr_validator.attack import Sum
from kpr_validator.cli import app
from kpr_validator.compare import Change, compare
from kpr_validator.exposure import Numbers
from kpr_validator.joined import joined
from kpr_validator.model import LANGUAGES, Severity, Verdict
from kpr_validator.moved import compared_as
from kpr_validator.pipeline import Options, check_file
from kpr_validator.relations import Net, aliases, declared
from kpr_validator.report import as_comparison
from kpr_validator.report.compared_share import said_for_sharing
from kpr_validator.report.shared import HIDDEN, rounded
from kpr_validator.report.shared_comparison import shared_comparison, shared_row
from kpr_validator.rules import all_rules
from kpr_validator.snapshots import of_report
from kpr_validator.suppress import LIMITS
from tests.bench.writer import Wish, write
from tests.rank import recovered
from tests.report_samples import RULES
from tests.test_compare import _date, _plan, _shot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.attack import Key
    from kpr_validator.compare import Comparison, Snapshot
    from kpr_validator.report.compared_share import SharedSaid
    from kpr_validator.report.shared import Number
    from kpr_validator.report.shared_comparison import SharedComparison

EXAMPLES = Path(__file__).parent.parent / "examples"
SCHEMA = json.loads((assets.schemas() / "comparison.schema.json").read_text("utf-8"))


@cache
def _example(name: str) -> Snapshot:
    """Return an example, or a written submission of so many persons."""
    with TemporaryDirectory() as folder:
        path = EXAMPLES / f"{name}.xml"
        if name.isdecimal():
            path = Path(folder) / f"{name}.xml"
            write(path, Wish(int(name), seed=int(name), faults=0.05))
        with check_file(str(path), Options(select=("IP", "LEG"))) as report:
            return of_report(report)


@cache
def _series(kind: str) -> Comparison:
    """Return a year and the next, the same with new codes, or two that were joined."""
    if kind == "joined":
        return _joined("fjoraaret", "feilfri", "typiske-feil")
    if kind == "joined, written":
        return _joined("500", "600", "700")
    if kind == "written":
        return compare([replace(_example("700"), year=2018), _example("800")])
    last = {"years": "fjoraaret", "codes": "aar-2018"}[kind]
    return compare([_example(last), _example("typiske-feil")])


def _joined(first: str, second: str, last: str) -> Comparison:
    old = [
        replace(_example(name), year=2019, municipality=number)
        for name, number in ((first, "1805"), (second, "1854"))
    ]
    return compare(joined([*old, replace(_example(last), year=2020, municipality="1806")]))


@cache
def _shared(kind: str, limit: int = 10) -> SharedComparison:
    return shared_comparison(_series(kind), limit)


KINDS = [
    "joined, written",
    *(  # the small hold back the most, and take the longest
        pytest.param(kind, marks=pytest.mark.slow)
        for kind in ("written", "years", "codes", "joined")
    ),
]


class _Side(NamedTuple):
    """One file as a reader sees it: its sums, and what is told of it in its own feedback."""

    net: Net
    keys: dict[str, Key]
    told: dict[str, int | None]


@cache
def _side(name: str, limit: int) -> _Side:
    figures = _example(name).figures
    assert figures
    counts = dict(sharing.counts(figures))
    relations = [*sharing.own(figures), *declared(counts.keys())]
    keys = aliases(counts, relations)
    net = Net({place: count.sent for place, count in counts.items()}, keys, relations)
    return _Side(net, keys, sharing.safe(figures, limit).sent)


def _name(shot: Snapshot) -> str:
    return shot.file.removesuffix(".xml")


@dataclass
class _Known:
    """Every number on both sides, the sums, the changes, and what is held back of them."""

    values: dict[Key, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    held: set[Key] = field(default_factory=set)
    unseen: set[Key] = field(default_factory=set)

    def take(self, side: _Side, *way: str) -> None:
        """Take in one file, as it is told in its own feedback."""
        own = {key: (*way, *key) for key in side.net.values}
        self.values |= {own[key]: value for key, value in side.net.values.items()}
        self.sums += [
            Sum(own[one.total], tuple(own[key] for key in one.parts))
            for one in side.net.sums
            if not one.overlaps
        ]
        self.unseen |= {own[key] for key in side.net.unseen}
        self.held |= {own[side.keys[place]] for place, told in side.told.items() if told is None}

    def show(self, total: Key, parts: Iterable[Key], told: Number) -> None:
        """Take in a sum as the comparison shows it."""
        keys = tuple(dict.fromkeys(parts))
        self.values[total] = sum(self.values[key] for key in keys)
        self.sums.append(Sum(total, keys))
        if told == HIDDEN:
            self.held.add(total)
        else:
            assert (told or 0) == self.values[total]

    def change(self, place: str, told: Number) -> None:
        """Take in the difference between the two; there is none where one year lacks the line."""
        if told is None:
            return
        new, old, change = ("shown", "new", place), ("shown", "old", place), ("change", place)
        self.values[change] = self.values[new] - self.values[old]
        self.sums.append(Sum(new, (old, change)))
        if told == HIDDEN:
            self.held.add(change)


def _all_that_is_known(kind: str, limit: int) -> _Known:
    comparison, known = _series(kind), _Known()
    sides = {"old": comparison.old, "new": comparison.new}
    for way, shot in sides.items():
        for n, part in enumerate(shot.each):
            known.take(_side(_name(part), limit), way, str(n))
    years = comparison.old.year, comparison.new.year
    for shift in _shared(kind, limit).moved or ():
        for way, told in (("old", shift.old), ("new", shift.new)):
            parts = _parts(shift.id, way, sides[way], years, limit)
            known.show(("shown", way, shift.id), parts, told)
        known.change(shift.id, shift.change)
    return known


def _parts(
    place: str, way: str, shot: Snapshot, years: tuple[int | None, int | None], limit: int
) -> Iterator[Key]:
    """Yield the numbers that one that is shown is made of."""
    for n, part in enumerate(shot.each):
        side = _side(_name(part), limit)
        together = compared_as(side.keys, years)
        lines = [one for one in side.keys if together.get(one, (one, None))[0] == place]
        yield from ((way, str(n), *side.keys[one]) for one in lines)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_hidden_follows_from_years_changes_and_sums_together(kind: str, limit: int) -> None:
    """The exact attack, with the shared feedback on each file in hand too."""
    known = _all_that_is_known(kind, limit)
    assert len(known.held) > 50
    numbers = Numbers(known.values, known.sums, known.unseen)
    assert recovered(numbers, known.held) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_is_hidden_is_listed_though_it_may_be_unchanged(kind: str) -> None:
    """Otherwise what is not listed would be told to be the same."""
    comparison, limit = _series(kind), 10
    moved = _shared(kind, limit).moved
    assert moved
    listed = {shift.id for shift in moved}
    years = comparison.old.year, comparison.new.year
    for shot in (comparison.old, comparison.new):
        for part in shot.each:
            side = _side(_name(part), limit)
            together = compared_as(side.keys, years)
            numbers = [place for place in part.numbers or () if side.told[place] is None]
            assert {together.get(place, (place, None))[0] for place in numbers} <= listed


def test_a_change_is_hidden_when_either_year_is() -> None:
    moved = _shared("joined, written").moved
    assert moved
    kinds = {
        (isinstance(s.old, int), isinstance(s.new, int), isinstance(s.change, int)) for s in moved
    }
    assert {(True, True, True), (True, False, False), (False, True, False)} <= kinds
    assert not kinds & {(True, False, True), (False, True, True), (False, False, True)}


def test_of_two_sendings_of_a_year_no_figures_are_told() -> None:
    """Few differ, and they are in both: the difference would tell of just these."""
    comparison = compare([_example("700"), _example("800")])
    shared = shared_comparison(comparison, 10)
    assert (shared.moved, shared.remarks[-1]) == (None, "same_year")
    assert comparison.moved
    words = " ".join(said_for_sharing(comparison, RULES, "nb", 10).remarks())
    assert "feedback --share" in words


@pytest.mark.parametrize("limit", LIMITS)
def test_no_number_of_findings_follows_from_the_others_of_its_rule(limit: int) -> None:
    """Every way that a rule can have changed is tried, with its sums rounded as elsewhere."""
    most = 4 * limit
    seen: dict[tuple[Any, ...], list[tuple[int, ...]]] = {}
    for counts in product(range(most), repeat=3):
        added, fixed, remaining = counts
        change = Change("IP-01", Severity.INFO, 0, 0, added, fixed, remaining)
        told = shared_row(change, limit)[2:]
        sums = (rounded(remaining + fixed, limit), rounded(remaining + added, limit))
        seen.setdefault((*told, *sums), []).append(counts)
    whole = {told: them for told, them in seen.items() if max(map(max, them)) < most - limit}
    for told, possible in whole.items():
        for n, shown in enumerate(told[:3]):
            assert shown != HIDDEN or len({counts[n] for counts in possible}) > 1
    assert not {shown for told in seen for shown in told[:3]} & {*range(1, limit)}


def test_findings_are_rounded_and_summed_as_they_are_told() -> None:
    """Of few that are gone the others of the rule tell nothing either."""
    old = _shot(*(_plan(f"r{n}") for n in range(4)), *(_plan(f"f{n}") for n in range(3)))
    new = _shot(
        *(_plan(f"r{n}") for n in range(4)),
        *(_plan(f"n{n}") for n in range(12)),
        *(_date(f"y{n}") for n in range(21)),
        year=2020,
    )
    shared = shared_comparison(compare([old, new]), 10)
    assert [(row.rule, row.added, row.fixed, row.remaining) for row in shared.rows] == [
        ("KTR-03", 20, 0, 0),
        ("IP-01", HIDDEN, HIDDEN, HIDDEN),
    ]
    first, last = shared.stages
    assert [first.counts[level] for level in (Severity.ERROR, Severity.WARNING)] == [0, HIDDEN]
    assert [last.counts[level] for level in (Severity.ERROR, Severity.WARNING)] == [20, 20]
    assert (last.added, last.fixed) == (20, HIDDEN)


def _told(comparison: Comparison, language: str, limit: int = 10) -> SharedSaid:
    return said_for_sharing(comparison, all_rules(), language, limit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_person_file_or_day_is_shared(language: str) -> None:
    """In none of the forms; and the form of JSON is that of the schema."""
    told = _told(_series("written"), language)
    made = json.loads("".join(as_comparison.as_json(told)))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(made)] == []
    forms = ["".join(as_comparison.as_text(told)), "".join(as_comparison.as_html(told))]
    secrets = {print_ for found in told.comparison.new.findings.values() for print_ in found}
    assert secrets
    for shot in (told.comparison.old, told.comparison.new):
        secrets |= {shot.file, shot.sha256 or "-", shot.extracted or "-"}
    for shown in (*forms, json.dumps(made)):
        assert [secret for secret in secrets if secret in shown] == []
    assert told.words("mark.shareable") in forms[0]
    assert 'class="mark shareable"' in forms[1]


def test_a_municipality_that_is_no_number_is_not_told() -> None:
    hostile = "<b>Kari</b>"
    comparison = compare([_shot(municipality=hostile, year=2018), _shot(municipality=hostile)])
    told = _told(comparison, "nb")
    shown = "".join(as_comparison.as_text(told)) + "".join(as_comparison.as_json(told))
    assert "Kari" not in shown


def test_a_hidden_bar_is_not_drawn() -> None:
    old = _shot(*(_plan(f"a{n}") for n in range(30)), year=2018)
    comparison = compare([old, _shot(_plan("a1"))])
    bars = _told(comparison, "nb").bars()
    assert [(bar.length, bar.shown) for bar in bars] == [(30, "30"), (0, "*")]
    assert "2: *" in "".join(as_comparison.as_html(_told(comparison, "nb")))


def test_an_uncertain_answer_is_told_in_what_is_shared_too() -> None:
    comparison = compare([_shot(verdict=Verdict.UNDECIDED, year=2018), _shot()])
    assert "ikke et sikkert svar" in "".join(as_comparison.as_text(_told(comparison, "nb")))


def test_the_limit_is_one_that_is_documented() -> None:
    with pytest.raises(ValueError, match="5, 10"):
        shared_comparison(_series("written"), 7)
    done = CliRunner().invoke(app, ["compare", "a.xml", "b.xml", "--share", "7"])
    assert (done.exit_code, "5 eller 10" in done.stderr) == (2, True)
