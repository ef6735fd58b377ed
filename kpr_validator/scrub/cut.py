"""What is taken out of the original: its header, the persons that findings are about, its secrets.

The secrets are all ids and days of the whole file, so that none of them is used again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.opening import open_message
from kpr_validator.read import open_source
from kpr_validator.scan import Scanner, Slice
from kpr_validator.scrub.renumber import plain
from kpr_validator.scrub.tree import Node, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from kpr_validator.catalogue import Document
    from kpr_validator.opening import Opening

RECORD = "PERSON"
_STAND_IN = "persons-stood-here"
_START = 2000  # characters in which a person's start tag stands
_IDS = re.compile(r"[A-Za-z]ID\s*=\s*[\"']\s*([^\"'<]*?)\s*[\"']")
_PERSON = re.compile(r"pePeID\s*=\s*[\"']([^\"'<]*)[\"']")
_DAYS = re.compile(r">\s*((?:1[0-9]|20)[0-9]{6})\s*<")


class Cut(NamedTuple):
    """One person of the original: the lines it takes, inclusive, and its text."""

    first: int
    last: int
    text: str


@dataclass(slots=True)
class Original:
    """What is known of the original once it has been read.

    `before` and `after` are what stands around the persons; `root` is the message's own
    element without its children. `cuts` are the persons asked for.
    """

    document: Document
    root: Node
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    cuts: list[Cut]
    persons: int = 0
    size: int = 0
    ids: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    people: dict[str, list[int]] = field(default_factory=dict)
    tag: str = ""
    end: str = ""

    def at(self, line: int) -> int | None:
        """Return the place among `cuts` of the person that stands on a line."""
        place = bisect_left(self.cuts, line, key=lambda cut: cut.last)
        found = place < len(self.cuts) and self.cuts[place].first <= line
        return place if found else None

    def person(self, place: int) -> Node | None:
        """Return a person as a tree, None when its text is not well-formed."""
        top = parse((self.tag, self.cuts[place].text, self.end))
        return top.children[0] if top and top.children else None


def read(path: str, stdin: IO[bytes], lines: Iterable[int] | None) -> Original | None:
    """Read a file that the pipeline could read; keep the persons on the given lines, or all.

    Returns None when what stands around the persons is not well-formed, or for another message.
    """
    wanted = None if lines is None else sorted(set(lines))
    if path == "-":
        stdin.seek(0)
    with closing(open_source(path, stdin)) as source:
        source.prepare()
        opening, rest = open_message(source.text())
        if opening.document.kind != "annual":
            return None
        scanner = Scanner(opening, rest, opening.document.plan, RECORD, fast=False)
        made = Original(opening.document, Node("", ""), (), (), [])
        made.tag, made.end = opening.tag, f"</{opening.name}>"
        for record in scanner:
            if isinstance(record, Slice):
                _take(made, record, wanted)
        found = _around(opening, scanner)
    if found is None:
        return None
    made.root, made.before, made.after = found
    return made


def _take(made: Original, record: Slice, wanted: list[int] | None) -> None:
    made.persons += 1
    made.size += len(record.text)
    made.ids.update(_IDS.findall(record.text))
    made.days.update(_DAYS.findall(record.text))
    for own in _PERSON.findall(record.text, 0, _START)[:1]:
        made.people.setdefault(plain(own), []).append(record.line)
    last = record.line + record.text.count("\n")
    place = bisect_left(wanted or (), record.line)
    if wanted is None or (place < len(wanted) and wanted[place] <= last):
        made.cuts.append(Cut(record.line, last, record.text))


def _around(
    opening: Opening, scanner: Scanner
) -> tuple[Node, tuple[Node, ...], tuple[Node, ...]] | None:
    """Return the root alone, and what stands before and after the first person."""
    top = parse(_pieces(opening, scanner))
    if top is None:
        return None
    places = (n for n, child in enumerate(top.children) if child.name == _STAND_IN)
    first = next(places, len(top.children))
    others = [child for child in top.children if child.name != _STAND_IN]
    root = Node(top.name, top.namespace, top.attributes, top.text)
    return root, tuple(others[:first]), tuple(others[first:])


def _pieces(opening: Opening, scanner: Scanner) -> Iterator[str]:
    yield opening.tag
    for piece in scanner.envelope:
        yield f"<{_STAND_IN}/>" if piece.stands_in else piece.text.partition(_end(opening))[0]
        if not piece.stands_in and _end(opening) in piece.text:
            break
    yield f"</{opening.name}>"


def _end(opening: Opening) -> str:
    return f"</{opening.name}"
