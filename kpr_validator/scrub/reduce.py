"""Takes away what a finding can do without: by rows, then by single values.

Each part asks which of several smaller ones still do, and all parts are asked about at
once, so that a round costs one run of the pipeline however many parts there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.scrub import neutral
from kpr_validator.scrub.tree import without

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    from kpr_validator.scrub.tree import Node, Path

    Asking = Generator[list[Node], list[bool], Node | None]


MANY = 1_000_000
FEW = 80


def persons(tree: Node) -> list[Path]:
    """Return the paths of the persons of a part; none of one that stands alone."""
    return [(n,) for n in range(len(tree.children))] if len(tree.children) > 1 else []


def rows(tree: Node) -> list[Path]:
    """Return the paths of the rows: what stands in a person and holds something itself."""
    return [
        (n, place)
        for n, person in enumerate(tree.children)
        for place, child in enumerate(person.children)
        if child.children or child.attributes
    ]


def values(tree: Node) -> list[Path]:
    """Return the paths of all elements and attributes below the persons."""
    below = [
        ((n, *at), node) for n, person in enumerate(tree.children) for at, node in person.walk()
    ]
    elements: list[Path] = [at for at, _ in below if len(at) > 1]
    attributes: list[Path] = [(*at, name) for at, node in below for name, _ in node.attributes]
    return elements + attributes


def smaller(tree: Node, units_of: Callable[[Node], list[Path]], most: int = MANY) -> Asking:
    """Ask for ever smaller trees; return the smallest that still does.

    Few units are tried one by one, many by ever smaller chunks of at most `most` in a round.
    """
    left = units_of(tree)
    removed: frozenset[Path] = frozenset()
    size = 1 if len(left) <= min(FEW, most) else len(left)
    while left and size and len(left) <= most * size:
        chunks = [frozenset(left[at : at + size]) for at in range(0, len(left), size)]
        answers = yield [without(tree, removed | chunk) for chunk in chunks]
        good = [chunk for chunk, does in zip(chunks, answers, strict=True) if does]
        if len(good) > 1:
            joined = _joined(good)
            answers = yield [without(tree, removed | chunk) for chunk in joined]
            good = [chunk for chunk, does in zip(joined, answers, strict=True) if does] or good[:1]
        if good:
            removed |= good[-1]
            left = [unit for unit in left if unit not in removed]
        if not good or size > 1:
            size //= 2
    return without(tree, removed)


def at_most_one(tree: Node, units_of: Callable[[Node], list[Path]], most: int = MANY) -> Asking:
    """Ask first whether one unit, or none, is enough; if not, go on as `smaller` does."""
    units = units_of(tree)
    if 1 < len(units) <= most:
        every = frozenset(units)
        tried = [without(tree, every), *(without(tree, every - {unit}) for unit in units)]
        answers = yield tried
        for one, does in zip(tried, answers, strict=True):
            if does:
                return one
    return (yield from smaller(tree, units_of, most))


def _joined(chunks: Sequence[frozenset[Path]]) -> list[frozenset[Path]]:
    """Return the first chunk, the first two together, and so on."""
    joined = [chunks[0]]
    for chunk in chunks[1:]:
        joined.append(joined[-1] | chunk)
    return joined


def neutralised(tree: Node) -> Asking:
    """Ask for trees with stand-ins for values; return the one with all put, None if none does.

    Equal values of a field get the same stand-in.
    """
    choices = neutral.choices(tree)
    best = tree
    for choice in choices:
        best = neutral.put(best, choice.at, choice.values[0])
    if not choices or (yield [best])[0]:
        return best
    best = tree
    for choice in choices:
        tried = [neutral.put(best, choice.at, value) for value in choice.values]
        answers = yield tried
        good = [one for one, does in zip(tried, answers, strict=True) if does]
        if not good:
            return None
        best = good[0]
    return best


def first_that_does(trees: Iterable[Node]) -> Asking:
    """Ask about all trees at once; return the first that does, None if none does."""
    tried = list(trees)
    answers = yield tried
    return next((tree for tree, does in zip(tried, answers, strict=True) if does), None)


def together(
    asking: Mapping[int, Asking],
    judge: Callable[[list[tuple[int, Node]]], list[bool]],
) -> dict[int, Node | None]:
    """Run all askings side by side, each round's questions put to the judge in one go."""
    results: dict[int, Node | None] = {}
    answers: dict[int, list[bool]] = {}
    waiting = dict(asking)
    while waiting:
        questions: list[tuple[int, Node]] = []
        asked: dict[int, int] = {}
        for key, one in list(waiting.items()):
            try:
                trees = one.send(answers[key]) if key in answers else next(one)
            except StopIteration as end:
                results[key] = end.value
                del waiting[key]
            else:
                asked[key] = len(trees)
                questions += [(key, tree) for tree in trees]
        told = iter(judge(questions)) if questions else iter(())
        answers = {key: [next(told) for _ in range(count)] for key, count in asked.items()}
    return results
