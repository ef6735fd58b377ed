"""The whole way: a report and its file in, the smallest invented file that shows the same out."""

from __future__ import annotations

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
    from kpr_validator.scrub.reduce import Asking
    from kpr_validator.scrub.tree import Node, Path


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
        self._change(partial(_smaller, reduce.smaller, reduce.persons))
        self._change(partial(_smaller, reduce.at_most_one, reduce.rows))
        self._change(partial(_smaller, reduce.smaller, reduce.values))
        header.renew(work.judge, self._held)
        held = self._held()
        names = [*work.parts, *work.header]
        work.drop([rule for n, rule in enumerate(names) if n not in held], VALUES)
        offset = days.run_offset()
        self._change(lambda part, _most: reduce.first_that_does(self._moved(part, offset)))
        self._change(lambda part, _most: reduce.neutralised(part.tree))

    def _held(self) -> frozenset[int]:
        """Return which findings are there under the header as it is, by their place."""
        work = self.work
        rules = [*work.parts, *work.header]
        seen = work.judge.shown([part.tree for part in work.parts.values()], rules)
        parts = [part.does(found) for part, found in zip(work.parts.values(), seen, strict=False)]
        around = [example.sight in seen[-1] for example in work.header.values()]
        return frozenset(n for n, does in enumerate([*parts, *around]) if does)

    def _change(self, asking: Callable[[Part, int], Asking]) -> None:
        """Put every part through a step; one that has no way through is left out."""
        work = self.work
        parts = list(work.parts.values())
        asked = {n: asking(part, reduce.MANY) for n, part in enumerate(parts)}

        def judge(questions: list[tuple[int, Node]]) -> list[bool]:
            seen = work.judge.shown([tree for _, tree in questions], work.parts)
            pairs = zip(questions, seen, strict=False)
            return [parts[n].does(found) for (n, _), found in pairs]

        self._put(parts, reduce.together(asked, judge))
        for crowd in list(work.crowds.values()):
            self._put([crowd], reduce.together({0: asking(crowd, CHUNKS)}, self._alone(crowd)))

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

    def _moved(self, part: Part, offset: int) -> Iterator[Node]:
        work = self.work
        secret = days.Secret(part.days, work.original.days)
        for way in days.ways(days.days_of(part.tree), work.limits, offset, secret):
            yield days.moved(part.tree, way)


def _smaller(
    way: Callable[[Node, Callable[[Node], list[Path]], int], Asking],
    units: Callable[[Node], list[Path]],
    part: Part,
    most: int,
) -> Asking:
    return way(part.tree, units, most)
