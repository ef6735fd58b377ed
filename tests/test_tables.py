"""Small submissions written by hand, and every cell of the tables that they give."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kpr_validator import assets
from kpr_validator.checklist import checklist
from kpr_validator.layouts import checklist_layout, layouts, load
from kpr_validator.measure import Answer
from kpr_validator.pipeline import Options, Run
from kpr_validator.rules import PageError
from kpr_validator.tables import TableError, asks, tables, tabulate
from tests.wrapper import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kpr_validator.figures import Cell, Checklist, Table
    from kpr_validator.layouts import Layout

Shown = dict[str, tuple[str, ...]]


def service(type_: int, fra: str = "20190301", til: str = "", vedtak: str = "2") -> str:
    """Return a TJENESTE, granted and open from March unless told otherwise."""
    decision = f"<tjVedtak>{vedtak}</tjVedtak>" if vedtak else ""
    end = f"<tjTilDato>{til}</tjTilDato>" if til else ""
    return (
        f"<TJENESTE><tjTjenType>{type_}</tjTjenType>{decision}"
        f"<tjInstOrgnr>974767880</tjInstOrgnr><tjFraDato>{fra}</tjFraDato>{end}</TJENESTE>"
    )


def info(fra: str = "20180101", **answers: str) -> str:
    """Return a PERSONOPPL, open since 2018 unless told otherwise."""
    told = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
    return f"<PERSONOPPL>{told}<poFraDato>{fra}</poFraDato></PERSONOPPL>"


def score(variable: int, value: str, fra: str = "20180301") -> str:
    """Return a FUNKSJON, open since 2018 unless told otherwise."""
    return (
        f"<FUNKSJON><fnFunkType>{variable}</fnFunkType><fnFunkVerdi>{value}</fnFunkVerdi>"
        f"<fnFraDato>{fra}</fnFraDato><fnTilDato>99991231</fnTilDato></FUNKSJON>"
    )


def diagnosis(code: str, version: str = "ICD-10") -> str:
    """Return a DIAGNOSE, open since 2018."""
    return (
        f"<DIAGNOSE><diKodeVersjon>{version}</diKodeVersjon><diDiagKode>{code}</diDiagKode>"
        "<diFraDato>20180301</diFraDato><diTilDato>99991231</diTilDato></DIAGNOSE>"
    )


def person(*rows: str, age: int = 80, dead: str = "") -> str:
    """Return a person with the given rows below."""
    told = f"<peDodDato>{dead}</peDodDato>" if dead else ""
    return f"<PERSON><peAlder>{age}</peAlder><peKjonn>K</peKjonn>{told}{''.join(rows)}</PERSON>"


class Office:
    """Counts submissions from files of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def counted(
        self, *persons: str, year: int = 2019, before: Iterable[Table] = (), made: str = ""
    ) -> tuple[Table, ...]:
        """Return the tables of a submission."""
        with closing(self.run(persons, year, made)) as run:
            now = run.measure()
            assert now is not None
            return tables(now, tuple(before))

    def residents(self, *persons: str, units: str = "") -> tuple[Checklist, ...]:
        """Return the checklist of a submission."""
        with closing(self.run(persons, 2019, "", units)) as run:
            now = run.measure()
            assert now is not None
            return checklist(now)

    def run(self, persons: Iterable[str], year: int, made: str, units: str = "") -> Run:
        """Return a run over a submission."""
        path = self.folder / f"{year}.xml"
        options = {"år": str(year), **({"laget": made} if made else {})}
        path.write_bytes(wrapped("".join(persons), options))
        if units:
            (self.folder / "enheter.csv").write_text(units, encoding="utf-8")
        run = Run(Options(units=str(self.folder / "enheter.csv") if units else None))
        run.report(str(path))
        return run


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def shown(found: Iterable[Table], name: str) -> Shown:
    """Return the lines of a table that say anything but nought."""
    table = next(table for table in found if table.id == name)
    assert {len(table.columns)} == {len(line.cells) for line in table.lines}
    lines = {line.id: tuple(map(_cell, line.cells)) for line in table.lines}
    assert len(lines) == len(table.lines)
    nothing = {"0", "–", "0 av 0", "+0 av 0"}
    return {line: cells for line, cells in lines.items() if not set(cells) <= nothing}


def _cell(cell: Cell) -> str:
    if cell.count is None:
        return "–"
    sign = "+" if cell.is_change else ""
    pairs = [cell.count, *([cell.of] if cell.of else [])]
    sent = " av ".join(format(pair.sent, sign if pair is cell.count else "") for pair in pairs)
    kept = " av ".join(format(pair.received, sign if pair is cell.count else "") for pair in pairs)
    return sent if sent == kept else f"{sent} ({kept})"


def test_users_per_service_are_persons_during_the_year(office: Office) -> None:
    found = office.counted(
        person(service(15), service(15, "20190801"), service(1, "20180101", "20190101")),
        person(service(15, "20180101", "20181231"), service(6, vedtak="")),
        person(service(21, "20180601"), dead="20190615"),
        person(service(21, "20180601"), dead="20181231"),
        person(service(9, vedtak="1"), service(5, "20200115"), service(4, vedtak="")),
        person(service(12), service(29)),
        person(service(16), info(poHab="1")),
        person(service(16)),
    )
    assert {
        "mottakere": ("4", "–", "–"),
        "1": ("1", "–", "–"),
        "6": ("1", "–", "–"),
        "15": ("1", "–", "–"),
        "21": ("1", "–", "–"),
        "29": ("1", "–", "–"),
        "rehabilitering": ("1", "–", "–"),
        "16": ("2", "–", "–"),
    } == shown(found, "tjenester")


def test_last_year_stands_beside_with_the_change(office: Office) -> None:
    last = office.counted(
        person(service(12, "20180101"), service(15, "20180101")),
        person(service(13, "20180101"), service(16, "20180101")),
        person(service(15, "20180101"), service(16, "20180101", vedtak="1")),
        year=2018,
    )
    found = office.counted(person(service(29)), person(info(poHab="1"), service(1)), before=last)
    assert {
        "mottakere": ("2", "3", "-1 av 3"),
        "1": ("1", "0", "+1 av 0"),
        "15": ("0", "2", "-2 av 2"),
        "29": ("1", "2", "-1 av 2"),
        "rehabilitering": ("1", "1", "+0 av 1"),
    } == shown(found, "tjenester")
    columns = [column.nb for column in found[0].columns]
    assert ["2019", "2018", "Endring"] == columns


def test_the_receiver_sees_what_it_has_left(office: Office) -> None:
    kept = person(service(15), info(poHusstand="1"))
    found = office.counted(kept, kept.replace("<peKjonn>K", "<peKjonn>X"))
    assert ("2 (1)", "–", "–") == shown(found, "tjenester")["15"]
    assert ("2 av 2 (1 av 1)", "–") == shown(found, "hjemmeboende")["poHusstand"]


def test_a_message_that_is_refused_counts_nobody_at_the_receiver(office: Office) -> None:
    period = "<INNHINFO><iiTilDato>20191130</iiTilDato></INNHINFO>"
    found = office.counted(period, person(service(15)))
    assert ("1 (0)", "–", "–") == shown(found, "tjenester")["15"]


def test_residents_are_those_of_the_last_day(office: Office) -> None:
    found = office.counted(
        person(
            service(21),
            service(21, "20190501"),
            info(poHusstand="2", poLegeMiddGj="2", poErnKartlagt="1", poErnRisiko="1"),
            score(5, "9"),
            diagnosis("F03"),
        ),
        person(service(21, til="20191231"), info(poHusstand="7", poVurdLege="201905")),
        person(service(21, til="20191230"), info(poHusstand="2")),
        person(service(21), info(poHusstand="2"), dead="20191231"),
        person(service(21), info(poHusstand="2"), dead="20200101"),
        person(service(18), info(poHusstand="2")),
    )
    assert {
        "personer": ("3", "–"),
        "poHusstand": ("3 av 3 (2 av 3)", "–"),
        "poOmsorgBarn": ("0 av 3", "–"),
        "poPrivHjelp": ("0 av 3", "–"),
        "poBoligTilr": ("0 av 3", "–"),
        "poVurdTann": ("0 av 3", "–"),
        "poVurdLege": ("1 av 3", "–"),
        "poIndPlan": ("0 av 3", "–"),
        "poHarKoordinator": ("0 av 3", "–"),
        "poArbBistBehov": ("0 av 3", "–"),
        "poArbTranspBehov": ("0 av 3", "–"),
        "poFriBistBehov": ("0 av 3", "–"),
        "poFriTranspBehov": ("0 av 3", "–"),
        "poLegeMiddGj": ("1 av 3", "–"),
        "poErnKartlagt": ("1 av 3", "–"),
        "poErnRisiko": ("1 av 1", "–"),
        "poErnPlan": ("0 av 1", "–"),
        "diagnose": ("1 av 3", "–"),
        **{f"funksjon_{n}": ("1 av 3" if n == 5 else "0 av 3", "–") for n in range(1, 19)},
    } == shown(found, "langtidsopphold")


def test_an_answer_of_last_year_counts_while_its_row_is_open(office: Office) -> None:
    last = office.counted(
        person(service(21, "20180101"), info(poHusstand="2")),
        person(service(21, "20180101"), info()),
        year=2018,
    )
    now = office.counted(person(service(21, "20180101"), info(poHusstand="2")), before=last)
    found = shown(now, "langtidsopphold")
    assert [("1", "2"), ("1 av 1", "1 av 2")] == [found["personer"], found["poHusstand"]]


def test_who_lives_at_home_has_a_service_that_counts_and_no_long_stay(office: Office) -> None:
    found = office.counted(
        person(service(15), info(poIndPlan="4", poErnKartlagt="2", poLegeMiddGj="1")),
        person(service(20), service(8), service(17), info(poArbBistBehov="9")),
        person(service(6, vedtak=""), score(13, "5")),
        person(service(15), service(21)),
        person(service(15, vedtak="")),
        person(service(15, til="20191230")),
        person(service(15), dead="20191231"),
    )
    nobody = ("0 av 3", "–")
    lines = [line.id for line in next(t for t in found if t.id == "hjemmeboende").lines]
    expected = dict.fromkeys(lines, nobody)
    del expected["poErnRisiko"], expected["poErnPlan"]
    for line in ("poIndPlan", "poErnKartlagt", "poArbBistBehov", "funksjon_13"):
        expected[line] = ("1 av 3", "–")
    assert {**expected, "personer": ("3", "–")} == shown(found, "hjemmeboende")
    assert "poLegeMiddGj" not in lines


def test_a_trial_extraction_counts_the_day_it_was_made(office: Office) -> None:
    moved = person(service(21, til="20191130"), service(15, "20191201"))
    november = office.counted(moved, made="20191115")
    january = office.counted(moved)
    assert ("1", "–") == shown(november, "langtidsopphold")["personer"]
    assert "personer" not in shown(january, "langtidsopphold")
    assert ("1", "–") == shown(january, "hjemmeboende")["personer"]


def test_every_service_row_stands_in_one_column(office: Office) -> None:
    found = office.counted(
        person(service(15), service(15), service(15, vedtak="1"), service(15, vedtak="")),
        person(service(15, "20200115"), service(15, "20180101", "20181231"), service(16)),
        person(service(12), service(10), service(1).replace("<tjFraDato>20190301</tjFraDato>", "")),
    )
    assert {
        "1": ("1", "0", "0", "0", "1", "0", "0"),
        "12": ("1", "1", "0", "0", "0", "0", "0"),
        "15": ("6 (5)", "2", "1", "1", "0", "1 (0)", "1"),
        "16": ("1", "0", "1", "0", "0", "0", "0"),
        "ukjent": ("1", "0", "1", "0", "0", "0", "0"),
    } == shown(found, "tjenestekoder")
    table = next(table for table in found if table.id == "tjenestekoder")
    for line in table.lines:
        sent = [cell.count.sent for cell in line.cells if cell.count]
        assert sent[0] == sum(sent[1:])


def test_the_ladder_names_the_steps_that_cannot_be_read(office: Office) -> None:
    last = office.counted(person(service(13, "20180101"), service(2, "20180101")), year=2018)
    found = office.counted(
        person(service(29), info(poHeldg="1"), service(1), service(2), service(15)),
        person(service(29), service(6, vedtak=""), service(5)),
        person(service(21), service(19, til="20190401")),
        before=last,
    )
    table = next(table for table in found if table.id == "omsorgstrappen")
    unread = {line.id for line in table.lines if line.cells[0].count is None}
    assert {"forebyggende", "eldresenter", "vaktmester", "arbeid", "palliativ"} == unread
    assert {
        "trygghetsalarm": ("1", "0"),
        "hjemmehjelp": ("1", "1"),
        "hjemmesykepleie": ("1", "0"),
        "bolig": ("1", "1"),
        "bolig_heldoegn": ("1", "–"),
        "langtid": ("1", "0"),
    } == shown(found, "omsorgstrappen")
    assert 16 == len(table.lines)


def test_dementia_by_age_and_where_they_live(office: Office) -> None:
    found = office.counted(
        person(service(15), diagnosis("G309"), diagnosis("F00.1"), age=66),
        person(service(21), diagnosis("P70", "ICPC-2"), age=90),
        person(service(21, til="20190401"), diagnosis("F03"), age=90),
        person(diagnosis("F03"), age=70),
        person(service(15), diagnosis("P70"), age=70),
    )
    assert {
        "alle": ("3", "–", "1", "–", "1", "–"),
        "fra_50": ("1", "–", "1", "–", "0", "–"),
        "fra_90": ("2", "–", "0", "–", "1", "–"),
    } == shown(found, "demens")


def test_each_recipient_stands_once_on_every_function_line(office: Office) -> None:
    found = office.counted(
        person(service(15), score(5, "2", "20190101"), score(5, "4", "20190601"), score(6, "9")),
        person(service(21), score(5, "8"), score(6, "1", "20200101")),
        person(service(15, til="20190401"), score(5, "3")),
        person(service(15), score(5, "3"), dead="20190401"),
    )
    lines: dict[str, tuple[str, ...]] = {
        str(variable): ("0", "0", "0", "0", "0", "0", "0", "2") for variable in range(1, 19)
    }
    lines["5"] = ("0", "0", "0", "1", "0", "0", "1 (0)", "0 (1)")
    lines["6"] = ("0", "0", "0", "0", "0", "1", "0", "1")
    assert lines == shown(found, "funksjon")


def test_an_empty_submission_has_every_line_and_nobody(office: Office) -> None:
    found = office.counted(person())
    assert ["tjenester", "langtidsopphold", "hjemmeboende", "tjenestekoder"] == [
        table.id for table in found[:4]
    ]
    assert [{}] * len(found) == [shown(found, table.id) for table in found]
    assert all(table.lines for table in found)


def test_published_numbers_are_of_the_country_and_of_unbroken_series(office: Office) -> None:
    found = {table.id: table.national for table in office.counted(person(service(15)))}
    alarm = [value.year for value in found["tjenester"]["6"]]
    assert [2018, 2022] == alarm
    located = [(value.year, value.value) for value in found["tjenester"]["26"]]
    assert [(2017, 533), (2018, 1337), (2019, 2333), (2020, 3454)] == located
    doctor = found["langtidsopphold"]["poVurdLege"]
    assert [(2021, 89.6, "percent", "Norge")] == [
        (value.year, value.value, value.unit, value.place) for value in doctor
    ]
    assert [2014, 2017, 2022] == [value.year for value in found["langtidsopphold"]["personer"]]
    assert 2019 not in {value.year for value in found["tjenester"]["rehabilitering"]}
    assert {} == found["omsorgstrappen"]


def test_a_statement_that_speaks_of_an_unknown_line_or_column_is_told(office: Office) -> None:
    with closing(office.run([person()], 2019, "")) as run:
        now = run.measure()
        assert now is not None
        answers = now.both(asks())
        for row in (("ukjent", "antall", 1, None), ("1", "ukjent", 1, None)):
            with pytest.raises(TableError, match="ukjent finnes ikke"):
                tabulate(now, {**answers, "tabeller/tjenester": Answer([row], [])})


def test_a_checklist_for_each_institution(office: Office) -> None:
    answers = {"poLegeMiddGj": "1", "poLegeMiddGjDato": "20190301", "poVurdLege": "201812"}
    first, second = office.residents(
        person(service(21).replace("<tjInstOrgnr>974767880</tjInstOrgnr>", ""), age=12),
        person(service(21), info(**answers, poIndPlan="3"), age=90),
        person(service(21), info(poErnKartlagt="2"), age=70),
        person(service(21, til="20190401")),
        person(service(21), dead="20190401"),
        person(service(15)),
        units="orgnr;navn;næringskode\n974767880;Solsiden;87.101\n",
    )
    assert (None, None, ("1",)) == (first.unit, first.name, _persons(first))
    assert ("974767880", "Solsiden", ("2", "3")) == (second.unit, second.name, _persons(second))
    assert [
        ("ja", "mangler", "gammel", "mangler", "oensker_ikke"),
        ("mangler", "nei", "mangler", "mangler", "mangler"),
    ] == [tuple(mark.word for mark in resident.marks) for resident in second.residents]
    old = second.residents[0]
    assert (90, "20190301") == (old.age, old.since)
    assert ["20190301", None, "201812", None, None] == [mark.date for mark in old.marks]
    assert (1, 2, 2, 2, 1) == second.still_open
    assert (0, 0, 0, 0, 1) == first.still_open
    assert "Legemiddelgjennomgang" == second.points[0].nb


def test_a_checklist_hides_a_person_number_that_is_used_as_an_id(office: Office) -> None:
    number = "15076500565"
    (only,) = office.residents(
        person(service(21)).replace("<PERSON>", f'<PERSON pePeID="{number}">')
    )
    assert number not in repr(only)


def _persons(found: Checklist) -> tuple[str, ...]:
    return tuple(resident.person for resident in found.residents)


EVERY_PAGE = [*layouts(), checklist_layout()]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.id)
def test_a_page_says_the_same_in_three_languages(page: Layout) -> None:
    for text in (page.title, page.note, *(line.name for line in page.names)):
        assert all((text.nb, text.nn, text.en))
        assert text.nb != text.en or len(text.nb) < 10
    assert ["Kilde: ", "Kjelde: ", "Source: "] == [
        word
        for word, note in zip(
            ("Kilde: ", "Kjelde: ", "Source: "),
            (page.note.nb, page.note.nn, page.note.en),
            strict=True,
        )
        if word in note
    ]


def test_tables_are_shown_in_the_authority_s_order() -> None:
    numbers = [layout.number for layout in layouts()]
    assert all(low < high for low, high in pairwise(numbers))


WRONG = {
    "overskriften må begynne med": ("# tjenester ", "# andre "),
    "ukjent nøkkel farge": ("nummer = 1", 'nummer = 1\nfarge = "grønn"'),
    "må finnes på nb, nn og en": ('en = "Recipients in all"', ""),
    "siden må ha én sql-blokk": ("```sql", "```sqlite"),
    "«Hvorfor»": ("## Hvorfor", "## Derfor"),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_page_that_is_wrong_is_refused(why: str, tmp_path: Path) -> None:
    page = (assets.rules() / "tabeller" / "tjenester.md").read_text(encoding="utf-8")
    path = tmp_path / "tjenester.md"
    path.write_text(page.replace(*WRONG[why]), encoding="utf-8")
    with pytest.raises(PageError, match=why):
        load(path)
