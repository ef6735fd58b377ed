"""What every page of ours is made of: templates, style, and a policy that lets nothing in."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.report.phrase import plain, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

_PIECES = 64  # of the template together


def written(
    template: str,
    told: Mapping[str, object],
    *,
    mark: str = "",
    named: Mapping[str, object] | None = None,
    further: str = "",
) -> Iterator[str]:
    """Yield a page piece by piece: a template with what is told there.

    `mark` is one of our own texts, which stands at the foot of every printed page. `named`
    is what macros need too, and `further` a style sheet beside the common one.
    """
    page = environment().get_template(template, globals=dict(named or {}))
    stream = page.stream(told, version=__version__, **_style(mark, further))
    stream.enable_buffering(_PIECES)
    yield from stream


def content_hash(text: str) -> str:
    """Return the hash by which a page's policy lets a style sheet or a script in."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _style(mark: str, further: str) -> dict[str, str]:
    """Return the style sheet and its hash, by the names that the templates use."""
    foot = f"@page {{ @bottom-left {{ content: {json.dumps(mark, ensure_ascii=False)}; }} }}\n"
    sheets = filter(None, ("report.css", further))
    sheet = "".join(map(_file, sheets)) + (foot if mark else "")
    return {"style": sheet, "style_hash": content_hash(sheet)}


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
