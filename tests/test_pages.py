"""Rule pages are read as CommonMark reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from kpr_validator.pages import Fence, Sections, sections
from kpr_validator.rules import rule_files

if TYPE_CHECKING:
    from pathlib import Path


def _by_commonmark(text: str) -> Sections:
    page, heading = Sections(), ""
    tokens = MarkdownIt("zero").enable(["fence", "heading"]).parse(text)
    for at, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "fence":
            page.fences.append(Fence(tuple(token.info.split()), token.content, line))
        elif token.type == "heading_open":
            heading = tokens[at + 1].content
            page.headings.append((heading, line))
        elif token.type == "paragraph_open":
            page.paragraphs.setdefault(heading, []).append(tokens[at + 1].content)
    return page


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_a_page_is_read_as_commonmark_reads_it(path: Path) -> None:
    """Headings, paragraphs and fences, with their lines."""
    text = path.read_text(encoding="utf-8")
    assert sections(text) == _by_commonmark(text)


def test_a_fence_ends_a_paragraph_and_holds_anything() -> None:
    """Also headings, blank lines and what looks like another fence's words."""
    text = "# A\nen\nto\n```xml brudd\n# x\n\n``` y\n```\n## B\ntre"
    assert sections(text) == _by_commonmark(text)
    assert sections(text).fences == [Fence(("xml", "brudd"), "# x\n\n``` y\n", 4)]
