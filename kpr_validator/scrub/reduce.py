"""Takes away what a finding can do without: by rows, then by single values.

Each part asks which of several smaller ones still do, and all parts are asked about at
once, so that a round costs one run of the pipeline however many parts there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.scrub import neutral
from kpr_validator.scrub.tree import without

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from kpr_validator.scrub.tree import Node, Path

    Unit = frozenset[Path]
    Asking = Generator[list[Node], list[bool], Node | None]


MANY = 1_000_000
FEW = 80


def persons(tree: Node) -> list[Unit]:
    """Return each person of a part; none of one that stands alone."""
    return _each((n,) for n in range(len(tree.children))) if len(tree.children) > 1 else []


def rows(tree: Node) -> list[Unit]:
    """Return each row: what stands in a person and holds something itself."""
    return _each(at for at, _ in _rows(tree))


def kinds_of_rows(tree: Node) -> list[Unit]:
    """Return the rows of each name, all persons' together."""
    return _by_name(((node.name, at) for at, node in _rows(tree)))


def values(tree: Node) -> list[Unit]:
    """Return each element and attribute below the persons."""
    found = [*_values(tree)]
    return _each(at for _, at in sorted(found, key=lambda one: isinstance(one[1][-1], str)))


def kinds_of_values(tree: Node) -> list[Unit]:
    """Return the elements and attributes of each name, all persons' together."""
    return _by_name(_values(tree))


def _rows(tree: Node) -> Iterator[tuple[Path, Node]]:
    for n, person in enumerate(tree.children):
        for place, child in enumerate(person.children):
            if child.children or child.attributes:
                yield (n, place), child


def _values(tree: Node) -> Iterator[tuple[str, Path]]:
    for n, person in enumerate(tree.children):
        for at, node in person.walk():
            if at:
                yield node.name, (n, *at)
            for name, _ in node.attributes:
                yield name, (n, *at, name)


def _each(paths: Iterable[Path]) -> list[Unit]:
    return [frozenset({path}) for path in paths]


def _by_name(named: Iterable[tuple[str, Path]]) -> list[Unit]:
    found: dict[str, set[Path]] = {}
    for name, path in named:
        found.setdefault(name, set()).add(path)
    return [frozenset(paths) for paths in found.values()]


def smaller(tree: Node, units_of: Callable[[Node], list[Unit]], most: int = MANY) -> Asking:
    """Ask for ever smaller trees; return the smallest that still does.

    Few units are tried one by one, many by ever smaller chunks of at most `most` in a round.
    """
    left = units_of(tree)
    removed: Unit = frozenset()
    size = 1 if len(left) <= min(FEW, most) else len(left)
    while left and size and len(left) <= most * size:
        chunks = [removed.union(*left[at : at + size]) for at in range(0, len(left), size)]
        answers = yield [without(tree, chunk) for chunk in chunks]
        good = [chunk for chunk, does in zip(chunks, answers, strict=True) if does]
        if len(good) > 1:
            joined = _joined(good)
            answers = yield [without(tree, chunk) for chunk in joined]
            good = [chunk for chunk, does in zip(joined, answers, strict=True) if does] or good[:1]
        if good:
            removed = good[-1]
            left = [unit for unit in left if not unit <= removed]
        if not good or size > 1:
            size //= 2
    return without(tree, removed)


def at_most_one(tree: Node, units_of: Callable[[Node], list[Unit]], most: int = MANY) -> Asking:
    """Ask first whether one unit, or none, is enough; if not, go on as `smaller` does."""
    units = units_of(tree)
    if 1 < len(units) <= most:
        every: Unit = frozenset().union(*units)
        tried = [without(tree, every), *(without(tree, every - unit) for unit in units)]
        answers = yield tried
        for one, does in zip(tried, answers, strict=True):
            if does:
                return one
    return (yield from smaller(tree, units_of, most))


def _joined(chunks: Sequence[Unit]) -> list[Unit]:
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
