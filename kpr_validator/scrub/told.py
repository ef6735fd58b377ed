"""What is said of a scrubbed file: to the one who made it, and in the file's own comments."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.report.phrase import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.model import Rule
    from kpr_validator.report.texts import Texts
    from kpr_validator.scrub.finish import Remarks, Scrubbed

_REPLACED = ("ids", "days", "place", "texts", "rest", "apart")
_INDENT = "  "


def remarks(rules: Mapping[str, Rule], words: Texts) -> Remarks:
    """Return what words the comments of a file: one on top, and one before each part."""

    def worded(number: str, told: Sequence[Sequence[str]]) -> list[str]:
        top = words("scrub.comment", version=__version__, number=number)
        named = (
            "; ".join(f"{rule} {rules[rule].title.in_language(words.language)}" for rule in some)
            for some in told
        )
        return [top, *named]

    return worded


def as_text(
    made: Scrubbed, files: Sequence[str], rules: Mapping[str, Rule], words: Texts, width: int
) -> Iterator[str]:
    """Yield what was made, what it shows, what is left out, and what the sender must do."""
    yield from _wrapped(words("scrub.written", files=", ".join(map(visible, files))), width, "")
    persons = words.count("persons", made.persons)
    sizes = {
        "before": words.number(made.persons_before),
        "size": words.number(len(made.text)),
        "size_before": words.number(made.size_before),
    }
    yield from _wrapped(words("scrub.size", persons=persons, **sizes), width, "")
    yield f"\n{words('scrub.shown')}\n"
    for shown in made.shown:
        where = f"{words('scrub.line')} {shown.line} ({words('scrub.original')} {shown.original})"
        yield from _item(shown.rule, f"{_title(shown.rule, rules, words)}: {where}", width)
    if made.others:
        yield f"\n{words('scrub.others')}\n"
        told = (f"{rule} ({words.number(n)})" for rule, n in sorted(made.others.items()))
        yield from _wrapped(", ".join(told), width)
    yield from reasons(made.left_out, words, width)
    yield f"\n{words('scrub.replaced')}\n"
    for what in _REPLACED:
        yield from _item("–", words(f"scrub.replaced_{what}", number=made.municipality), width)
    yield "\n"
    yield from _wrapped(words("scrub.look"), width, "")


def reasons(left_out: Mapping[str, str], words: Texts, width: int) -> Iterator[str]:
    """Yield which rules are not shown, and why; nothing when all are."""
    if left_out:
        yield f"\n{words('scrub.left_out')}\n"
    for why in sorted(set(left_out.values())):
        rules_so = ", ".join(sorted(rule for rule, of in left_out.items() if of == why))
        yield from _item("–", f"{rules_so}: {words(f'scrub.why.{why}')}", width)


def _title(rule: str, rules: Mapping[str, Rule], words: Texts) -> str:
    return visible(rules[rule].title.in_language(words.language))


def _item(mark: str, text: str, width: int) -> Iterable[str]:
    lead = f"{_INDENT}{mark:<6} " if len(mark) > 1 else f"{_INDENT}{mark} "
    lines = textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * len(lead))
    return (f"{line}\n" for line in lines)


def _wrapped(text: str, width: int, indent: str = _INDENT) -> Iterable[str]:
    lines = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    return (f"{line}\n" for line in lines)
