"""The reference tables by themselves: what is the same for every submission is looked up here."""

from __future__ import annotations

import sqlite3
from functools import cache

from kpr_validator import reference


@cache
def tables() -> sqlite3.Connection:
    """Return a database of the reference tables alone, made once: never to be written in."""
    con = sqlite3.connect(":memory:", check_same_thread=False)
    reference.create(con)
    return con
