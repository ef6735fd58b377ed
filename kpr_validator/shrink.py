"""Makes a record that was not accepted small: only what may be wrong in it is walked and judged.

Most children of such a record are fine. Those that the row patterns take are
left out, with as many line ends as they had in their place. Since children may
be missing or repeated freely, stand in the order of their classes and are judged
one by one, what is left is valid exactly when the whole is, and its lines are
the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.ids import has_odd_ids
from kpr_validator.pattern import row_patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpr_validator.plan import Element, Plan
    from kpr_validator.walk import Fault, Row

    TakenRow = tuple[str, int, tuple[str | None, ...]]

_CELL_FAULTS = frozenset({"XSD-02", "XSD-05", "XSD-06", "XSD-08", "XSD-09", "XSD-14"})
# No tag may hide in a quoted value: what is nested in what must be told by tags alone.
_INSIDE = r"(?:[^<>\"'/]++|\"[^\"<>]*+\"|'[^'<>]*+'|/(?!>))*+"
_TAG = re.compile(rf"<(/?)([^\s/<>!?\"'=&]++){_INSIDE}(/?)>|[^<]++")


class Shrunk(NamedTuple):
    """A smaller record.

    `left` holds, for each row that is in the text, its element's name and its place among
    the record's `total` rows; the record's own row, place 0, is there in any case, and
    `has_own` tells whether it is left as well, or taken. `taken` holds the table, place and
    values of the rows that were taken; None when the compiled way holds them.
    """

    text: str
    left: list[tuple[str, int]]
    total: int
    has_own: bool = True
    taken: Sequence[TakenRow] | None = None

    def is_of(self, rows: Sequence[Row]) -> bool:
        """Tell whether the rows of a walk are those that were left."""
        return [row.element.name for row in rows] == [name for name, _ in self.left]


def may_shrink(record: Element) -> bool:
    """Tell whether any of a record's children that have fields may be left out of it."""
    return all(
        child.type or (child.minimum == 0 and child.maximum is None) for child in record.children
    )


@dataclass(frozen=True)
class Explained:
    """Rows in document order, and faults whose `row` is an index among them.

    Lines of faults, and of an envelope's rows, are the file's; a record's rows
    tell no lines of their own. `shrunk` tells where the rows stand among all of a
    record that was shrunk first, and which others there are.
    """

    rows: list[Row]
    faults: list[Fault]
    shrunk: Shrunk | None = None

    @property
    def places(self) -> Sequence[int]:
        """Return the place of each row among all rows of the record."""
        return [at for _, at in self.shrunk.left] if self.shrunk else range(len(self.rows))

    @property
    def total(self) -> int:
        """Return how many rows the record has."""
        return self.shrunk.total if self.shrunk else len(self.rows)

    @property
    def doubtful(self) -> Mapping[int | None, set[str]]:
        """Return, by row, the fields whose values the schema refuses."""
        found: dict[int | None, set[str]] = {}
        for fault in self.faults:
            if fault.rule in _CELL_FAULTS and fault.field is not None:
                found.setdefault(fault.row, set()).add(fault.field)
        return found

    def has_odd_ids(self, taken: Iterable[TakenRow]) -> bool:
        """Tell whether the ids of the record may not be in order, the taken rows included."""
        own, *others = (
            [row.values.get(name, "") for name in row.element.fields[:2]] for row in self.rows
        )
        if not all(one.isascii() and one.isdecimal() for one in (own[0], *chain(*others))):
            return True
        children: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
        for row, ids in zip(self.rows[1:], others, strict=True):
            children[str(row.element.table)].append(ids)
        for table, _, values in taken:
            children[table].append([value or "" for value in values[:2]])
        return has_odd_ids(own[0], (zip(*ids, strict=True) for ids in children.values()))


class Shrinker:
    """Shrinks the records of one document."""

    def __init__(self, plan: Plan, record: str, prefix: str) -> None:
        element = plan.elements[record]
        patterns = row_patterns(plan, record, prefix) if may_shrink(element) else {}
        self._name = record
        self._record = prefix + record
        self._close = re.compile(rf"</{re.escape(self._record)}[ \t\n]*>")
        self._elements = {
            prefix + plan.tables[table].name: (number, plan.tables[table], rows)
            for number, (table, rows) in enumerate(patterns.items())
        }
        names = "|".join(map(re.escape, self._elements)) or "(?!)"
        self._child = re.compile(rf"<({names})(?=[ \t\n>])")

    def shrink(self, text: str) -> Shrunk | None:
        """Return a smaller record, None when it can't be told by its tags what stands where."""
        first = self._child.search(text)
        if first is None or not self._is_open(text, first.start()):
            return None
        at, last = first.start(), 0
        pieces = [text[:at]]
        left = [(self._name, 0)]
        taken: list[TakenRow] = []
        while not text.startswith("</", at):
            end: int | None = text.find("<", at)
            if child := self._child.match(text, at):
                number, element, pattern = self._elements[child[1]]
                if number < last:
                    return None
                last = number
                place = len(left) + len(taken)
                if found := pattern.match(text, at):
                    taken.append((str(element.table), place, found.groups()))
                    pieces.append("\n" * text.count("\n", at, found.end()))
                    at = found.end()
                    continue
                left.append((element.name, place))
                end = _element_end(text, at)
            if end is None or end <= at:
                return None
            pieces.append(text[at:end])
            at = end
        if not self._close.fullmatch(text, at):
            return None
        return Shrunk("".join((*pieces, text[at:])), left, len(left) + len(taken), taken=taken)

    def _is_open(self, text: str, end: int) -> bool:
        """Tell whether nothing but the record itself is open where its children begin."""
        names: list[str] = []
        at = 0
        while at < end:
            tag = _TAG.match(text, at)
            if tag is None:
                return False
            if tag[2] and not tag[1] and not tag[3]:
                names.append(tag[2])
            elif tag[1] and (not names or names.pop() != tag[2]):
                return False
            at = tag.end()
        return names == [self._record] and at == end


def _element_end(text: str, at: int) -> int | None:
    """Return where the element that begins at `at` ends, None when its tags don't match."""
    names: list[str] = []
    while tag := _TAG.match(text, at):
        at = tag.end()
        if tag[2] and not tag[1] and not tag[3]:
            names.append(tag[2])
        elif tag[1] and names.pop() != tag[2]:
            return None
        if not names:
            return at
    return None
