"""A rule page cut into headings, paragraphs and fenced blocks, each with its line.

Pages use a small corner of CommonMark: headings with `#`, paragraphs, and
fences of three backticks, all from the first column. A test holds this reading
to that of a full CommonMark parser on every page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_FENCE = "```"


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
    """Cut a page into its parts."""
    page = Sections()
    heading, paragraph, begun, block = "", [], None, []  # type: ignore[var-annotated]
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if begun:
            if line.rstrip() == _FENCE:
                page.fences.append(begun._replace(text="".join(f"{row}\n" for row in block)))
                begun = None
            else:
                block.append(line)
            continue
        starts = line.startswith((_FENCE, "#"))
        if paragraph and (starts or not line.strip()):
            page.paragraphs.setdefault(heading, []).append("\n".join(paragraph))
            paragraph = []
        if line.startswith(_FENCE):
            begun, block = Fence(tuple(line.removeprefix(_FENCE).split()), "", number), []
        elif starts:
            heading = line.lstrip("#").strip()
            page.headings.append((heading, number))
        elif line.strip():
            paragraph.append(line.strip())
    return page
