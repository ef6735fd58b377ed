"""The whole way: a report and its file in, the smallest invented file that shows the same out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kpr_validator.scrub import days, header, reduce
from kpr_validator.scrub.begin import VALUES, begin
from kpr_validator.scrub.crowd import CHUNKS
from kpr_validator.scrub.finish import finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpr_validator.model import Report
    from kpr_validator.pipeline import Options
    from kpr_validator.scrub.begin import Begun
    from kpr_validator.scrub.finish import Remarks, Scrubbed
    from kpr_validator.scrub.parts import Part
    from kpr_validator.scrub.reduce import Asking, Unit
    from kpr_validator.scrub.tree import Node


def scrub(
    report: Report, file: str, options: Options, select: Sequence[str], remarks: Remarks
) -> Scrubbed:
    """Return the smallest invented file that shows one finding of each chosen rule.

    `options` are those that the report was made with; when the file is standard input,
    theirs must be readable again. Raises NothingError when nothing can be shown.
    """
    way = _Way(begin(report, file, options, select))
    way.go()
    return finished(way.work, remarks)


class _Way:
    """The steps between the beginning and the end, each on all parts at once."""

    def __init__(self, work: Begun) -> None:
        self.work = work

    def go(self) -> None:
        """Take every step."""
        work = self.work
        for way, units in (
            (reduce.smaller, reduce.persons),
            (reduce.at_most_one, reduce.rows),
            (reduce.smaller, reduce.values),
        ):
            self._change(partial(_smaller, way, units))
        for units in (reduce.kinds_of_rows, reduce.kinds_of_values):
            self._change_crowds(partial(_smaller, partial(reduce.smaller, most=CHUNKS), units))
        header.renew(work.judge, self._held)
        held = self._held()
        names = [*work.parts, *work.header]
        work.drop([rule for n, rule in enumerate(names) if n not in held], VALUES)
        offset = days.run_offset()
        for step in (partial(self._moved, offset), lambda part: reduce.neutralised(part.tree)):
            self._change(step)
            self._change_crowds(step)

    def _held(self) -> frozenset[int]:
        """Return which findings are there under the header as it is, by their place."""
        work = self.work
        rules = [*work.parts, *work.header]
        seen = work.judge.shown([part.tree for part in work.parts.values()], rules)
        parts = [part.does(found) for part, found in zip(work.parts.values(), seen, strict=False)]
        around = [example.sight in seen[-1] for example in work.header.values()]
        return frozenset(n for n, does in enumerate([*parts, *around]) if does)

    def _change(self, asking: Callable[[Part], Asking]) -> None:
        """Put every part through a step; one that has no way through is left out."""
        work = self.work
        parts = list(work.parts.values())

        def judge(questions: list[tuple[int, Node]]) -> list[bool]:
            seen = work.judge.shown([tree for _, tree in questions], work.parts)
            pairs = zip(questions, seen, strict=False)
            return [parts[n].does(found) for (n, _), found in pairs]

        self._put(parts, reduce.together({n: asking(part) for n, part in enumerate(parts)}, judge))

    def _change_crowds(self, asking: Callable[[Part], Asking]) -> None:
        """Put every crowd through a step, each in a file of its own."""
        for crowd in list(self.work.crowds.values()):
            self._put([crowd], reduce.together({0: asking(crowd)}, self._alone(crowd)))

    def _alone(self, crowd: Part) -> Callable[[list[tuple[int, Node]]], list[bool]]:
        """Return a judge of a part that has to be in a file of its own."""

        def does(tree: Node) -> bool:
            seen = self.work.judge.shown([tree], [crowd.sight.rule])
            return crowd.does({sight for found in seen for sight in found})

        return lambda questions: [does(tree) for _, tree in questions]

    def _put(self, parts: Sequence[Part], results: dict[int, Node | None]) -> None:
        for n, part in enumerate(parts):
            tree = results[n]
            if tree is None:
                self.work.drop([part.sight.rule], VALUES)
            else:
                part.tree = tree

    def _moved(self, offset: int, part: Part) -> Asking:
        return reduce.first_that_does(self._ways(offset, part))

    def _ways(self, offset: int, part: Part) -> Iterator[Node]:
        """Yield the part with its days moved all alike, then each person's for itself."""
        limits, every = self.work.limits, self.work.original.days
        own = frozenset[str]().union(*part.days)
        for way in days.ways(days.days_of(part.tree), limits, offset, days.Secret(own, every)):
            yield days.moved(part.tree, way)
        people = part.tree.children
        each = [
            days.apart(days.days_of(person), limits, days.Secret(own, every))
            for person, own in zip(people, part.days, strict=False)
        ]
        for ways in zip(*each, strict=True):
            moved = map(days.moved, people, ways)
            yield replace(part.tree, children=tuple(moved))


def _smaller(
    way: Callable[[Node, Callable[[Node], list[Unit]]], Asking],
    units: Callable[[Node], list[Unit]],
    part: Part,
) -> Asking:
    return way(part.tree, units)
