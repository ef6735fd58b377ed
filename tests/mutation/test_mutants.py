"""What is changed in a rule's SQL, and what is not."""

from __future__ import annotations

import pytest

from tests.mutation.mutants import mutants, rewritten

CHANGES = {
    "SELECT a = b AS brudd FROM t": ["a = b → a <> b"],
    "SELECT a <> b AS brudd FROM t": ["a <> b → a = b"],
    "SELECT a < b AS brudd FROM t": ["a < b → a <= b", "a < b → a > b"],
    "SELECT a <= b AS brudd FROM t": ["a <= b → a < b"],
    "SELECT a > b AS brudd FROM t": ["a > b → a >= b", "a > b → a < b"],
    "SELECT a >= b AS brudd FROM t": ["a >= b → a > b"],
    "SELECT a IS NULL AS brudd FROM t": ["a IS NULL → NOT a IS NULL"],
    "SELECT a IS NOT NULL AS brudd FROM t": ["NOT a IS NULL → a IS NULL"],
    "SELECT a IS NOT b AS brudd FROM t": ["a IS NOT b → a IS b"],
    "SELECT NOT a AS brudd FROM t": ["NOT a → a"],
    "SELECT a AS brudd FROM t": ["a → NOT a"],
    "SELECT a IN (1, 2) AS brudd FROM t": ["a IN (1, 2) → NOT a IN (1, 2)"],
    "SELECT a NOT IN (1, 2) AS brudd FROM t": ["NOT a IN (1, 2) → a IN (1, 2)"],
    "SELECT a BETWEEN 1 AND 2 AS brudd FROM t": [
        "a BETWEEN 1 AND 2 → (a > 1 AND a <= 2)",
        "a BETWEEN 1 AND 2 → (a >= 1 AND a < 2)",
    ],
    "SELECT 1 AS brudd FROM t WHERE a": ["uten «a»", "a → NOT a"],
    "SELECT 1 AS brudd FROM t WHERE a AND NOT b": [
        "uten «a»",
        "a → NOT a",
        "uten «NOT b»",
        "NOT b → b",
    ],
    "SELECT 1 AS brudd FROM t JOIN u ON t.a = u.a": [
        "uten «ON t.a = u.a»",
        "t.a = u.a → t.a <> u.a",
    ],
    "SELECT 1 AS brudd FROM t JOIN u USING (a, b)": ["uten «USING a»", "uten «USING b»"],
    "SELECT CASE WHEN a THEN 1 ELSE 0 END AS brudd FROM t": [
        "CASE WHEN a THEN 1 ELSE 0 END → NOT CASE WHEN a THEN 1 ELSE 0 END",
        "a → NOT a",
    ],
    "SELECT 1 AS brudd FROM t WHERE a = a OR a = a": [
        "uten «a = a»",
        "a = a → a <> a",
        "uten «a = a» (2)",
        "a = a → a <> a (2)",
    ],
    "SELECT a AS brudd FROM t UNION ALL SELECT b FROM u": ["a → NOT a", "b → NOT b"],
    "SELECT rad, a > b AS dato, CASE WHEN c THEN 'x' END AS hva, 1 AS brudd FROM t": [],
    "WITH x AS (SELECT a > b AS c, NOT d AS e FROM t) SELECT c AS sagt, e AS brudd FROM x": [
        "NOT d → d",
        "e → NOT e",
    ],
    "WITH x AS (SELECT a, NOT d AS e FROM t) SELECT * FROM x": ["NOT d → d"],
}


@pytest.mark.parametrize(("statement", "changes"), CHANGES.items(), ids=CHANGES)
def test_a_statement_is_changed_in_these_ways(statement: str, changes: list[str]) -> None:
    assert sorted(changes) == sorted(mutant.change for mutant in mutants(statement))


def test_a_change_is_made_in_one_place_and_told_with_its_line() -> None:
    statement = "SELECT\n  a AS brudd\nFROM t\nWHERE\n  (b OR c)\n  AND d"

    found = {(mutant.line, mutant.change): mutant.sql for mutant in mutants(statement)}

    assert "SELECT a AS brudd FROM t WHERE (b OR c)" == found[6, "uten «d»"]
    assert "SELECT a AS brudd FROM t WHERE (c) AND d" == found[5, "uten «b»"]
    assert "SELECT a AS brudd FROM t WHERE (b OR NOT c) AND d" == found[5, "c → NOT c"]
    assert "SELECT NOT a AS brudd FROM t WHERE (b OR c) AND d" == found[2, "a → NOT a"]
    assert statement.replace("\n  ", " ").replace("\n", " ") == rewritten(statement)
