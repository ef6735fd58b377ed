"""The program's own texts: the same in three languages, and each of them used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kpr_validator
from kpr_validator import model, reads
from kpr_validator.desk.given import Kind
from kpr_validator.desk.progress import FIGURES, FINDINGS, READ, RULES
from kpr_validator.desk.roles import Role
from kpr_validator.report import as_contacts
from kpr_validator.report.texts import texts

PACKAGE = Path(kpr_validator.__file__).parent
BOKMAL = texts("nb").entries

# The themes of rule ids; a theme has a heading before its first rule is written.
# fmt: off
THEMES = [
    "LES", "XSD", "INN", "IDT", "KTR", "KOD", "DAT", "IP", "KOO", "REH", "LMG", "ERN", "TJE", "TIM",
    "ORG", "BOL", "HEL", "VEN", "TEK", "FUN", "DIA", "DOG", "LEG", "SAM", "KOM",
]
# fmt: on

# Words that the engine gives for rules that did not run.
REASONS = ["ident", "fjor", "forrige", "enheter", "year", "select", "unread", "annual"]

FAMILIES: dict[str, list[str]] = {
    "verdict.word": list(model.Verdict),
    "verdict.sentence": list(model.Verdict),
    "verdict.next": list(model.Verdict),
    "severity": list(model.Severity),
    "severity_meaning": list(model.Severity),
    "consequence": list(model.Consequence),
    "consequence_short": list(model.Consequence),
    "certainty": list(model.Certainty),
    "cause": [cause.name.lower() for cause in model.Cause],
    "origin": [origin.name.lower() for origin in model.Origin],
    "stage_status": list(model.StageStatus),
    "theme": THEMES,
    "reason": REASONS,
    "table": [reads.EVERY_FIELD, *reads.OTHER_FILES],
    "stage": ["read", "schema", "rules", "consequence"],
    "receipt.status": list(model.Status),
    "contacts.measure": [str(number) for number in as_contacts.MEASURES],
    "desk.kind": list(Kind),
    "desk.role": list(Role),
    "desk.stage": [READ, RULES, FINDINGS, FIGURES],
}


FILES = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
SOURCES = "\n".join(file.read_text("utf-8") for file in FILES)
# Keys written out, or the beginnings of keys that end in a word of the model or of a template.
WRITTEN = set(re.findall(r"""["']([\w.]+)["']""", SOURCES))
BEGUN = set(re.findall(r"""f["']([\w.]+)\{|["']([\w.]+)["'] ~""", SOURCES))
CALLED = set(re.findall(r"""\(\s*["']([\w.]+)["']""", SOURCES))
WORDS = WRITTEN.union(*FAMILIES.values())


def _family(name: str) -> list[str]:
    return [key.removeprefix(f"{name}.") for key in BOKMAL if key.rpartition(".")[0] == name]


@pytest.mark.parametrize("language", model.LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert list(texts(language).entries) == list(BOKMAL)


@pytest.mark.parametrize("language", model.LANGUAGES)
def test_every_language_fills_the_same_placeholders(language: str) -> None:
    places = {key: set(re.findall(r"\{\w*\}", text)) for key, text in BOKMAL.items()}
    told = {key: set(re.findall(r"\{\w*\}", t)) for key, t in texts(language).entries.items()}
    assert told == places


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_the_model_has_a_text_and_no_other_has(family: str) -> None:
    assert sorted(_family(family)) == sorted(FAMILIES[family])


@pytest.mark.parametrize("key", BOKMAL)
def test_no_text_is_unused(key: str) -> None:
    begun = {first or second for first, second in BEGUN}
    ends = {key.removeprefix(start).split(".")[0] for start in begun if key.startswith(start)}
    families = {key.rpartition(".")[0]} & set(FAMILIES)
    assert key in CALLED or ends & WORDS or families


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts("nb")("no.such.key")


@pytest.mark.parametrize(
    ("violations", "population", "expected"),
    [
        (0, 412, "0\u00a0%"),
        (1, 412, "under 1\u00a0%"),
        (37, 412, "9\u00a0%"),
        (1, 2, "50\u00a0%"),
        (411, 412, "over 99\u00a0%"),
        (412, 412, "100\u00a0%"),
        (3, 2, ""),
        (0, 0, ""),
    ],
)
def test_a_share_is_never_rounded_to_none_or_to_all(
    violations: int, population: int, expected: str
) -> None:
    assert texts("nb").percent(violations, population) == expected


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("nb", 1, "1 regel"),
        ("nb", 2, "2 regler"),
        ("nn", 2, "2 reglar"),
        ("en", 0, "0 rules"),
        ("en", 1234, "1,234 rules"),
        ("nb", 1234567, "1\u00a0234\u00a0567 regler"),
    ],
)
def test_counted_words_follow_the_number(language: str, n: int, expected: str) -> None:
    assert texts(language).count("rules", n) == expected


@pytest.mark.parametrize(
    ("violations", "population", "expected"),
    [(37, 412, "37 av 412"), (1234, 56789, "1\u00a0234 av 56\u00a0789"), (3, 0, "3 funn")],
)
def test_a_count_is_given_of_how_many_where_that_is_known(
    violations: int, population: int, expected: str
) -> None:
    assert texts("nb").share(violations, population) == expected
