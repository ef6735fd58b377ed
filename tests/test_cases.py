"""The case of each finding: what it takes to find the person and the row in the journal system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator.model import Case, Finding
from kpr_validator.pipeline import Options, check_file
from tests.documents import document, numbered

if TYPE_CHECKING:
    from pathlib import Path

WARD, HOME = "310001007", "310002003"
NUMBER = "01888000050"  # synthetic: passes as a person number
PERSON = f"""<PERSON pePeID="1001">
    <peAlder>84</peAlder>
    <peKjonn>8</peKjonn>
    <peKomnr>1820</peKomnr>
    <PERSONOPPL poPeID="1001" poPoID="4">
      <poHusstand>8</poHusstand>
      <poFraDato>20190105</poFraDato>
      <poTilDato>20190630</poTilDato>
    </PERSONOPPL>
    <TJENESTE tjPeID="1001" tjTjID="1" tjVeID="V-15">
      <tjTjenType>15</tjTjenType>
      <tjVedtak>8</tjVedtak>
      <tjInstOrgnr>{HOME}</tjInstOrgnr>
      <tjFraDato>20190201</tjFraDato>
      <tjTilDato>20190701</tjTilDato>
    </TJENESTE>
    <TJENESTE tjPeID="1001" tjTjID="2" tjVeID="V-21">
      <tjTjenType>21</tjTjenType>
      <tjVedtak>2</tjVedtak>
      <tjInstOrgnr>{WARD}</tjInstOrgnr>
      <tjFraDato>20190702</tjFraDato>
    </TJENESTE>
  </PERSON>"""
NOBODY = """<PERSON pePeID="1001"><peAlder>84</peAlder><peKjonn>8</peKjonn>
    <peKomnr>1820</peKomnr></PERSON>"""


def cases(
    folder: Path, text: str, *, units: str | None = None, select: tuple[str, ...] = ()
) -> list[tuple[Finding, Case]]:
    """Return the findings of a submission with their cases, looked up twice alike."""
    path = folder / "innsending.xml"
    path.write_text(text, encoding="utf-8")
    given = None
    if units:
        (folder / "enheter.csv").write_text(units, encoding="utf-8")
        given = str(folder / "enheter.csv")
    with check_file(str(path), Options(units=given, select=select)) as report:
        found = [*report.cases()]
        assert found == [*report.cases()]
        assert [one for one, _ in found] == [*report.findings()]
    return found


def case_of(found: list[tuple[Finding, Case]], element: str, field: str) -> Case:
    (case,) = {case for one, case in found if (one.element, one.field) == (element, field)}
    return case


def test_a_row_has_its_own_period_and_the_main_service_of_the_person(tmp_path: Path) -> None:
    found = cases(tmp_path, document(PERSON))
    assert case_of(found, "PERSONOPPL", "poHusstand") == Case(
        age="84",
        since="20190105",
        until="20190630",
        decision="V-21",
        service="21",
        started="20190702",
        unit=WARD,
    )


def test_a_service_tells_of_itself(tmp_path: Path) -> None:
    found = cases(tmp_path, document(PERSON))
    assert case_of(found, "TJENESTE", "tjVedtak") == Case(
        age="84",
        since="20190201",
        until="20190701",
        decision="V-15",
        service="15",
        started="20190201",
        unit=HOME,
    )


def test_the_person_has_no_period(tmp_path: Path) -> None:
    case = case_of(cases(tmp_path, document(PERSON)), "PERSON", "peKjonn")
    assert (case.since, case.until, case.unit, case.service) == (None, None, WARD, "21")


def test_who_has_no_service_has_an_age(tmp_path: Path) -> None:
    found = cases(tmp_path, document(NOBODY))
    assert case_of(found, "PERSON", "peKjonn") == Case(age="84")


def test_the_whole_submission_is_nobodys_case(tmp_path: Path) -> None:
    wrong = (
        document(PERSON)
        .replace("<iiBydelsnr>00<", "<iiBydelsnr>77<")
        .replace("20200108", "20190108")
    )
    around = [case for one, case in cases(tmp_path, wrong) if one.person is None]
    assert around
    assert set(around) == {Case()}


def test_the_list_of_units_tells_their_names(tmp_path: Path) -> None:
    units = f"orgnr;navn;næringskode\n{WARD};Solbakken;87.102\n"
    found = cases(tmp_path, document(PERSON), units=units)
    assert case_of(found, "PERSONOPPL", "poHusstand").unit_name == "Solbakken"
    assert case_of(found, "TJENESTE", "tjVedtak").unit_name is None


def test_rules_that_need_no_concept_leave_the_cases_to_make_theirs(tmp_path: Path) -> None:
    found = cases(tmp_path, document(PERSON), select=("KOD-01",))
    assert case_of(found, "PERSONOPPL", "poHusstand").unit == WARD


def test_each_person_has_their_own_case(tmp_path: Path) -> None:
    other = numbered(2, PERSON.replace(">84<", ">70<").replace(WARD, "310003018"))
    found = cases(tmp_path, document(PERSON, other, numbered(3, NOBODY)))
    told = {
        one.person: (case.age, case.unit)
        for one, case in found
        if (one.element, one.field) == ("PERSON", "peKjonn")
    }
    assert told == {"1001": ("84", WARD), "1002": ("70", "310003018"), "1003": ("84", None)}


def test_a_person_number_in_the_id_of_a_decision_is_hidden(tmp_path: Path) -> None:
    found = cases(tmp_path, document(PERSON.replace("V-21", NUMBER)))
    assert all(NUMBER not in str(case) for _, case in found)
    shown = case_of(found, "PERSONOPPL", "poHusstand").decision or ""
    assert shown.startswith("‹personnummer")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        document(PERSON).replace("</IPLOS>", ""),
        document(PERSON.replace("<peAlder>84</peAlder>", "<peAlder>84</peAlder><ukjent/>")),
        document(PERSON).replace("<iiKomnr>1820</iiKomnr>", ""),
    ],
    ids=["empty", "broken", "cut", "unknown element", "envelope"],
)
def test_a_file_that_is_not_whole_has_cases_as_far_as_it_was_read(
    text: str, tmp_path: Path
) -> None:
    assert cases(tmp_path, text)
