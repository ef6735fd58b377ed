"""Which pages about reading and schema were reached: who stops early leaves the rest outside."""

from __future__ import annotations

from typing import NamedTuple

SCHEMA = frozenset({*(f"XSD-{number:02}" for number in range(1, 16)), "XSD-99"})


class Facts(NamedTuple):
    """What is known of the file when reading ends.

    `companions` are the other files that were given, by the word that rule pages
    use (`krever`): ident, fjor, forrige, enheter.
    """

    zip: bool = False
    packed: bool = False
    one_byte: bool = False
    envelope: bool = False
    annual: bool = False
    companions: frozenset[str] = frozenset()


def reached(facts: Facts, stopped_by: str | None) -> frozenset[str]:
    """Return the pages whose question was asked, in the order that reading asks them.

    `stopped_by` is the page that ended the reading, None when all was read.
    """
    asked: set[str] = set()
    for pages, is_asked in _steps(facts):
        if is_asked:
            asked |= pages
        if stopped_by in pages:
            break
    return frozenset(asked)


def _steps(facts: Facts) -> tuple[tuple[set[str] | frozenset[str], bool], ...]:
    return (
        ({"LES-16", "LES-17", "LES-18", "LES-20"}, facts.zip),
        ({"LES-07", "LES-19"}, facts.packed),
        ({"LES-01"}, True),
        ({"LES-05"}, True),
        ({"LES-12"}, facts.one_byte),
        ({"LES-06"}, True),
        ({"LES-04"}, True),
        ({"LES-08", "LES-09", "LES-22", "LES-23"}, True),
        ({"LES-24"}, True),
        ({"LES-21"}, facts.envelope),
        ({"LES-02", "LES-03", "LES-10", "LES-11"}, True),
        (SCHEMA, True),
        ({"LES-13"}, facts.annual),
        ({"LES-14"}, "ident" in facts.companions),
        ({"LES-15", "LES-25"}, "fjor" in facts.companions),
        ({"LES-26", "LES-27"}, "forrige" in facts.companions),
        ({"LES-28"}, "enheter" in facts.companions),
    )
