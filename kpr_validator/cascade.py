"""Which findings follow from others, and which causes explain most of them.

A finding follows from the one that fells its row (or its person), and from
another on the same row, the same person or the whole submission when its page
names that one's rule (`følger_av`). What follows is told under its cause.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Certainty, Consequence, Root, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.ledger import Ledger
    from kpr_validator.model import Rule


class Found(NamedTuple):
    """One finding as this stage sees it: its row, its nr and the number of its kind."""

    rad: int
    nr: int
    slag: int


class Fall(NamedTuple):
    """Why a row falls out: the finding that fells it; `own` is 0 when its person falls."""

    nr: int
    own: int


class Cascade:
    """Goes through the findings once, person by person, and links what follows.

    `firsts` are the first row numbers of the records, ascending; `fallen` the rows
    that fall out. Afterwards `following` counts what follows, by severity, and
    `roots` the causes, those that explain most first.
    """

    def __init__(
        self,
        ledger: Ledger,
        rules: Mapping[str, Rule],
        firsts: Sequence[int],
        fallen: Mapping[int, Fall],
    ) -> None:
        self._ledger = ledger
        self._firsts = firsts
        self._fallen = fallen
        self._follows = [rules[kind.rule].follows_from for kind in ledger.kinds]
        self._named = frozenset(name for names in self._follows for name in names)
        self._whole: dict[str, list[Found]] = defaultdict(list)
        self._slag: dict[int, int] = {}
        self._own: Counter[int] = Counter()
        self._explained: Counter[int] = Counter()
        self.following: Counter[Severity] = Counter()

    def run(self) -> None:
        """Link every finding that follows from another to its cause."""
        links = (array("q"), array("q"), array("q"))
        for at, rows in groupby(map(Found._make, self._ledger.rows()), self._record):
            group = list(rows)
            causes = self._causes(group)
            self._count(group, causes)
            if at == 0:
                self._remember(group)
            for found in group:
                if cause := causes.get(found.nr):
                    for column, value in zip(links, (cause, found.rad, found.nr), strict=True):
                        column.append(value)
        self._ledger.link(zip(*links, strict=True))

    def _record(self, found: Found) -> int:
        """Return which record a finding is in, 0 for the submission as a whole."""
        return bisect_right(self._firsts, found.rad) if found.rad > 0 else 0

    def _remember(self, group: Sequence[Found]) -> None:
        for found in group:
            rule = self._ledger.kinds[found.slag].rule
            if rule in self._named:
                self._whole[rule].append(found)
                self._slag[found.nr] = found.slag

    def _causes(self, group: Sequence[Found]) -> dict[int, int]:
        """Return the nr of each finding's cause, for those of one record that have one."""
        causes: dict[int, int] = {}
        if self._named:
            here: dict[str, list[Found]] = defaultdict(list)
            for found in group:
                here[self._ledger.kinds[found.slag].rule].append(found)
            for found in group:
                for cause in self._named_causes(found, here):
                    if not _leads(causes, cause, found.nr):
                        causes[found.nr] = cause
                        break
        for found in group if self._fallen else ():
            fall = self._fall(found)
            if found.nr not in causes and fall and not _leads(causes, fall, found.nr):
                causes[found.nr] = fall
        return causes

    def _named_causes(self, found: Found, here: Mapping[str, Sequence[Found]]) -> Iterator[int]:
        """Yield what a finding may follow from by its page, nearest first."""
        field = self._ledger.kinds[found.slag].field
        named = [other for name in self._follows[found.slag] for other in here.get(name, ())]
        near = [other for other in named if found.rad > 0 or self._is_about(other, field)]
        yield from (other.nr for other in near if other.rad == found.rad)
        yield from (other.nr for other in near if other.rad != found.rad)
        for name in self._follows[found.slag]:
            for other in self._whole.get(name, ()):
                if self._is_about(other, field):
                    yield other.nr

    def _is_about(self, found: Found, field: str | None) -> bool:
        """Tell whether a finding on the whole submission is about the field, or about all."""
        return self._ledger.kinds[found.slag].field in {None, field}

    def _fall(self, found: Found) -> int | None:
        """Return what fells the finding's row, unless that is the finding's own doing."""
        fall = self._fallen.get(found.rad)
        if fall is None:
            return None
        effect = self._ledger.kinds[found.slag].effect
        fells = effect.consequence is Consequence.ROW and effect.certainty is Certainty.DOCUMENTED
        return None if fall.own and fells else fall.nr

    def _count(self, group: Sequence[Found], causes: Mapping[int, int]) -> None:
        slag = {found.nr: found.slag for found in group} if causes else {}
        for found in group:
            severity = self._ledger.kinds[found.slag].effect.severity
            root = found.nr
            while root in causes:
                root = causes[root]
            if root == found.nr:
                if severity is not Severity.INFO:
                    self._own[found.slag] += 1
                continue
            self.following[severity] += 1
            if severity is not Severity.INFO:
                self._explained[slag.get(root, self._slag.get(root, found.slag))] += 1

    def roots(self) -> tuple[Root, ...]:
        """Return the causes of findings of at least warning: most first, then the worst."""
        worst: dict[tuple[str, str | None], int] = {}
        own: Counter[tuple[str, str | None]] = Counter()
        explained: Counter[tuple[str, str | None]] = Counter()
        for counted, by_cause in ((self._own, own), (self._explained, explained)):
            for slag, count in counted.items():
                kind = self._ledger.kinds[slag]
                by_cause[kind.rule, kind.field] += count
                rank = kind.effect.severity.rank
                worst[kind.rule, kind.field] = min(rank, worst.get((kind.rule, kind.field), rank))
        roots = (Root(*cause, own[cause], explained[cause]) for cause in own | explained)
        return tuple(
            sorted(
                roots,
                key=lambda root: (
                    -root.own - root.following,
                    worst[root.rule, root.field],
                    root.rule,
                    root.field or "",
                ),
            )
        )


def _leads(causes: Mapping[int, int], nr: int, to: int) -> bool:
    """Tell whether following the causes from `nr` ends at `to`."""
    while nr != to and nr in causes:
        nr = causes[nr]
    return nr == to
