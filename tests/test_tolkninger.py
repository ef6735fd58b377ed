"""The page on ambiguities names what exists, and leaves nothing half said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpr_validator import assets, catalogue
from kpr_validator.rules import all_rules

DOCS = assets.rules().parent / "docs"
PAGE = (DOCS / "tolkninger.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"(?m)^### ", PAGE)[1:]}
PARTS = ("Sources", "Choice", "Why", "Seen in")
_RULE = re.compile(r"\b[A-Z]{2,3}-[0-9]{2}\b")
_LINK = re.compile(r"\]\(([^)#]+)\)")
_FIELD = re.compile(r"`((?:ii|pe|po|fn|tj|di|dg)[A-Z]\w+)`")


@pytest.mark.parametrize("name", SECTIONS)
def test_each_ambiguity_has_source_choice_reason_and_place(name: str) -> None:
    told = re.findall(r"(?m)^- \*\*(.*?):\*\* \S", SECTIONS[name])
    assert list(PARTS) == told


@pytest.mark.parametrize("name", SECTIONS)
def test_it_says_where_a_choice_shows(name: str) -> None:
    place = SECTIONS[name].rpartition("**Seen in:**")[2]
    assert _RULE.search(place) or place.strip() == "no rule"


def test_every_rule_named_exists() -> None:
    assert set() == set(_RULE.findall(PAGE)) - {"ICPC-2", "ICD-10"} - all_rules().keys()


def test_every_decision_linked_exists() -> None:
    assert [] == [link for link in _LINK.findall(PAGE) if not (DOCS / Path(link)).exists()]


def test_every_field_named_exists() -> None:
    known = {row["felt"] for document in catalogue.annual() for row in document.fields}
    older = {marker for document in catalogue.documents() for marker in document.markers}
    assert set() == set(_FIELD.findall(PAGE)) - known - older


def test_what_is_known_to_be_open_is_there() -> None:
    """The places that extractions are known to differ about."""
    for word in (
        "3.6", "3.0.x", "56.0.0", "9341", "9170", "Decimals", "nine digits and a zero",
        "empty element", "History of PERSONOPPL", "11–14", "12, 13 and 16", "before 2005",
        "doctor and dentist", "ikke relevant",
    ):  # fmt: skip
        assert word in PAGE
