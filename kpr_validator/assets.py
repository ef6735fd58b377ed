"""Where the data of the product lies: beside the code in a wheel, or in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    """Return the folder that holds `schemas` and `rules`.

    Raises FileNotFoundError when neither an installed nor a checked out copy is there.
    """
    for root in (_PACKAGE / "_assets", _PACKAGE.parent):
        if (root / "schemas").is_dir() and (root / "rules").is_dir():
            return root
    msg = "kpr-validator: mappene schemas og rules mangler i installasjonen"
    raise FileNotFoundError(msg)


def schemas() -> Path:
    """Return the folder of message formats, field tables and code lists."""
    return _root() / "schemas"


def rules() -> Path:
    """Return the folder of rule pages and concepts."""
    return _root() / "rules"
