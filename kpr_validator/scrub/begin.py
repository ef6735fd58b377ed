"""What the work begins with: the findings to show, each with persons who show it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpr_validator.companions import IDENT
from kpr_validator.scrub import cut, days
from kpr_validator.scrub.crowd import crowd
from kpr_validator.scrub.ident import Ident, ages
from kpr_validator.scrub.judge import Judge
from kpr_validator.scrub.neutral import Tame
from kpr_validator.scrub.parts import OF_READING, Part, pick, schema_faults
from kpr_validator.scrub.places import Places
from kpr_validator.scrub.renumber import plain
from kpr_validator.scrub.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpr_validator.model import Report
    from kpr_validator.pipeline import Options
    from kpr_validator.scrub.cut import Original
    from kpr_validator.scrub.parts import Example

# Why a finding is not in the file; reports put it into words.
READING, WHOLE, TOGETHER, VALUES, ASSEMBLED = "reading", "whole", "together", "values", "assembled"
IDENT_MISSING, OTHER_FILE = "ident", "other_file"
_UNDOCUMENTED_YEAR = "LES-13"  # the one page about reading that is about what the file says
_OF_THE_WHOLE = "KOM"


class NothingError(Exception):
    """There is nothing to show: no finding, or no file that can be taken apart.

    `left_out` tells by rule why, as far as that is known.
    """

    def __init__(self, left_out: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.left_out = left_out or {}


@dataclass(slots=True)
class Begun:
    """The work as it stands: `parts` by rule, and the rules that the header alone shows.

    `crowds` are parts of many persons, which show a finding of the file as a whole.
    """

    original: Original
    judge: Judge
    ident: Ident | None
    limits: days.Limits
    parts: dict[str, Part] = field(default_factory=dict)
    crowds: dict[str, Part] = field(default_factory=dict)
    header: dict[str, Example] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def drop(self, rules: Iterable[str], why: str) -> None:
        """Leave rules out."""
        for rule in rules:
            self.left_out[rule] = why
            for held in (self.parts, self.crowds, self.header):
                held.pop(rule, None)


def begin(report: Report, file: str, options: Options, select: Sequence[str]) -> Begun:
    """Find for each chosen rule the persons to show it with.

    Raises NothingError when nothing can be shown.
    """
    begun = _Begin(report, file, options, select).begun()
    if not begun.parts and not begun.crowds and not begun.header:
        raise NothingError(begun.left_out)
    return begun


class _Begin:
    """Looks in one file."""

    def __init__(self, report: Report, file: str, options: Options, select: Sequence[str]) -> None:
        told = report.submission
        year = told.year or told.rules_year or 0
        self.file, self.options, self.select = file, options, select
        self.left_out: dict[str, str] = {}
        self.found = self._found(report)
        lines = [example.line for examples in self.found.values() for example in examples]
        original = self._read(lines)
        self.tame = Tame(original.document)
        places, made = Places(told.municipality or "", year), f"{year + 1}0108"
        ident = Ident(options.ident, places, made) if options.ident else None
        judge = Judge(original, places, options, ident)
        judge.header = judge.header.of(self.tame.tree(judge.header.tree()))
        limits = days.Limits(f"{year}0101", f"{year}1231", told.status_day or made)
        self.work = Begun(original, judge, ident, limits, left_out=self.left_out)

    def _found(self, report: Report) -> dict[str, list[Example]]:
        found = pick(report.findings(), self.select)
        for named in (report.rules[name] for name in self.select if name in report.rules):
            if set(named.needs) - {IDENT}:
                self.left_out[named.id] = OTHER_FILE
            elif named.needs and not self.options.ident:
                self.left_out[named.id] = IDENT_MISSING
        for rule in [rule for rule in found if rule.startswith(OF_READING)]:
            if rule != _UNDOCUMENTED_YEAR:
                self.left_out[rule] = READING
                del found[rule]
        return found

    def _read(self, lines: Iterable[int] | None) -> Original:
        found = cut.read(self.file, self.options.stdin, lines) if self.found else None
        if found is None:
            raise NothingError(self.left_out)
        return found

    def begun(self) -> Begun:
        """Try each rule's persons alone, then with those who share their ids."""
        alone: dict[str, list[Part]] = {}
        for rule, examples in self.found.items():
            parts = [part for example in examples if (part := self._part([example.line], example))]
            if parts:
                alone[rule] = sorted(parts, key=lambda part: _size(part.tree))
            else:
                self.work.header[rule] = examples[0]
        self._keep_first(alone)
        rest = {rule: parts for rule, parts in alone.items() if rule not in self.work.parts}
        self._keep_first(self._with_partners(rest))
        self.work.drop(rest.keys() - self.work.parts.keys(), TOGETHER)
        self._whole()
        return self.work

    def _part(self, lines: Iterable[int], example: Example) -> Part | None:
        """Return the persons on the lines as a part, None when none can be read there.

        They are few, so the days of all of them are kept out of each.
        """
        original = self.work.original
        places = dict.fromkeys(original.at(line) for line in lines)
        part = self._of([place for place in places if place is not None], example)
        if part:
            part.days = (frozenset[str]().union(*part.days),) * len(part.days)
        return part

    def _of(self, places: Iterable[int], example: Example) -> Part | None:
        people = (self.work.original.person(place) for place in places)
        tree = Node("", "", children=tuple(self.tame.tree(person) for person in people if person))
        if self.work.ident:
            self.work.ident.ages |= ages(tree)
        field = example.sight.field
        if field is not None:
            sight = example.sight._replace(field=self.tame.name(field))
            example = example._replace(sight=sight)
        own = tuple(frozenset(days.days_of(person)) for person in tree.children)
        return Part(example, tree, own) if tree.children else None

    def _keep_first(self, ways: dict[str, list[Part]]) -> None:
        """Keep, of each rule's parts, the first that shows it in the new file."""
        every = [part for parts in ways.values() for part in parts]
        seen = self.work.judge.shown([part.tree for part in every], ways) if every else []
        for part, found in zip(every, seen, strict=False):
            if part.sight in found and part.sight.rule not in self.work.parts:
                faults = schema_faults(found)
                self.work.parts[part.sight.rule] = replace(part, faults=faults)

    def _with_partners(self, rest: dict[str, list[Part]]) -> dict[str, list[Part]]:
        """Return each rule's first person with those that have the same id or identity."""
        ident, original = self.work.ident, self.work.original
        lines: dict[str, list[int]] = {}
        for rule, parts in rest.items():
            attributes = parts[0].tree.children[0].attributes
            own = {plain(value) for name, value in attributes if name == "pePeID"}
            shared = (ident.partners(person) for person in own if ident)
            others = own.union(*shared)
            lines[rule] = sorted(at for one in others for at in original.people.get(one, ()))
        if lines:
            self.work.original = self._read([at for found in lines.values() for at in found])
        made = {rule: self._part(at, rest[rule][0].example) for rule, at in lines.items()}
        return {rule: [part] for rule, part in made.items() if part}

    def _whole(self) -> None:
        """Sort out which findings about the file as a whole the header shows alone."""
        work = self.work
        elsewhere = work.judge.shown([], work.header)[-1] if work.header else set()
        own = {
            rule
            for rule, example in work.header.items()
            if example.sight in elsewhere and not rule.startswith(_OF_THE_WHOLE)
        }
        others = {rule: work.header[rule] for rule in work.header.keys() - own}
        work.drop(others, WHOLE)
        if named := others.keys() & set(self.select):
            work.original = self._read(None)
            for rule in named:
                people = crowd(work.original, others[rule].sight, self.options)
                if part := self._of(people, others[rule]):
                    work.crowds[rule] = part
                    del work.left_out[rule]


def _size(tree: Node) -> int:
    return sum(1 for _ in tree.walk())
