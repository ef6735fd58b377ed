"""A rule page cut into headings, paragraphs and fenced blocks, each with its line.

Pages use a small corner of CommonMark: headings with `#`, paragraphs, and
fences of three backticks, all from the first column. A test holds this reading
to that of a full CommonMark parser on every page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_FENCE = "\n```"


class Fence(NamedTuple):
    """One fenced block: its words, its text and its line (1-based)."""

    words: tuple[str, ...]
    text: str
    line: int


@dataclass
class Sections:
    """What stands on a page; `paragraphs` are grouped by the heading above them."""

    headings: list[tuple[str, int]] = field(default_factory=list)
    paragraphs: dict[str, list[str]] = field(default_factory=dict)
    fences: list[Fence] = field(default_factory=list)


def sections(text: str) -> Sections:
    """Cut a page into its parts; a fence that is never closed is none."""
    page = Sections()
    before, *pieces = f"\n{text}".split(_FENCE)
    heading = _read(page, before, 0, "")
    line = begun = before.count("\n")
    block: str | None = None
    for piece in pieces:
        line += 1
        first, _, rest = piece.partition("\n")
        if block is None:
            block, begun = piece, line
        elif first.strip():
            block += _FENCE + piece
        else:
            words, _, held = f"{block}\n".partition("\n")
            page.fences.append(Fence(tuple(words.split()), held, begun))
            heading, block = _read(page, rest, line + 1, heading), None
        line += piece.count("\n")
    return page


def _read(page: Sections, text: str, number: int, heading: str) -> str:
    """Put what stands outside fences, from a line on, into the page; return the last heading."""
    paragraph: list[str] = []
    for at, line in enumerate([*text.split("\n"), ""], number):
        told, is_heading = line.strip(), line.startswith("#")
        if told and not is_heading:
            paragraph.append(told)
        elif paragraph:
            page.paragraphs.setdefault(heading, []).append("\n".join(paragraph))
            paragraph = []
        if is_heading:
            heading = told.lstrip("#").lstrip()
            page.headings.append((heading, at))
    return heading
