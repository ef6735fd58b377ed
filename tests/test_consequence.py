"""What the receiver deletes and blanks, done by hand and by the program: the same is left."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kpr_validator import consequence
from kpr_validator.model import Loss
from kpr_validator.pipeline import Options, Run
from tests.wrapper import wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator import engine
    from kpr_validator.model import Outcome

Cells = tuple[object, ...]

PERSONS = """
<PERSON pePeID="1"><peAlder>80</peAlder><peKjonn>K</peKjonn>
  <PERSONOPPL poPeID="1" poPoID="1"><poHusstand>1</poHusstand><poIndPlan>1</poIndPlan>
    <poLegeMiddGj>1</poLegeMiddGj><poLegeMiddGjDato>20190301</poLegeMiddGjDato>
    <poFraDato>20190101</poFraDato></PERSONOPPL>
  <FUNKSJON fnPeID="1" fnFnID="1"><fnFunkType>5</fnFunkType><fnFunkVerdi>3</fnFunkVerdi>
    <fnFraDato>20190101</fnFraDato><fnTilDato>99991231</fnTilDato></FUNKSJON>
  <TJENESTE tjPeID="1" tjTjID="1"><tjTjenType>15</tjTjenType><tjVedtak>2</tjVedtak>
    <tjFraDato>20190301</tjFraDato></TJENESTE>
  <TJENESTE tjPeID="1" tjTjID="2"><tjTjenType>6</tjTjenType>
    <tjFraDato>20190401</tjFraDato></TJENESTE>
</PERSON>
<PERSON pePeID="2"><peAlder>70</peAlder><peKjonn>M</peKjonn>
  <TJENESTE tjPeID="2" tjTjID="1"><tjTjenType>21</tjTjenType><tjVedtak>2</tjVedtak>
    <tjFraDato>20190501</tjFraDato></TJENESTE>
</PERSON>
"""
FIRST = PERSONS[PERSONS.index('<PERSON pePeID="1"') : PERSONS.index('<PERSON pePeID="2"')]
INFO = PERSONS[PERSONS.index("<PERSONOPPL") : PERSONS.index("<FUNKSJON")]
HOME = PERSONS[PERSONS.index("<TJENESTE") : PERSONS.index('<TJENESTE tjPeID="1" tjTjID="2"')]
ALARM = PERSONS[PERSONS.index('<TJENESTE tjPeID="1" tjTjID="2"') : PERSONS.index("</PERSON>")]
DECISION = "<tjVedtak>2</tjVedtak>\n    "

CASES = {
    "a service that starts after the year falls out": (
        ("20190301</tjFraDato>", "20200201</tjFraDato>"),
        (HOME, ""),
    ),
    "a service whose type has three digits falls out": (
        ("<tjTjenType>15<", "<tjTjenType>150<"),
        (HOME, ""),
    ),
    "a service whose own number has eleven digits falls out": (
        ('tjTjID="2"', 'tjTjID="20000000000"'),
        (ALARM, ""),
    ),
    "one review dated after the year fells all information on its row": (
        ("<poLegeMiddGjDato>20190301", "<poLegeMiddGjDato>20200105"),
        (INFO, ""),
    ),
    "an unknown sex fells the person and everything below": (
        ("<peKjonn>K", "<peKjonn>X"),
        (FIRST, ""),
    ),
    "a person whose number has eleven digits falls with everything below": (
        ('PeID="1"', 'PeID="10000000000"'),
        (FIRST, ""),
    ),
    "an unknown household is blanked": (
        ("<poHusstand>1</poHusstand>", "<poHusstand>7</poHusstand>"),
        ("<poHusstand>1</poHusstand>", ""),
    ),
    "an answer on individual plan that ended with 2018 is blanked": (
        ("<poIndPlan>1</poIndPlan>", "<poIndPlan>9</poIndPlan>"),
        ("<poIndPlan>1</poIndPlan>", ""),
    ),
    "an unknown decision is blanked": (
        (
            "<tjVedtak>2</tjVedtak>\n    <tjFraDato>20190301",
            "<tjVedtak>3</tjVedtak>\n    <tjFraDato>20190301",
        ),
        ("<tjVedtak>2</tjVedtak>\n    <tjFraDato>20190301", "<tjFraDato>20190301"),
    ),
    "a start in 1998 is disputed, so it stays": (
        ("20190301</tjFraDato>", "19980301</tjFraDato>"),
        ("20190301</tjFraDato>", "19980301</tjFraDato>"),
    ),
    "two faults on one row, and a third below another person": (
        ("<peKjonn>M", "<peKjonn>Q"),
        (PERSONS.removeprefix("\n" + FIRST), ""),
    ),
}


@pytest.mark.parametrize(("fault", "remedy"), CASES.values(), ids=CASES)
def test_what_is_left_is_what_a_hand_would_leave(
    fault: tuple[str, str], remedy: tuple[str, str], tmp_path: Path
) -> None:
    """Deleted and blanked in the file, and by the overlay."""
    by_program, outcome = _left(PERSONS.replace(*fault), tmp_path)
    by_hand, _ = _left(PERSONS.replace(*remedy), tmp_path)

    assert by_hand == by_program
    assert {name.upper(): len(rows) for name, rows in by_hand.items()} == outcome.kept


def test_a_value_that_the_schema_must_not_refuse_is_blanked_alone(tmp_path: Path) -> None:
    """A score outside its scale loses its value and keeps its row."""
    left, outcome = _left(PERSONS.replace("<fnFunkVerdi>3", "<fnFunkVerdi>8"), tmp_path)
    assert [row[-3:] for row in left["funksjon"]] == [(None, "20190101", "99991231")]
    assert outcome.values == (Loss(None, "KOD-02", "fnFunkVerdi", 1, 1),)


def test_of_a_message_that_is_deleted_nothing_is_left(tmp_path: Path) -> None:
    """A period that is not the year."""
    info = "<INNHINFO><iiTilDato>20191130</iiTilDato></INNHINFO>"
    left, outcome = _left(info + PERSONS, tmp_path)
    assert set(map(len, left.values())) == {0}
    assert (outcome.received, outcome.refused_by) == (False, ("INN-01",))


def test_the_report_says_which_single_field_fells_a_row(tmp_path: Path) -> None:
    """A row with two such faults is saved by mending neither one alone."""
    faulty = (
        PERSONS.replace("20190301</tjFraDato>", "20200201</tjFraDato>")
        .replace('tjTjID="1"><tjTjenType>15', 'tjTjID="10000000000"><tjTjenType>15')
        .replace("20190401</tjFraDato>", "20200301</tjFraDato>")
    )
    _, outcome = _left(faulty, tmp_path)
    assert {loss.element for loss in outcome.rows} == {"TJENESTE"}
    assert sum(loss.lost for loss in outcome.rows) == 2
    assert sum(loss.sole for loss in outcome.rows) == 1
    assert (outcome.persons_without_info, outcome.persons_without_services) == (0, 1)


def test_disputed_deletions_are_told_apart(tmp_path: Path) -> None:
    """They are in none of the headline numbers."""
    _, outcome = _left(PERSONS.replace("20190301</tjFraDato>", "19980301</tjFraDato>"), tmp_path)
    assert outcome.rows == ()
    assert outcome.kept == outcome.sent
    assert outcome.disputed_rows == 1


def test_a_fallen_row_is_the_cause_of_what_else_is_wrong_with_it(tmp_path: Path) -> None:
    """And a fallen person of what is wrong below."""
    path = tmp_path / "sendt.xml"
    faulty = PERSONS.replace("<peKjonn>K", "<peKjonn>X").replace("<poHusstand>1", "<poHusstand>7")
    path.write_bytes(wrapped(faulty))
    with closing(Run(Options())) as run:
        report = run.report(str(path))
        found = list(report.findings())
    sex = next(f for f in found if f.field == "peKjonn")
    household = next(f for f in found if f.field == "poHusstand")
    assert (sex.cause, household.cause) == (None, ("KOD-01", sex.line, sex.fingerprint))
    assert sum(report.counts.values()) + sum(report.following.values()) == len(found)
    assert ("KOD-01", "peKjonn", 1) == report.roots[0][:3]


def _left(fragment: str, folder: Path) -> tuple[dict[str, list[Cells]], Outcome]:
    """Return what the receiver keeps of a submission: each table's rows without our numbers."""
    path = folder / "sendt.xml"
    path.write_bytes(wrapped(fragment))
    with closing(Run(Options())) as run:
        outcome = run.report(str(path)).outcome
        assert outcome is not None
        with consequence.as_received(run.con, received=outcome.received is True):
            return {table: _rows(run.con, table) for table in consequence.TABLES}, outcome


def _rows(con: engine.Connection, table: str) -> list[Cells]:
    names = [row[1] for row in con.execute(f"PRAGMA main.table_info({table})")][2:]
    return con.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY rad").fetchall()  # noqa: S608
