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

if TYPE_CHECKING:
    from kpr_validator.triage.model import Delivery, Settled
    from kpr_validator.triage.run import Order

PAGE, BOOK = "tavle.html", "tavle.xlsx"
_WHOLE = re.compile(r"[^-]+(-[^-]+){3}\.html")  # and not the receipt, or what is shared


def write_board(settled: Settled, order: Order, language: str, when: str | None) -> None:
    """Write both, each whole or not at all."""
    rules, _, _ = order.rules.read()

    def feedback(one: Delivery) -> str:
        folder = feedback_folder(order, one.key or "", one.known)
        found = folder.glob("*.html") if folder and folder.is_dir() else ()
        pages = [path for path in found if _WHOLE.fullmatch(path.name)]
        return os.path.relpath(pages[0], order.output).replace(os.sep, "/") if pages else ""

    said = told(board(settled, order.supplied), language, rules, when, feedback)
    write_whole(order.output / PAGE, as_page(said))
    with whole(order.output / BOOK) as temporary:
        write_book(temporary, said)
