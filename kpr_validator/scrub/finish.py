"""The end of the work: the fewest parts, put together, judged once more, and looked through."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.scrub.begin import ASSEMBLED, NothingError
from kpr_validator.scrub.days import days_of
from kpr_validator.scrub.judge import Sight
from kpr_validator.scrub.leaks import DAY, leaks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kpr_validator.model import Finding, Verdict
    from kpr_validator.scrub.begin import Begun
    from kpr_validator.scrub.judge import Made
    from kpr_validator.scrub.parts import Example

    Remarks = Callable[[str, Sequence[Sequence[str]]], list[str]]


class Shown(NamedTuple):
    """A finding that the new file shows: its rule, and its line there and in the original."""

    rule: str
    line: int
    original: int


class Scrubbed(NamedTuple):
    """The new file, and what is to be said about it.

    `left_out` tells by rule why it is not shown; `others` counts further findings of the
    new file, by rule: they come of what was taken away. Sizes count characters,
    `municipality` is the number put instead. `leaks` must be empty before anything is written.
    """

    text: str
    ident: str | None
    shown: tuple[Shown, ...]
    left_out: Mapping[str, str]
    others: Mapping[str, int]
    verdict: Verdict
    municipality: str
    persons: int
    persons_before: int
    size_before: int
    leaks: tuple[str, ...]


class _Judged(NamedTuple):
    verdict: Verdict
    findings: list[Finding]


def finished(work: Begun, remarks: Remarks) -> Scrubbed:
    """Return the file; `remarks` words its comments from its municipality and each part's rules.

    Raises NothingError when in the end nothing is shown.
    """
    while wanted := _wanted(work):
        names, told = _fewest(work)
        trees = [{**work.parts, **work.crowds}[name].tree for name in names]
        made = work.judge.made(trees, remarks(work.judge.municipality, told))
        judged = _judge(work, made)
        seen = {Sight(finding.rule, finding.field) for finding in judged.findings}
        missing = [rule for rule, example in wanted.items() if example.sight not in seen]
        if not missing:
            return _scrubbed(work, made, judged, sum(len(tree.children) for tree in trees))
        work.drop(missing, ASSEMBLED)
    raise NothingError(work.left_out)


def _wanted(work: Begun) -> dict[str, Example]:
    parts = {rule: part.example for rule, part in {**work.parts, **work.crowds}.items()}
    return {**parts, **work.header}


def _fewest(work: Begun) -> tuple[list[str], list[list[str]]]:
    """Return the parts to keep, by rule, and the rules that each of them shows."""
    seen = work.judge.shown([part.tree for part in work.parts.values()], work.parts)
    by_name = dict(zip(work.parts, seen, strict=False))
    wanted = {part.sight for part in work.parts.values()}
    names = cover(by_name, wanted)
    told = [sorted({sight.rule for sight in by_name[name] & wanted}) for name in names]
    return [*names, *work.crowds], [*told, *([rule] for rule in work.crowds)]


def cover(seen: Mapping[str, AbstractSet[Sight]], wanted: AbstractSet[Sight]) -> list[str]:
    """Return the fewest parts found, by name, in which every wanted finding is seen."""
    left = {sight for found in seen.values() for sight in found} & wanted
    kept: list[str] = []
    while left:
        best = max(sorted(seen), key=lambda name: len(seen[name] & left))
        kept.append(best)
        left -= seen[best]
    return sorted(kept)


def _judge(work: Begun, made: Made) -> _Judged:
    with work.judge.report(made, ()) as report:
        return _Judged(report.verdict, list(report.findings()))


def _scrubbed(work: Begun, made: Made, judged: _Judged, persons: int) -> Scrubbed:
    examples = {example.sight: example for example in _wanted(work).values()}
    first: dict[Sight, int] = {}
    others: Counter[str] = Counter()
    for finding in judged.findings:
        sight = Sight(finding.rule, finding.field)
        if sight not in examples:
            others[finding.rule] += 1
        first.setdefault(sight, finding.line)
    parts = [*work.parts.values(), *work.crowds.values()]
    kept = any(
        days_of(person) & own - work.limits.fixed()
        for part in parts
        for person, own in zip(part.tree.children, part.days, strict=False)
    )
    files = [made.text] if made.ident is None else [made.text, made.ident]
    numbers = work.ident.numbers if work.ident else frozenset()
    return Scrubbed(
        text=made.text,
        ident=made.ident,
        shown=tuple(
            sorted(Shown(sight.rule, first[sight], e.line) for sight, e in examples.items())
        ),
        left_out=work.left_out,
        others=others,
        verdict=judged.verdict,
        municipality=work.judge.municipality,
        persons=persons,
        persons_before=work.original.persons,
        size_before=work.original.size,
        leaks=(*leaks(files, work.original, numbers), *((DAY,) if kept else ())),
    )
