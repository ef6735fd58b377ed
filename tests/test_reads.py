"""Which fields a rule reads: those that decide, and those it asks for, and no others."""

from __future__ import annotations

import pytest

from kpr_validator.narrow import narrowed
from kpr_validator.reads import fields_read
from kpr_validator.rules import all_rules

SERVICES = ("tjFraDato", "tjTilDato", "tjTjenType", "tjVedtak")

READS = {
    "INN-03": {"INNHINFO": ("iiKomnr",)},
    "INN-05": {"INNHINFO": ("iiKomnr",), "PERSON": ("peKomnr",)},
    "IP-01": {
        "PERSON": ("peDodDato",),
        "PERSONOPPL": ("poFraDato", "poHab", "poIndPlan", "poPoID", "poTilDato"),
        "TJENESTE": SERVICES,
    },
    "KTR-13": {"verdi": ()},
    "XSD-01": {},
}


@pytest.mark.parametrize("rule", READS)
def test_a_rule_reads_these_fields(rule: str) -> None:
    assert READS[rule] == next(fields_read([all_rules()[rule]]))


def test_every_rule_with_sql_reads_something() -> None:
    rules = [rule for rule in all_rules().values() if rule.sql]
    assert [] == [rule.id for rule, read in zip(rules, fields_read(rules), strict=True) if not read]


NARROWED = {
    "SELECT a, b AS c, f(d, e) AS g FROM t": "SELECT a, NULL AS c, NULL AS g FROM t",
    "SELECT a, b FROM t WHERE b > 1": "SELECT a, b FROM t WHERE b > 1",
    "SELECT a, b FROM t UNION ALL SELECT c, d FROM u": (
        "SELECT a, NULL AS b FROM t  UNION ALL SELECT c, NULL AS b FROM u"
    ),
    "SELECT DISTINCT a, b FROM t": "SELECT DISTINCT a, b FROM t",
    "WITH x AS (SELECT a, b FROM t) SELECT a, b FROM x": (
        "WITH x AS (SELECT a, NULL AS b FROM t)\nSELECT a, NULL AS b FROM x"
    ),
    "WITH x AS MATERIALIZED (SELECT a, b FROM t), y AS (SELECT a FROM x) SELECT * FROM y": (
        "WITH x AS MATERIALIZED (SELECT a, NULL AS b FROM t), y AS (SELECT a FROM x)\n"
        "SELECT * FROM y"
    ),
    "WITH x (a, b) AS (VALUES (1, 2)) SELECT a, b FROM x": (
        "WITH x (a, b) AS (VALUES (1, 2))\nSELECT a, NULL AS b FROM x"
    ),
    "WITH x (a, b) AS (SELECT c, d FROM t) SELECT a, b FROM x": (
        "WITH x (a, b) AS (SELECT c, d FROM t)\nSELECT a, NULL AS b FROM x"
    ),
}


@pytest.mark.parametrize(("statement", "expected"), NARROWED.items(), ids=NARROWED)
def test_columns_that_nobody_wants_are_nothing(statement: str, expected: str) -> None:
    assert expected == narrowed(statement, {"a"})
