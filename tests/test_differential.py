"""The fast path can only be wrong by saying yes: nothing is accepted that lxml refuses."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue
from kpr_validator.pattern import is_safe, make_patterns
from tests.documents import RECORD, document, is_valid, scanned

if TYPE_CHECKING:
    from collections.abc import Iterable

ODD = (
    "]]>", "<![CDATA[x]]>", "<![CDATA[", "<!--x-->", "<!-- -- -->", "<?x y?>", "&lt;", "&#13;",
    "&#x0;", "&x;", "&", "<", ">", '"', "'", "\r\n", "\r", "\n", "\t", " ", "\u00a0", "\u2028",
    "\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ud800", "\udfff", "\ufeff",
    "\u0661", "\uff11", "\U0001d7d9", "²", "½", "-", "+", ".", ",", "0", "1", "99", "1e5", "æ",
    "20190231", "20191301", "99991231", "999999999999999999999", "x" * 5000, "/", "</PERSON>",
    "<PERSON>", '<PERSON pePeID="2">', "<poIndPlan/>", "<poIndPlan></poIndPlan>", "<iiKomnr>",
    'xmlns=""', ' x="1"', ' xml:lang="nb"', "poPeID", "</FUNKSJON>", "<FUNKSJON/>",
)  # fmt: skip
_TOKEN = re.compile(r"<[^>]*>|[^<]+")


def mutant(chance: random.Random, record: str) -> str:
    """Return the record with one to three faults or oddities, at text or tag level."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        record = chance.choice(_WAYS)(chance, record)
    return record


def _insert(chance: random.Random, record: str) -> str:
    at = chance.randrange(len(record))
    return record[:at] + chance.choice(ODD) + record[at:]


def _replace(chance: random.Random, record: str) -> str:
    at = chance.randrange(len(record))
    return record[:at] + chance.choice(ODD) + record[at + chance.randrange(1, 6) :]


def _drop(chance: random.Random, record: str) -> str:
    at = chance.randrange(len(record))
    return record[:at] + record[at + chance.randrange(1, 30) :]


def _tags(chance: random.Random, record: str) -> str:
    tokens = _TOKEN.findall(record) or [record]
    first, second = (chance.randrange(len(tokens)) for _ in range(2))
    way = chance.randrange(3)
    if way == 0:
        tokens[first], tokens[second] = tokens[second], tokens[first]
    elif way == 1:
        tokens.insert(first, tokens[second])
    else:
        del tokens[first]
    return "".join(tokens)


def _value(chance: random.Random, record: str) -> str:
    values = list(re.finditer(r"(?<=>)[^<>\n]+(?=<)", record))
    if not values:
        return record
    chosen = chance.choice(values)
    value = chance.choice(
        (chance.choice(ODD), chosen[0] + chance.choice(ODD), chance.choice(ODD) + chosen[0], "")
    )
    return record[: chosen.start()] + value + record[chosen.end() :]


_WAYS = (_insert, _replace, _drop, _tags, _value, _value)


def _taken(records: Iterable[str]) -> list[str]:
    """Return the records that the patterns take whole."""
    patterns = make_patterns(catalogue.documents()[0].plan, "PERSON", "")
    found = ((record, patterns.take(record, 0)) for record in records)
    return [record for record, one in found if one and one.end == len(record)]


def _accepted_wrongly(seed: int, count: int) -> list[str]:
    """Return mutants that the patterns take whole and lxml does not."""
    chance = random.Random(seed)  # noqa: S311  mutants, not secrets
    mutants = (mutant(chance, RECORD) for _ in range(count))
    taken = _taken(mutants) if is_safe() else ()  # else no record is handed to them
    return [record for record in taken if not is_valid(document(record))]


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_accepted_that_lxml_refuses(seed: int) -> None:
    """20 000 mutants of one record: whatever the pattern takes, the schema takes."""
    assert _accepted_wrongly(seed, 2_500) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_nothing_is_accepted_that_lxml_refuses_at_length(seed: int) -> None:
    """A million mutants of one record: whatever the pattern takes, the schema takes."""
    assert _accepted_wrongly(seed, 10_000) == []


def _disagreements(seed: int, count: int) -> list[str]:
    """Return mutants on which the whole way through (scan and walk) and lxml disagree."""
    chance = random.Random(seed)  # noqa: S311  mutants, not secrets
    wrong = []
    for _ in range(count):
        text = (
            document(RECORD, mutant(chance, RECORD.replace("1001", "1002")))
            .encode("utf-8", "replace")
            .decode()
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _is_clean(text) != is_valid(text):
            wrong.append(text)
    return wrong


def _is_clean(text: str) -> bool:
    _, faults, _ = scanned(text)
    return not faults


def test_scan_and_walk_find_a_fault_exactly_when_lxml_does() -> None:
    """1 500 mutants in a document: our answer is the schema's answer."""
    assert _disagreements(1, 1_500) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_scan_and_walk_find_a_fault_exactly_when_lxml_does_at_length(seed: int) -> None:
    """100 000 mutants in a document: our answer is the schema's answer."""
    assert _disagreements(1000 + seed, 5_000) == []


def test_mutants_are_of_both_kinds() -> None:
    """The mutants would show a pattern that takes too much: some are taken, most are not."""
    chance = random.Random(3)  # noqa: S311  mutants, not secrets
    taken = _taken(mutant(chance, RECORD) for _ in range(2_000))
    assert 20 < len(taken) < 1_000
