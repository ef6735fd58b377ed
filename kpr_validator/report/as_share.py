"""The feedback that may leave the municipality: a page, JSON and CSV."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kpr_validator.model import Severity, Status
from kpr_validator.report.digest import theme
from kpr_validator.report.page import written
from kpr_validator.report.share_csv import as_csv
from kpr_validator.report.share_tree import tree
from kpr_validator.report.share_words import ShareWords
from kpr_validator.report.shared import shared
from kpr_validator.report.shared_figures import shared_figures
from kpr_validator.report.shown import nearest
from kpr_validator.report.texts import texts
from kpr_validator.suppress import DEFAULT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.model import Report
    from kpr_validator.report.shared import Shared
    from kpr_validator.report.shared_figures import SharedFigures

_NAMED = {"Severity": Severity, "Status": Status, "nearest": nearest, "theme": theme}
_SENDING = re.compile(r"[0-9]{1,4}", re.ASCII)


def share(
    report: Report, figures: Figures | None, language: str, limit: int = DEFAULT_LIMIT
) -> dict[str, Iterator[str]]:
    """Return the files that may leave the municipality, by name: a page, JSON and CSV.

    Numbers from 1 to `limit` - 1 are hidden; raises ValueError for a limit other than
    the two that are documented.
    """
    told = shared(report, limit)
    numbers = shared_figures(figures, limit) if figures else None
    stem = share_name(report)
    return {
        f"{stem}.html": _as_html(told, numbers, language),
        f"{stem}.json": _as_json(told, numbers, language),
        f"{stem}.csv": as_csv(told, numbers, language),
    }


def share_name(report: Report) -> str:
    """Return tilbakemelding-<kommunenr>-<aar>-<lopenr>-deling, of digits alone."""
    told = report.submission
    municipality = told.municipality or ""
    sending = str(told.sending or "")
    parts = (
        municipality if re.fullmatch(r"[0-9]{4}", municipality, re.ASCII) else "ukjent",
        str(told.year or "ukjent"),
        sending if _SENDING.fullmatch(sending) else "ukjent",
    )
    return "-".join(("tilbakemelding", *parts, "deling"))


def _as_html(told: Shared, numbers: SharedFigures | None, language: str) -> Iterator[str]:
    words = ShareWords(texts(language), told.limit)
    shown = {"told": told, "figures": numbers, "words": words.words, "say": words}
    yield from written("share.html", shown, mark=words.words("mark.shareable"), named=_NAMED)


def _as_json(told: Shared, numbers: SharedFigures | None, language: str) -> Iterator[str]:
    yield json.dumps(tree(told, numbers, language), ensure_ascii=False, indent=1, allow_nan=False)
    yield "\n"
