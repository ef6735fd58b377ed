"""The files the measurements stand on are what they say they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from lxml import etree

from tests.bench.chance import orgnr
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
    assert _written(tmp_path, wish) == _written(tmp_path, wish)


def test_the_bytes_of_a_seed_never_change(tmp_path: Path) -> None:
    digest = hashlib.sha256(_written(tmp_path, Wish(50, faults=0.1, invalid=0.1))).hexdigest()
    assert digest == "f062b5e9139392ca450ae5fd3a0d840bb6143d46fc3c5f23f5f26f3dab6f953d"


def test_no_person_is_schema_invalid_without_a_wish(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    content = _written(tmp_path, Wish(200, faults=1.0))
    assert _invalid_persons(content, schema) == 0


def test_every_person_is_schema_invalid_when_wished(
    tmp_path: Path, schema: etree.XMLSchema
) -> None:
    content = _written(tmp_path, Wish(200, invalid=1.0))
    assert _invalid_persons(content, schema) == 200


def test_organisation_numbers_keep_their_control_digit() -> None:
    number = orgnr(40)
    weights = (3, 2, 7, 6, 5, 4, 3, 2, 1)
    assert sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11 == 0
