"""The board as one page: nothing is fetched, and its only script filters the tables."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kpr_validator.model import Verdict
from kpr_validator.report.page import content_hash, written
from kpr_validator.report.shared import HIDDEN
from kpr_validator.triage.drawn import curve, funnel_plots, heat_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.triage.told import Told

ROWS_SHOWN = 500
FUNNELS_SHOWN = 6
RULES_DRAWN = 40
FEW_ENOUGH_TO_SEE = 10  # rows; longer tables get a filter


def as_page(told: Told) -> Iterator[str]:
    """Yield the page piece by piece."""
    script = files("kpr_validator.triage").joinpath("filter.js").read_text("utf-8")
    board = told.board
    shown = {
        "told": told,
        "words": told.words,
        "verdicts": [(word.value, told.verdicts().get(word.value, 0)) for word in Verdict],
        "points": list(told.attention()),
        "sections": told.sections(),
        "rows_shown": ROWS_SHOWN,
        "hidden": HIDDEN,
        "few": FEW_ENOUGH_TO_SEE,
        "curve": curve(board, told.words),
        "heat": None if told.is_shareable else heat_map(board, RULES_DRAWN),
        "funnels": [
            (told.titles.measure(one.funnel), one) for one in funnel_plots(board, FUNNELS_SHOWN)
        ],
        "script": script,
        "script_hash": content_hash(script),
    }
    yield from written("triage.html", shown, mark=told.mark, further="triage.css")
