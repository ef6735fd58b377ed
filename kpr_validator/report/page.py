"""What every page of ours is made of: templates, style, and a policy that lets nothing in."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from kpr_validator.report.phrase import plain, visible

if TYPE_CHECKING:
    from jinja2 import Environment


def style(mark: str = "", *further: str) -> dict[str, str]:
    """Return the style sheet and its hash, by the names that the templates use.

    `mark` is one of our own texts, which stands at the foot of every printed page, and
    `further` are style sheets beside the common one.
    """
    foot = f"@page {{ @bottom-left {{ content: {json.dumps(mark, ensure_ascii=False)}; }} }}\n"
    sheet = "".join(map(_file, ("report.css", *further))) + (foot if mark else "")
    return {"style": sheet, "style_hash": b64encode(sha256(sheet.encode()).digest()).decode()}


@cache
def environment() -> Environment:
    """Return the templates; every value is escaped, and an unknown name is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415  slow to import

    made = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.filters["paragraphs"] = lambda text: [plain(part) for part in text.split("\n\n")]
    return made


def _file(name: str) -> str:
    return files("kpr_validator.report").joinpath(name).read_text("utf-8")
