"""What is left for people: the board as a page and as a workbook."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from kpr_validator.rendering import whole, write_whole
from kpr_validator.triage.as_book import write_book
from kpr_validator.triage.as_page import as_page
from kpr_validator.triage.board import board
from kpr_validator.triage.run import feedback_folder
from kpr_validator.triage.told import told
from kpr_validator.triage.told_shared import told_shared

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.triage.model import Delivery, Settled
    from kpr_validator.triage.run import Order
    from kpr_validator.triage.told import Told

PAGE, BOOK = "tavle.html", "tavle.xlsx"
SHARED = "tavle-deling.html", "tavle-deling.xlsx"
_WHOLE = re.compile(r"[^-]+(-[^-]+){3}\.html")  # and not the receipt, or what is shared


def write_board(settled: Settled, order: Order, language: str, when: str | None) -> None:
    """Write both, and what may be shared when it is wanted, each whole or not at all."""
    rules, _, _ = order.rules.read()

    def feedback(one: Delivery) -> str:
        folder = feedback_folder(order, one.key or "", one.known)
        found = folder.glob("*.html") if folder and folder.is_dir() else ()
        pages = [path for path in found if _WHOLE.fullmatch(path.name)]
        return os.path.relpath(pages[0], order.output).replace(os.sep, "/") if pages else ""

    said = told(board(settled, order.supplied), language, rules, when, feedback)
    _write(said, order.output, PAGE, BOOK)
    limit = order.wish.share_limit if order.wish else None
    if limit is not None:
        _write(told_shared(said, limit), order.output, *SHARED)
    else:  # one of an earlier run would tell of another inbox
        for name in SHARED:
            (order.output / name).unlink(missing_ok=True)


def _write(said: Told, folder: Path, page: str, book: str) -> None:
    write_whole(folder / page, as_page(said))
    with whole(folder / book) as temporary:
        write_book(temporary, said)
