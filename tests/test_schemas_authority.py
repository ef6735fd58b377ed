"""Our schemas and tables say what the authority's say.

The authority's files are read where they lie beside the project, and are no part
of it: without them, and only then, these tests are skipped.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.schemas_controls import CONTROLS, DECISIONS, authority_controls, our_controls
from tests.schemas_mutants import mutants
from tests.schemas_shape import shape
from tests.schemas_tables import SCHEMAS, codes

PROJECT = Path(__file__).parent.parent
AUTHORITY = PROJECT.parent / "shared" / "reference" / "xsd"
DOCUMENTS = PROJECT / "tests" / "schemas_documents"

# Ours, the authority's.
PAIRS = {
    "iplos-3.7": ("iplos-3.7/iplos.xsd", "iplos-3.7/iplos_2019.xsd"),
    "iplos-3.5": ("iplos-3.5/iplos.xsd", "iplos-3.5/iplos_2018.xsd"),
    "xpr-ide-53.1.3": ("xpr-ide-53.1.3/xpr-ide.xsd", "xpr-ide-53.1.3/XPR(ide).xsd"),
    "msghead-1.2": ("msghead-1.2/msghead.xsd", "hodemelding/MsgHead-v1_2_rev.xsd"),
}
IDE, IPL, EVENT = (
    "xpr-ide-53.1.3/XPR(ide)_CodingSchemes.xsd",
    "xpr-ipl-53.1.3/XPR(ipl)_CodingSchemes.xsd",
    "xpr-ipl-56.0.0/XPR(ipl)_CodingSchemes.xsd",
)
# List, data year, where the authority has it. 9188 came into use with the answers of 2019.
LISTS = [
    *((number, 2019, IDE) for number in ("7371", "8471", "9032")),
    *((number, 2018, IPL) for number in ("1101", "9111", "9151", "9168", "9171")),
    *((number, 2018, IPL) for number in ("9165", "9166", "9167")),
    *((number, 2019, IPL) for number in ("1101", "9111", "9168", "9171", "9188")),
    *(("9151", year, EVENT) for year in (2019, 2020, 2021)),
]
SAMPLES = [f"{name}-{size}" for name in PAIRS for size in ("full", "least")]

pytestmark = pytest.mark.skipif(
    not AUTHORITY.is_dir(), reason=f"the authority's schemas are not at {AUTHORITY}"
)


@cache
def judges(name: str) -> tuple[etree.XMLSchema, etree.XMLSchema]:
    """Return our schema and the authority's, ready to judge."""
    ours, theirs = PAIRS[name]
    return (
        etree.XMLSchema(etree.parse(SCHEMAS / ours)),
        etree.XMLSchema(etree.parse(AUTHORITY / theirs)),
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_is_valid_by_both_schemas(sample: str) -> None:
    ours, theirs = judges(sample.rsplit("-", 1)[0])
    document = etree.parse(DOCUMENTS / f"{sample}.xml")
    assert (True, True) == (ours.validate(document), theirs.validate(document))


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_mutant_gets_the_same_answer_from_both_schemas(sample: str) -> None:
    ours, theirs = judges(sample.rsplit("-", 1)[0])
    document = etree.parse(DOCUMENTS / f"{sample}.xml").getroot()
    answers: Counter[bool] = Counter()
    disagreements = []
    for mutant in mutants(document, seed=3557):
        our, their = ours.validate(mutant.root), theirs.validate(mutant.root)
        answers[their] += 1
        if our != their:
            disagreements.append((mutant.kind, mutant.path, our, their))
    assert [] == disagreements
    assert answers[True] >= 500 <= answers[False]  # 8 samples: never fewer than 8 000 in all


@pytest.mark.parametrize("name", PAIRS)
def test_both_schemas_declare_the_same(name: str) -> None:
    ours, theirs = PAIRS[name]
    assert shape(AUTHORITY / theirs) == shape(SCHEMAS / ours)


@pytest.mark.parametrize("version", CONTROLS)
def test_fields_say_what_the_controls_say_but_for_our_decisions(version: str) -> None:
    controls = authority_controls(AUTHORITY / CONTROLS[version])
    for field, column, value in DECISIONS[version]:
        controls[field][column] = value
    assert controls == our_controls(SCHEMAS / f"iplos-{version}" / "fields.csv")


@pytest.mark.parametrize("version", CONTROLS)
def test_every_decision_of_ours_differs_from_the_controls(version: str) -> None:
    controls = authority_controls(AUTHORITY / CONTROLS[version])
    assert [] == [
        (field, column)
        for field, column, value in DECISIONS[version]
        if controls[field][column] == value
    ]


@pytest.mark.parametrize(("number", "year", "file"), LISTS)
def test_a_code_list_has_the_codes_of_the_authority(number: str, year: int, file: str) -> None:
    theirs = authority_codes(AUTHORITY / file)[number]
    assert theirs == codes(number, year)


def authority_codes(path: Path) -> dict[str, set[str]]:
    """Return the codes of every list in the coding schemes at `path`, by list."""
    return {
        str(scheme.get("OID")): {str(code.get("value")) for code in info.iter("{*}code")}
        for info in etree.parse(path).iter("{*}appinfo")
        for scheme in info.iter("{*}codingScheme")
        if scheme.get("OID")
    }
