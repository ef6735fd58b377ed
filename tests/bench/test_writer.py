"""The files the measurements stand on are what they say they are."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from kpr_validator.generate.chance import Chance
from kpr_validator.model import Verdict
from kpr_validator.pipeline import Options, check_file
from tests.bench.faults import break_schema
from tests.bench.writer import Wish, write

NAMESPACE = "{http://www.npr.no/xmlstds/iplos/2019}"
SCHEMA = Path(__file__).parents[2] / "schemas" / "iplos-3.7" / "iplos.xsd"


def _written(folder: Path, wish: Wish) -> bytes:
    path = folder / "out.xml"
    write(path, wish)
    return path.read_bytes()


def _invalid_persons(content: bytes, schema: etree.XMLSchema) -> int:
    """Return how many persons are refused when each is judged alone."""
    root = etree.fromstring(content)
    persons = root.findall(NAMESPACE + "PERSON")
    refused = 0
    for person in persons:
        root[1:] = [person]
        refused += not schema.validate(root)
    return refused


@pytest.fixture(name="schema", scope="module")
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    wish = Wish(30, seed=5, faults=0.5, invalid=0.2)
    first, second = _written(tmp_path, wish), _written(tmp_path, wish)
    assert first == second


def test_the_bytes_of_a_seed_never_change(tmp_path: Path) -> None:
    digest = hashlib.sha256(_written(tmp_path, Wish(50, faults=0.1, invalid=0.1))).hexdigest()
    assert "58c42e950396819e6cda17bc78bf3d6d09d5a922ed71e2c5ab55f22b798ac2c5" == digest


def test_no_person_is_schema_invalid_without_a_wish(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    content = _written(tmp_path, Wish(200, faults=1.0))
    assert 0 == _invalid_persons(content, schema)


def test_every_person_is_schema_invalid_when_wished(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    content = _written(tmp_path, Wish(200, invalid=1.0))
    assert 200 == _invalid_persons(content, schema)


def test_a_person_who_has_no_room_for_a_fault_gets_another(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    text = _written(tmp_path, Wish(1)).decode()
    lines = [line for line in text.splitlines() if "<poHusstand>" not in line]
    assert schema.validate(etree.fromstring("\n".join(lines).encode()))
    for seed in range(16):
        broken = break_schema(lines, Chance(seed))
        assert not schema.validate(etree.fromstring("\n".join(broken).encode()))


def test_a_person_without_a_wished_fault_breaks_no_rule(tmp_path: Path) -> None:
    write(tmp_path / "out.xml", Wish(500))
    with check_file(str(tmp_path / "out.xml"), Options()) as report:
        judged = (report.verdict, [(f.rule, f.person) for f in report.findings()])
    assert (Verdict.ACCEPTED, []) == judged


def test_only_a_person_with_a_wished_fault_breaks_a_rule(tmp_path: Path) -> None:
    clean = _written(tmp_path, Wish(500)).split(b" <PERSON ")
    faulty = _written(tmp_path, Wish(500, faults=0.1)).split(b" <PERSON ")
    changed = {
        str(n) for n, pair in enumerate(zip(clean, faulty, strict=True)) if len(set(pair)) > 1
    }
    with check_file(str(tmp_path / "out.xml"), Options()) as report:
        found = {f.person for f in report.findings()}
    assert changed == found


def test_every_person_gives_as_many_code_findings_as_wished(tmp_path: Path) -> None:
    write(tmp_path / "out.xml", Wish(20, findings_per_person=50))
    with check_file(str(tmp_path / "out.xml"), Options(select=("KOD",))) as report:
        found = Counter(f.person for f in report.findings())
    assert {str(number): 50 for number in range(1, 21)} == found
