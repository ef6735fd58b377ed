"""Makes a record that was not accepted small: only what may be wrong in it is walked and judged.

Most children of such a record are fine. Those that the row patterns take are
shredded at once, and the smallest valid element of their class stands in for
each run of them, with as many line ends as they had. Since children may be
repeated freely and are judged one by one, what is left is valid exactly when
the whole is, and its lines are the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.pattern import row_patterns
from kpr_validator.plan import minimal
from kpr_validator.walk import Row

if TYPE_CHECKING:
    from kpr_validator.plan import Plan

_MARK = 7_000_000_000_000_000  # numbers the stand-ins, in their own id
_TAG = re.compile(r"<(/?)([^\s/>]+)[^<>]*?(/?)>|[^<]+")


class Shrunk(NamedTuple):
    """A smaller record; `taken` holds, per stand-in, the rows that it stands for."""

    text: str
    taken: list[list[Row]]

    def restored(self, rows: list[Row]) -> tuple[list[Row], list[int]] | None:
        """Put the taken rows back among a walk's rows.

        Returns them with the new index of each of the walk's rows, None when a
        stand-in is not where it should be.
        """
        whole: list[Row] = []
        indexes: list[int] = []
        awaited = iter(enumerate(self.taken))
        expected = next(awaited, None)
        for row in rows:
            indexes.append(len(whole))
            own_id = row.values.get(row.element.own_id or "")
            if expected and own_id == str(_MARK + expected[0]):
                whole += expected[1]
                expected = next(awaited, None)
            else:
                whole.append(row)
        return None if expected else (whole, indexes)


class Shrinker:
    """Shrinks the records of one document."""

    def __init__(self, plan: Plan, record: str, prefix: str) -> None:
        self._record = prefix + record
        self._elements = {
            prefix + element.name: (element, rows)
            for table, rows in row_patterns(plan, record, prefix).items()
            for element in (plan.tables[table],)
        }
        self._stand_ins = {
            name: minimal(element, prefix) for name, (element, _) in self._elements.items()
        }
        names = "|".join(map(re.escape, self._elements))
        self._child = re.compile(rf"<({names})(?=[ \t\n>])")

    def shrink(self, text: str) -> Shrunk | None:
        """Return a smaller record, None when it is too odd to be cut up safely."""
        first = self._child.search(text)
        if first is None or "<!" in text or "<?" in text or not self._is_open(text, first.start()):
            return None
        pieces: list[str] = [text[: first.start()]]
        taken: list[list[Row]] = []
        at = first.start()
        while not text.startswith("</", at):
            child = self._child.match(text, at)
            end, rows = self._run(text, at, child[1]) if child else (at, [])
            if child and rows:
                pieces.append(self._stand_in(child[1], len(taken)))
                pieces.append("\n" * text.count("\n", at, end))
                taken.append(rows)
            elif found := _element_end(text, at):
                end = found
                pieces.append(text[at:end])
            else:
                return None
            at = end
        pieces.append(text[at:])
        return Shrunk("".join(pieces), taken)

    def _stand_in(self, name: str, number: int) -> str:
        own_id = self._elements[name][0].own_id
        return self._stand_ins[name].replace(f'{own_id}="1"', f'{own_id}="{_MARK + number}"', 1)

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

    def _run(self, text: str, at: int, name: str) -> tuple[int, list[Row]]:
        """Return where the run of good children from `at` ends, and their rows."""
        element, pattern = self._elements[name]
        rows: list[Row] = []
        while found := pattern.match(text, at):
            given = zip(element.fields, found.groups(), strict=True)
            values = {field: value for field, value in given if value is not None}
            rows.append(Row(element, 0, values, {}))
            at = found.end()
        return at, rows


def _element_end(text: str, at: int) -> int | None:
    """Return where the element or text at `at` ends, None when its tags don't match."""
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
