"""An example of a rule page as files, through the whole pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.pipeline import Options, check_file
from tests.wrapper import example_bytes, wrapped, wrapped_ident

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kpr_validator.model import Report
    from kpr_validator.rules import Example, Page


def report_of(page: Page, example: Example, folder: Path) -> AbstractContextManager[Report]:
    """Write an example's files into the folder, and judge them by the page's rule alone."""
    is_fragment = page.rule.source == "regel"
    main = folder / "eksempel.xml"
    main.write_bytes(
        wrapped(example.text, example.options)
        if is_fragment
        else example_bytes(example.text, example.options)
    )
    extra = {kind: _extra(page, example, kind, folder / f"{kind}.fil") for kind in example.extra}
    options = Options(
        ident=extra.get("ident"),
        last_year=extra.get("fjor"),
        previous=extra.get("forrige"),
        units=extra.get("enheter"),
        test_data=example.options.get("testdata") == "1",
        select=(page.rule.id,),
    )
    return check_file(str(main), options)


def _extra(page: Page, example: Example, kind: str, path: Path) -> str:
    """Write another file of an example; return its path."""
    text, words = example.extra[kind]
    year = int(example.options.get("år", "2019")) - (kind == "fjor")
    if kind == "enheter":
        path.write_bytes(text.encode(words.get("koding", "utf-8")))
    elif page.rule.source != "regel" or "base64" in words:
        path.write_bytes(example_bytes(text, words))
    elif kind == "ident":
        path.write_bytes(wrapped_ident(text))
    else:
        path.write_bytes(wrapped(text, {"år": str(year), **words}))
    return str(path)
