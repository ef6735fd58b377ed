"""What the store knows of the case that a finding belongs to: period, decision, service, unit.

Rows are asked for in the order of the file, so one person at a time is held.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kpr_validator import concepts
from kpr_validator.identity import mask
from kpr_validator.model import Case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator import engine
    from kpr_validator.model import Value

MAIN_SERVICE, ROWS = "hovedtjeneste", "rad_i_saken"

_OF_PERSON = f"""
SELECT p.peAlder, NULL, NULL, t.tjVeID, t.tjTjenType, t.tjFraDato, h.enhet
FROM person AS p
LEFT JOIN {MAIN_SERVICE} AS h ON h.person_rad = p.person_rad
LEFT JOIN tjeneste AS t ON t.rad = h.rad
WHERE p.rad = ?
"""  # noqa: S608  our own names
_OF_ROWS = f"SELECT rad, fra, til, vedtak, tjeneste, enhet FROM {ROWS} WHERE rad > ? AND rad < ?"  # noqa: S608

_NO_ROW = 1 << 62

Cells = tuple[str | None, ...]


class Cases:
    """Finds the case of a row; `firsts` are the numbers of each person's first row, ascending."""

    def __init__(
        self, con: engine.Connection, year: Mapping[str, Value], firsts: Sequence[int]
    ) -> None:
        self._con = con
        self._firsts = firsts
        for name in concepts.needed([_OF_PERSON]):
            concepts.materialise(con, name, year)
        if not _is_there(con, ROWS):
            con.execute(f"CREATE VIEW {ROWS} AS {concepts.selects()[ROWS]}")
        self._units: dict[str | None, str] = dict(con.execute("SELECT orgnr, navn FROM enhet"))
        self._person_row = 0
        self._person: Cells | None = None
        self._rows: dict[int, Cells] = {}

    def of(self, rad: int, line: int) -> Case:
        """Return the case of the row that stands at `line`, empty for a row that is nobody's."""
        at = bisect_right(self._firsts, rad)
        person_rad = self._firsts[at - 1] if rad > 0 else 0
        if person_rad != self._person_row:
            self._look_up(person_rad, self._firsts[at] if at < len(self._firsts) else _NO_ROW)
        if self._person is None:
            return Case()
        age, since, until, decision, service, started, unit = self._person
        if row := self._rows.get(rad):
            since, until, *own, own_unit = row
            unit = own_unit or unit
            if any(own):
                decision, service, started = *own, since
        cells = (age, since, until, decision, service, started, unit, self._units.get(unit))
        return Case._make(mask(cell, line) for cell in cells)

    def _look_up(self, person_rad: int, following: int) -> None:
        self._person_row = person_rad
        self._person = self._con.execute(_OF_PERSON, (person_rad,)).fetchone()
        found = self._con.execute(_OF_ROWS, (person_rad, following))
        self._rows = {rad: row for rad, *row in found}


def _is_there(con: engine.Connection, name: str) -> bool:
    found = con.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
    return found.fetchone() is not None
