"""The table of generated beside published, in the page about generated submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.calibration import Compared

_BEGIN, _END = "<!-- tall: laget av make bench-national -->", "<!-- slutt på tall -->"


def table(rows: Sequence[Compared], year: int) -> str:
    """Return the table: each figure as it is for the year, as it was generated, and of how many."""
    lines = [
        f"| {year} | publisert | laget | av | |",
        "|---|--:|--:|--:|---|",
    ]
    for row in rows:
        mark = "" if row.is_near else "avviker"
        with_gaps = " (med hull)" if row.goal.is_gap else ""
        made = _percent(row.tally.share or 0.0)
        of = f"{row.tally.of:,}".replace(",", " ")
        lines.append(
            f"| {row.goal.name}{with_gaps} | {_percent(row.target)} | {made} | {of} | {mark} |"
        )
    return "\n".join(lines)


def put_in(page: Path, text: str) -> None:
    """Put the table between its marks in a page."""
    whole = page.read_text(encoding="utf-8")
    before, rest = whole.split(_BEGIN)
    after = rest.split(_END)[1]
    page.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8", newline="\n")


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %".replace(".", ",")
