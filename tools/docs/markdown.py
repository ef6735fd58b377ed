"""The Markdown of a rule page as HTML: its SQL with links, its examples with what they expect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from kpr_validator import concepts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_WORD = re.compile(r"\w+")
_KINDS = {
    "brudd": "Brudd",
    "ok": "I orden",
    "utenfor": "Utenfor",
    "fjor": "Fjorårets fil",
    "forrige": "Forrige innsending",
    "ident": "Identmeldingen",
    "enheter": "Listen over enheter",
}


class Parts(NamedTuple):
    """A rule page in two: the sentence, and what follows the facts."""

    sentence: Markup
    rest: Markup


def parts(page: str) -> Parts:
    """Return a rule page as HTML, without its heading and without its facts."""
    tokens = _PARSER.parse(page)
    end = next(at for at, token in enumerate(tokens) if token.type == "heading_close") + 1
    facts = next(at for at, token in enumerate(tokens) if token.info == "toml")
    return Parts(_html(tokens[end:facts]), _html(tokens[facts + 1 :]))


def markdown(text: str) -> Markup:
    """Return a plain text of ours as HTML."""
    return _html(_PARSER.parse(text))


def linked(statement: str) -> Markup:
    """Return SQL with each concept as a link to its page."""
    known = concepts.selects()
    pieces: list[Markup] = []
    last = 0
    for found in _WORD.finditer(statement):
        if found[0] in known:
            link = Markup('<a href="../begrep/{0}.html">{0}</a>').format(found[0])
            pieces += [escape(statement[last : found.start()]), link]
            last = found.end()
    return Markup("").join([*pieces, escape(statement[last:])])


def _html(tokens: Sequence[Token]) -> Markup:
    # Pages are ours, and the parser leaves HTML in them escaped.
    return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))  # noqa: S704


def _fence(_renderer: object, tokens: Sequence[Token], at: int, *_more: object) -> str:
    language, *words = tokens[at].info.split()
    if language == "sql":
        return str(Markup("<pre><code>{}</code></pre>\n").format(linked(tokens[at].content)))
    kind, *options = words or ["eksempel"]
    return str(
        Markup(
            '<figure class="eksempel {}"><figcaption><b>{}</b>{}</figcaption>'
            "<pre><code>{}</code></pre></figure>\n"
        ).format(kind, _KINDS.get(kind, kind), _told(kind, options), tokens[at].content)
    )


def _told(kind: str, options: Sequence[str]) -> str:
    """Return what an example's fence says besides its kind."""
    counts = [f"{word} funn" for word in options if word.isdigit()]
    if kind == "brudd":
        counts = counts or ["ett funn"]
    others = [word.replace("=", " ") for word in options if not word.isdigit()]
    return "".join(f" · {word}" for word in [*counts, *others])


_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_PARSER.add_render_rule("fence", _fence)
