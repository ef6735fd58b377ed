"""What the receiver does with each fault, and what is left of the submission afterwards.

An overlay, never a copy: `bortfall` holds the rows that fall out, `blanket` the
values that are set to NULL, and `as_received` lays views over the message's
tables, so that any SELECT gives the figures «slik KPR vil se dem». Only what the
sources agree on is applied; what they dispute is counted apart.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpr_validator import folding
from kpr_validator.model import Certainty, Consequence, Loss, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kpr_validator import engine
    from kpr_validator.ledger import Kind

CHILDREN = ("personoppl", "funksjon", "tjeneste", "diagnose", "dogntilbud")
TABLES = ("person", *CHILDREN)
_APPLIED = frozenset({Consequence.ROW, Consequence.VALUE})


def apply(con: engine.Connection, kinds: Sequence[Kind]) -> None:
    """Write down what falls out and what is blanked.

    `bortfall(tabell, rad, aarsak, slag, antall)`: a row that falls out, the nr and
    kind of the finding that fells it, and how many findings do (0 when its person
    falls). `blanket(rad, felt, aarsak)`: a value that is set to NULL.
    """
    con.executemany(
        "INSERT INTO slag VALUES (?, ?, ?, ?, ?)",
        (
            (number, kind.rule, kind.field, kind.effect.consequence, kind.effect.certainty)
            for number, kind in enumerate(kinds)
            if kind.effect.consequence in _APPLIED
        ),
    )
    if _any(kinds, Consequence.ROW, Certainty.DOCUMENTED):
        _fell(con)


def _any(kinds: Sequence[Kind], consequence: Consequence, certainty: Certainty) -> bool:
    return any(
        kind.effect.consequence is consequence and kind.effect.certainty is certainty
        for kind in kinds
    )


def _fell(con: engine.Connection) -> None:
    """Fill `bortfall`: persons first, then all that is theirs, then single rows."""
    con.execute(
        "INSERT INTO felt_rad"
        " SELECT f.rad, min(f.nr) AS nr, f.slag, count(*) AS antall"  # slag: that of min(nr)
        " FROM funn AS f CROSS JOIN slag AS s ON s.nr = f.slag"
        " WHERE s.konsekvens = 'row' AND s.sikkerhet = 'documented' AND f.rad > 0 GROUP BY f.rad"
    )
    for table in TABLES:
        con.execute(
            f"INSERT OR IGNORE INTO bortfall SELECT '{table}', f.rad, f.nr, f.slag, f.antall"
            f" FROM felt_rad AS f INNER JOIN main.{table} AS t ON t.rad = f.rad"
        )
        if table == "person":
            for child in CHILDREN:
                con.execute(
                    f"INSERT INTO bortfall SELECT '{child}', t.rad, b.aarsak, b.slag, 0"
                    f" FROM bortfall AS b CROSS JOIN main.{child} AS t"
                    f" WHERE b.tabell = 'person' AND t.rad > b.rad AND t.rad < {_NEXT}"
                )
    con.execute("DELETE FROM felt_rad")


_NEXT = "coalesce((SELECT min(p.rad) FROM main.person AS p WHERE p.rad > b.rad), 1 << 62)"


def outcome(
    con: engine.Connection,
    kinds: Sequence[Kind],
    sent: Mapping[str, int],
    *,
    received: bool | None,
) -> Outcome:
    """Return what the receiver will keep of the rows that were sent (counts by class)."""
    fallen = {
        str(table).upper(): int(count)
        for table, count in con.execute("SELECT tabell, count(*) FROM bortfall GROUP BY tabell")
    }
    return Outcome(
        received=received,
        refused_by=tuple(
            sorted({k.rule for k in kinds if k.effect.consequence is Consequence.MESSAGE})
        ),
        sent=dict(sent),
        kept={name: count - fallen.get(name, 0) for name, count in sent.items()},
        rows=_losses(con, _ROWS),
        values=_blanked(con, kinds),
        persons_without_info=_bereft(con, "personoppl") if fallen else 0,
        persons_without_services=_bereft(con, "tjeneste") if fallen else 0,
        disputed_rows=_count(con, _DISPUTED_ROWS),
        disputed_values=_count(con, _DISPUTED_VALUES),
    )


_ROWS = (
    "SELECT upper(b.tabell), s.regel, s.felt, count(*), total(b.antall = 1) FROM bortfall AS b"
    " INNER JOIN slag AS s ON s.nr = b.slag GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
)
_STANDING = " AND NOT EXISTS (SELECT 1 FROM bortfall AS b WHERE b.rad = f.rad)"
_BLANKED = (
    "SELECT f.slag FROM funn AS f CROSS JOIN slag AS s ON s.nr = f.slag"
    f" WHERE s.konsekvens = 'value' AND s.sikkerhet = 'documented'{_STANDING}"
)
_DISPUTED_ROWS = (
    "SELECT count(DISTINCT f.rad) FROM funn AS f CROSS JOIN slag AS s ON s.nr = f.slag"
    f" WHERE s.konsekvens = 'row' AND s.sikkerhet = 'disputed'{_STANDING}"
)
_DISPUTED_VALUES = (
    "SELECT count(*) FROM funn AS f CROSS JOIN slag AS s ON s.nr = f.slag"
    f" WHERE s.konsekvens = 'value' AND s.sikkerhet = 'disputed'{_STANDING}"
)


def _losses(con: engine.Connection, statement: str) -> tuple[Loss, ...]:
    return tuple(
        Loss(element, str(rule), field, int(count), int(sole))
        for element, rule, field, count, sole in con.execute(statement)
    )


def _blanked(con: engine.Connection, kinds: Sequence[Kind]) -> tuple[Loss, ...]:
    """Return the values that are blanked; counted as they come, for they may be a million."""
    counts = Counter((kinds[slag].rule, kinds[slag].field) for (slag,) in con.execute(_BLANKED))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return tuple(Loss(None, rule, field, count, count) for (rule, field), count in ranked)


def _count(con: engine.Connection, statement: str) -> int:
    return int(next(con.execute(statement))[0])


def _bereft(con: engine.Connection, table: str) -> int:
    """Return how many persons stay but lose every row that they had in a table."""
    return _count(
        con,
        f"SELECT count(*) FROM (SELECT t.person_rad FROM main.{table} AS t"
        f" WHERE t.person_rad IN (SELECT l.person_rad FROM main.{table} AS l"
        "  INNER JOIN bortfall AS b ON b.rad = l.rad WHERE b.antall > 0)"
        " AND t.person_rad NOT IN (SELECT b.rad FROM bortfall AS b WHERE b.tabell = 'person')"
        " GROUP BY t.person_rad"
        " HAVING total(t.rad IN (SELECT b.rad FROM bortfall AS b)) = count(*))",
    )


def changed(con: engine.Connection) -> set[str]:
    """Return the tables from which the receiver deletes or blanks anything."""
    told = {str(table) for (table,) in con.execute("SELECT DISTINCT tabell FROM bortfall")}
    blanked = {str(field) for (field,) in con.execute("SELECT DISTINCT felt FROM blanket")}
    for table in TABLES:
        names = {str(row[1]) for row in con.execute(f"PRAGMA main.table_info({table})")}
        if names & blanked:
            told.add(table)
    return told


@contextmanager
def as_received(con: engine.Connection, *, received: bool = True) -> Iterator[None]:
    """Let the message's tables show what the receiver keeps, as long as the context lasts.

    The views are temporary, so that they come before the tables of the same name:
    a SELECT that is written for the submission as sent needs no other words.
    """
    with _shown(con, "1" if received else "0", received=received):
        yield


def touched(con: engine.Connection) -> int:
    """List the persons who lose a row or a value, and return how many they are."""
    con.execute(
        "INSERT OR IGNORE INTO beroert"
        " SELECT (SELECT max(p.rad) FROM main.person AS p WHERE p.rad <= l.rad)"
        " FROM (SELECT rad FROM bortfall UNION ALL SELECT rad FROM blanket) AS l WHERE l.rad > 0"
    )
    return _count(con, "SELECT count(*) FROM beroert")


@contextmanager
def of_touched(con: engine.Connection, *, received: bool) -> Iterator[None]:
    """Let the message's tables show the listed persons alone, as sent or as received."""
    with _shown(con, "{0} IN (SELECT n.person_rad FROM beroert AS n)", received=received):
        yield


@contextmanager
def _shown(con: engine.Connection, whose: str, *, received: bool) -> Iterator[None]:
    """Show the rows of those whom a condition names; if `received`, without what falls out."""
    blanked = con.execute("SELECT DISTINCT felt FROM blanket") if received else ()
    fields = {str(field) for (field,) in blanked}
    stays = " AND t.rad NOT IN (SELECT b.rad FROM bortfall AS b)" if received else ""
    for table in TABLES:
        theirs = whose.format("t.rad" if table == "person" else "t.person_rad")
        con.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {_columns(con, table, fields)}"
            f" FROM main.{table} AS t WHERE {theirs}{stays}"
        )
    folding.show(con, whose.format("person_rad"), received=received)
    try:
        yield
    finally:
        con.execute(f"DROP TABLE temp.{folding.TABLE}")
        for table in TABLES:
            con.execute(f"DROP VIEW temp.{table}")


_KEPT = (
    "CASE WHEN NOT EXISTS (SELECT 1 FROM blanket AS b WHERE b.rad = t.rad AND b.felt = '{0}')"
    " THEN t.{0} END AS {0}"
)


def _columns(con: engine.Connection, table: str, blanked: Collection[str]) -> str:
    names = [str(row[1]) for row in con.execute(f"PRAGMA main.table_info({table})")]
    return ", ".join(_KEPT.format(name) if name in blanked else f"t.{name}" for name in names)
