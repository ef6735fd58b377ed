"""A submission as plain Python: persons with their rows, and the lines they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.model import Finding


@dataclass
class Row:
    """An element with fields; `lines` are those that it and its fields begin on."""

    name: str
    values: dict[str, str]
    lines: set[int]
    rows: list[Row] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """Return a value, '' when it is missing or empty: the two say the same."""
        return self.values.get(name, "")

    def of(self, name: str) -> list[Row]:
        """Return the rows of one class under this one, in the order of the message."""
        return [row for row in self.rows if row.name == name]


class _Reader:
    """Takes the parser's events; elements in capitals are rows, the others their fields."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._text = ""
        self._open: list[Row] = []
        self.root = Row("", {}, set())

    def read(self, text: bytes) -> Row:
        self._parser.Parse(text, True)  # noqa: FBT003  the last of it
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text = ""
        line = self._parser.CurrentLineNumber
        above = self._open[-1] if self._open else self.root
        if name.isupper():
            self._open.append(Row(name, attributes, {line}))
            above.rows.append(self._open[-1])
        else:
            above.lines.add(line)

    def _data(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if name.isupper():
            self._open.pop()
        else:
            self._open[-1].values[name] = self._text
        self._text = ""


def read(text: bytes) -> Row:
    """Return the message's root, with INNHINFO and the persons as its rows."""
    return _Reader().read(text).rows[0]


def lose(root: Row, findings: Iterable[Finding], *, is_received: bool) -> None:
    """Take away what the receiver deletes and blanks: what the findings say and none disputes."""
    if not is_received:
        root.rows = root.of("INNHINFO")
        return
    found = [one for one in findings if one.person and one.certainty == "documented"]
    rows = {line: row for person in root.of("PERSON") for row in _all(person) for line in row.lines}
    fallen = {id(rows[one.line]) for one in found if one.consequence == "row"}
    for one in found:
        row = rows[one.line]
        assert row.name == one.element
        if one.consequence == "value":
            row.values.pop(str(one.field), None)
    root.rows = [row for row in root.rows if id(row) not in fallen]
    for person in root.rows:
        person.rows = [row for row in person.rows if id(row) not in fallen]


def _all(person: Row) -> list[Row]:
    return [person, *person.rows]
