"""Writes the site: every page from its template, links that work without a server."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kpr_validator.model import LANGUAGES
from kpr_validator.report.as_rules import in_words
from kpr_validator.report.names import names
from kpr_validator.rules import all_rules
from tools.docs import content
from tools.docs.markdown import linked, markdown, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
HEADS = {
    "kode": "Kode",
    "nb": "Bokmål",
    "nn": "Nynorsk",
    "en": "Engelsk",
    "gyldig_fra": "Fra og med",
    "gyldig_til": "Til og med",
    "merknad": "Merknad",
    "verdiliste": "Verdier i",
}
REPORT_STYLE = HERE.parents[1] / "kpr_validator" / "report" / "report.css"


def build(folder: Path) -> int:
    """Write the site into the folder, in the place of what was there; return its pages."""
    shutil.rmtree(folder, ignore_errors=True)
    written = 0
    for name, text in pages():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written += 1
    return written


def pages() -> Iterator[tuple[str, str]]:
    """Yield every file of the site: its path and its text."""
    environment = _environment()

    def made(template: str, root: str, **values: object) -> str:
        return environment.get_template(template).render(root=root, **values)

    rules = content.rule_pages()
    by_id = {page.rule.id: page for page in rules}
    yield "stil.css", _style()
    yield "index.html", made("index.html", "", themes=content.themes(), pages=by_id)
    for page in rules:
        yield f"regel/{page.rule.id}.html", made("rule.html", "../", page=page)
    concepts = content.concept_pages()
    yield "begrep/index.html", made("concepts.html", "../", concepts=concepts)
    for concept in concepts:
        yield f"begrep/{concept.name}.html", made("concept.html", "../", concept=concept)
    lists = content.list_pages(rules)
    yield "kodeverk/index.html", made("lists.html", "../", lists=lists)
    for one in lists:
        yield f"kodeverk/{one.number}.html", made("list.html", "../", one=one)


def _style() -> str:
    texts = (path.read_text(encoding="utf-8") for path in (REPORT_STYLE, HERE / "site.css"))
    return "\n".join(texts)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "markdown": markdown,
        "parts": parts,
        "linked": linked,
        "field": names("nb").field,
        "in_words": partial(in_words, words=content.WORDS),
    }
    environment.globals |= {
        "words": content.WORDS,
        "heads": HEADS,
        "LANGUAGES": LANGUAGES,
        "rules": all_rules(),
        "in_language": lambda text, language: text.in_language(language),
    }
    return environment
