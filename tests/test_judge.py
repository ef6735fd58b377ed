"""Two judges, one answer: what libxml2 says of a document, xmlschema says too."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from kpr_validator import catalogue
from kpr_validator.judge import by_lxml, by_xmlschema
from tests.documents import RECORD, document
from tests.test_differential import mutant

BODY = document(RECORD).partition("?>")[2] or document(RECORD)
ODD = ("\r", "&#13;84", "\u00a084", "1_0", "\uff18\uff14", "8 4", "+84", " 84\n", "84.0", "", "-0")


def _disagreements(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  repeatable, not secret
    schema = catalogue.annual()[0].schema
    first, second = by_lxml(schema), by_xmlschema(schema)
    tried = (document(mutant(chance, RECORD)).partition("?>")[2] for _ in range(count))
    return [text for text in tried if first(text) != second(text)]


def test_both_judges_say_the_same_of_mutants() -> None:
    assert _disagreements(seed=5, count=1_500) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_both_judges_say_the_same_of_mutants_at_length(seed: int) -> None:
    assert _disagreements(seed=1_000 + seed, count=20_000) == []


@pytest.mark.parametrize("value", ODD)
def test_both_judges_read_numbers_alike(value: str) -> None:
    schema = catalogue.annual()[0].schema
    text = BODY.replace("<peAlder>84</peAlder>", f"<peAlder>{value}</peAlder>")
    assert text != BODY
    assert by_lxml(schema)(text) == by_xmlschema(schema)(text)


def test_the_slow_judge_is_not_loaded_where_the_quick_one_is() -> None:
    program = (
        "import sys; from kpr_validator import validate;"
        " report = validate('examples/ugyldig-xsd.xml'); assert not report.ok();"
        " print(sorted({'lxml', 'xmlschema'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['lxml']"
