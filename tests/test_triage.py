"""The register's triage: a small inbox gone through, and what is made of many deliveries."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import fsspec
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.texts import texts
from kpr_validator.triage.board import board
from kpr_validator.triage.drawn import WIDTH, curve
from kpr_validator.triage.inbox import glimpse
from kpr_validator.triage.model import (
    Delivery,
    Found,
    Hit,
    Kind,
    Known,
    Part,
    Place,
    Settled,
    Warn,
)
from kpr_validator.triage.numbers import SERVICES, parts
from kpr_validator.triage.outliers import funnels
from kpr_validator.triage.pairing import pair
from kpr_validator.triage.recognise import recognise
from kpr_validator.triage.services import RECIPIENTS, zero_reporters
from kpr_validator.triage.shared_faults import shared_faults
from kpr_validator.triage.summed import by_municipality
from kpr_validator.triage.supplied import ListError, Supplied, read_lists
from kpr_validator.triage.suspects import suspects
from kpr_validator.triage.watch import watch
from tests.triage_samples import PLACES, YEAR, delivery, settled

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = assets.schemas().parent / "examples"
ELEVEN = re.compile(r"(?<![0-9a-f])[0-9]{11}(?![0-9a-f])")


# The small inbox -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an inbox with one of each kind of file."""
    folder = tmp_path_factory.mktemp("inbox")
    text = (EXAMPLES / "typiske-feil.xml").read_text("utf-8")
    right = (EXAMPLES / "feilfri.xml").read_text("utf-8")
    later = text.replace("<iiLopenr>1<", "<iiLopenr>2<")
    (folder / "kommune").mkdir()
    shutil.copy(EXAMPLES / "feilfri.xml", folder / "kommune" / "a.xml")
    shutil.copy(EXAMPLES / "feilfri-ident.xml", folder / "kommune" / "ident.xml")
    (folder / "kommune" / "b.xml").write_text(later, "utf-8")
    (folder / "kommune" / "c.xml").write_text(later, "utf-8")
    shutil.copy(EXAMPLES / "fjoraaret.xml", folder / "i fjor.xml")
    (folder / "brukket.xml").write_text(text[:4000], "utf-8")
    (folder / "feil kommune.xml").write_text(
        right.replace("<iiKomnr>1820<", "<iiKomnr>9999<"), "utf-8"
    )
    (folder / "for nytt.xml").write_text(
        text.replace("<iiFraDato>2019", "<iiFraDato>2021"), "utf-8"
    )
    (folder / "prøve.xml").write_text(
        right.replace("<iiLagetDato>20200108", "<iiLagetDato>20191120"), "utf-8"
    )
    (folder / "notat.txt").write_text("Ring Testperson.", "utf-8")
    (folder / ".skjult.xml").write_text("<IPLOS/>", "utf-8")
    return folder


def _triage(inbox: Path | str, output: Path, *options: str) -> str:
    run = CliRunner().invoke(
        app,
        ["triage", str(inbox), "--year", str(YEAR), "--output", str(output), "--workers", "1",
         "--test-data", *options],
    )  # fmt: skip
    assert run.exit_code == 0, run.output
    return run.output


@pytest.fixture(scope="module")
def triaged(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a triage."""
    output = tmp_path_factory.mktemp("triage") / "tavle"
    lists = tmp_path_factory.mktemp("lister")
    (lists / "kontakter.csv").write_text(
        "kommunenr;navn;telefon;epost\n0101;Kari Testperson;00000000;kari@example.invalid\n"
    )
    (lists / "hentet.csv").write_text("kommunenr;dato\n1820;14.01.2020\n")
    (lists / "mottatt.csv").write_text("fil;dato\nkommune/b.xml;13.01.2020\n")
    words = ["--contacts", str(lists / "kontakter.csv"), "--fetched", str(lists / "hentet.csv")]
    words += ["--arrived", str(lists / "mottatt.csv")]
    _triage(inbox, output, *words, "--now", "2020-01-16T08:00")
    return output


def _asked(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what a query gives; its tables are files of the folder."""
    with duckdb.connect() as con:
        con.execute(f"SET file_search_path = '{folder / 'parquet'}'")
        return list(con.sql(query).fetchall())


def test_every_file_has_a_role_and_none_is_lost(triaged: Path) -> None:
    """What is hidden is no file of the inbox."""
    roles = _asked(triaged, "SELECT file, role, reason FROM 'deliveries.parquet'")
    assert sorted(roles) == [
        ("brukket.xml", "corrupt", "LES-03"),
        ("feil kommune.xml", "unknown", "municipality"),
        ("for nytt.xml", "wrong_year", None),
        ("i fjor.xml", "last_year", None),
        ("kommune/a.xml", "history", None),
        ("kommune/b.xml", "stands", None),
        ("kommune/c.xml", "copy", None),
        ("kommune/ident.xml", "ident", None),
        ("notat.txt", "other", None),
        ("prøve.xml", "trial", None),
    ]


def test_the_tables_tell_when_a_file_arrived(triaged: Path) -> None:
    """Nothing of those that the user has not listed."""
    query = "SELECT file, arrived FROM 'deliveries.parquet' WHERE arrived IS NOT NULL"
    assert _asked(triaged, query) == [("kommune/b.xml", "20200113")]


def test_the_tables_hold_what_stands(triaged: Path) -> None:
    """The findings, the rules and the numbers are those of the one delivery that stands."""
    one = _asked(triaged, "SELECT sha256 FROM 'deliveries.parquet' WHERE role = 'stands'")
    for query in (
        "SELECT DISTINCT sha256 FROM 'findings.parquet'",
        "SELECT DISTINCT sha256 FROM 'tallies.parquet'",
        "SELECT DISTINCT sha256 FROM 'indicators.parquet'",
    ):
        assert _asked(triaged, query) == one
    counted = _asked(
        triaged,
        "SELECT severity, count(*) FROM 'findings.parquet' WHERE cause IS NULL"
        " GROUP BY ALL ORDER BY ALL",
    )
    kept = _asked(
        triaged, "SELECT error, info, warning FROM 'deliveries.parquet' WHERE role = 'stands'"
    )
    assert dict(counted) == dict(zip(("error", "info", "warning"), kept[0], strict=True))


def test_what_is_left_can_be_read_by_the_owner_alone(triaged: Path) -> None:
    """Files 0600 and folders 0700, all the way down."""
    modes = {
        (path.is_dir(), path.stat().st_mode & 0o777) for path in [triaged, *triaged.rglob("*")]
    }
    assert modes == {(True, 0o700), (False, 0o600)}


def test_no_identity_stands_in_the_clear(triaged: Path, inbox: Path) -> None:
    """Not in the state, the tables or the board: what is compared is hashed with a key."""
    idents = set(ELEVEN.findall((inbox / "kommune" / "ident.xml").read_text("utf-8")))
    assert idents
    for path in triaged.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert [number for number in idents if number.encode() in data] == [], path.name


def test_the_board_tells_who_has_not_delivered_and_whom_to_call(triaged: Path) -> None:
    """And who has fetched, how often was delivered, and that the time is the user's."""
    page = (triaged / "tavle.html").read_text("utf-8")
    book = load_workbook(triaged / "tavle.xlsx", read_only=True)
    missing = list(book["Har ikke levert"].iter_rows(values_only=True))
    people = "Kari Testperson 00000000 kari@example.invalid"
    assert ("0101 Halden", "Østfold", None, "nei", people) == missing[1]
    assert len(PLACES) == len(missing)  # all but one, and the heading
    heading, row = list(book["Kommunene, de som mister mest,"].iter_rows(values_only=True))[:2]
    told = dict(zip(heading, row, strict=True))
    assert "1820 Alstahaug" == told["Kommune"]
    assert (2, "14.01.2020") == (int(str(told["Ganger levert"])) - 1, told["Hentet"])
    assert "16.01.2020 08:00" in page
    assert "1 av 422 kommuner har levert." in page


@pytest.mark.slow
def test_the_board_links_to_the_feedback_which_holds_letter_and_shared_files(
    tmp_path: Path,
) -> None:
    """Ready to send, for each delivery."""
    (tmp_path / "inn").mkdir()
    text = (EXAMPLES / "typiske-feil.xml").read_text("utf-8")
    (tmp_path / "inn" / "a.xml").write_text(text.replace("<iiLopenr>1<", "<iiLopenr>2<"), "utf-8")
    triaged = tmp_path / "tavle"
    _triage(tmp_path / "inn", triaged, "--feedback", "--share", "10", "--pdf")
    page = (triaged / "tavle.html").read_text("utf-8")
    link = re.search(r'href="(tilbakemelding/1820-\w+/tilbakemelding-1820-2019-2\.html)"', page)
    assert link
    names = {path.name for path in (triaged / link[1]).parent.iterdir()}
    assert {"tilbakemelding-1820-2019-2-brev-nb.txt", "tilbakemelding-1820-2019-2-deling.html",
            "tilbakemelding-1820-2019-2.xlsx",
            "tilbakemelding-1820-2019-2.pdf"} <= names  # fmt: skip
    shared = [triaged / f"tavle-deling.{ending}" for ending in ("html", "xlsx")]
    assert ["a.xml" in page, "a.xml" in shared[0].read_text("utf-8")] == [False, False]
    assert 'href="tilbakemelding' not in shared[0].read_text("utf-8")
    assert {path.stat().st_mode & 0o777 for path in shared} == {0o600}
    own = json.loads(next((triaged / link[1]).parent.glob("*-deling.json")).read_text("utf-8"))
    counts = {rule["id"]: rule["violations"] for rule in own["rules"]}
    rows = list(load_workbook(shared[1])["Regler"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows] == [counts[str(row[0])] for row in rows] != []
    _triage(tmp_path / "inn", triaged)
    assert [path for path in shared if path.exists()] == []


def test_a_pdf_that_can_t_be_made_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the user is told what to install."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    words = ["triage", str(tmp_path), "--year", "2019", "--output", str(tmp_path / "ut"), "--pdf"]
    run = CliRunner().invoke(app, words)
    assert (run.exit_code, "WeasyPrint" in run.output) == (2, True)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_second_run_judges_nothing_and_the_board_is_the_same(
    triaged: Path, inbox: Path, language: str, tmp_path: Path
) -> None:
    """Byte for byte, wherever it is made and whatever the clock says."""
    copy = tmp_path / "tavle"
    shutil.copytree(triaged, copy)
    first = _triage(inbox, copy, "--lang", language)
    page = (copy / "tavle.html").read_bytes()
    os.utime(inbox / "kommune" / "b.xml", (10**9, 10**9))
    assert _triage(inbox, copy, "--lang", language) == first
    assert re.match(r"\D*0\D+6", first)
    assert (copy / "tavle.html").read_bytes() == page


def test_a_zip_is_an_inbox_too(triaged: Path, inbox: Path, tmp_path: Path) -> None:
    """And what was judged in a folder is known in it."""
    archive = shutil.make_archive(str(tmp_path / "inn"), "zip", inbox)
    copy = tmp_path / "tavle"
    shutil.copytree(triaged, copy)
    assert re.match(r"\D*0\D+6", _triage(archive, copy))
    roles = _asked(copy, "SELECT role, count(*) FROM 'deliveries.parquet' GROUP BY 1")
    assert dict(roles)["stands"] == 1


def test_an_address_is_an_inbox_too(tmp_path: Path) -> None:
    """Any that fsspec knows; the names are those at the address."""
    memory = fsspec.filesystem("memory")
    memory.pipe("/inn/0101/ident.xml", (EXAMPLES / "feilfri-ident.xml").read_bytes())
    _triage("memory://inn", tmp_path / "tavle")
    told = _asked(tmp_path / "tavle", "SELECT file, role, reason FROM 'deliveries.parquet'")
    assert told == [("0101/ident.xml", "ident", "unpaired")]


@pytest.mark.parametrize(
    "words",
    [
        ["/finnes/ikke", "--year", "2019"],
        ["ukjent://register/2019", "--year", "2019"],
        ["ukjent://register/2019", "--year", "2019", "--watch"],
        [".", "--year", "2019", "--share", "7"],
        [".", "--year", "2019", "--now", "i går"],
        [".", "--year", "2019", "--contacts", "README.md"],
    ],
)
def test_a_wish_that_can_t_be_met_is_refused_in_one_line(words: list[str], tmp_path: Path) -> None:
    """Without a trace of the program."""
    run = CliRunner().invoke(app, ["triage", *words, "--output", str(tmp_path / "ut")])
    assert (run.exit_code, run.output.count("\n")) == (2, 1)


def test_an_inbox_that_is_followed_is_gone_through_again_when_it_has_changed(
    tmp_path: Path,
) -> None:
    """And when the last time did not finish, until it is interrupted."""
    codes, waits = iter([3, 0, 0]), iter([None, None, "b.xml", None, KeyboardInterrupt()])
    runs = []

    def run() -> int:
        runs.append(sorted(path.name for path in tmp_path.iterdir()))
        return next(codes)

    def sleep(_seconds: float) -> None:
        event = next(waits)
        if isinstance(event, BaseException):
            raise event
        if event:
            (tmp_path / event).write_text("<IPLOS/>", "utf-8")

    assert watch(lambda: glimpse(str(tmp_path), tmp_path / "tavle"), run, sleep) == 0
    assert runs == [[], [], ["b.xml"]]


@pytest.mark.slow
def test_a_changed_rule_is_shown_before_it_is_adopted(triaged: Path, inbox: Path) -> None:
    """The board stays as it is."""
    page = (triaged / "tavle.html").read_bytes()
    pages = triaged.parent / "regler"
    pages.mkdir()
    ours = assets.rules() / "lege-tannlege" / "LEG-01.md"
    told = ours.read_text("utf-8")
    changed = told.replace("NOT besvart AS brudd", "besvart AND NOT besvart AS brudd")
    (pages / "LEG-01.md").write_text(changed, "utf-8")
    output = _triage(inbox, triaged, "--what-if", str(pages))
    assert [line.strip() for line in output.splitlines()] == [
        "Hva om reglene ble endret?",
        "LEG-01: 0 kommuner (før 1), 0 funn (før 35)",
    ]
    assert (triaged / "tavle.html").read_bytes() == page


@pytest.mark.slow
def test_a_changed_concept_is_shown_before_it_is_adopted(
    triaged: Path, inbox: Path, tmp_path: Path
) -> None:
    """It is used by every rule that builds on it, and by nothing afterwards."""
    ours = assets.rules() / "begreper" / "lege_tannlege.sql"
    nobody = ["SELECT * FROM (", ours.read_text("utf-8"), ") WHERE 0"]
    (tmp_path / ours.name).write_text("\n".join(nobody), "utf-8")
    output = _triage(inbox, triaged, "--what-if", str(tmp_path))
    assert "LEG-01: 0 kommuner (før 1), 0 funn (før 35)" in output
    (tmp_path / ours.name).write_text("SELECT * FROM ingensteds")
    words = ["triage", str(inbox), "--year", "2019", "--output", str(triaged)]
    run = CliRunner().invoke(app, [*words, "--what-if", str(tmp_path)])
    assert (run.exit_code, "ingensteds" in run.output, run.output.count("\n")) == (2, True, 1)
    assert re.match(r"\D*0\D+6", _triage(inbox, triaged))


# What is made of many deliveries ---------------------------------------------------------------


def _roles(settled: Settled) -> dict[str, str]:
    return {one.found.name: one.role.value for one in settled.deliveries}


def test_the_last_by_number_and_day_stands_and_a_choice_goes_before() -> None:
    """The number counts as a number, and no clock of ours is asked."""
    several = [
        delivery("0101", name="a", sending="9", extracted="20200110"),
        delivery("0101", name="b", sending="10", extracted="20200105"),
        delivery("0101", name="c", sending="10", extracted="20200106"),
    ]
    assert _roles(settled(several)) == {"a": "history", "b": "history", "c": "stands"}
    (stands,) = settled(several).standing
    assert stands.warnings == (Warn.SAME_NUMBER,)
    (chosen,) = settled(several, {Place("0101"): "sha-a"}).standing
    assert (chosen.found.name, chosen.warnings) == ("a", (Warn.CHOSEN,))


def test_a_delivery_with_more_than_a_tenth_fewer_persons_is_warned_of() -> None:
    """One with just a tenth fewer is not."""
    for persons, expected in ((89, (Warn.FEWER,)), (90, ())):
        several = [
            delivery("0101", name="a"),
            delivery("0101", name="b", sending="2", persons=persons),
        ]
        assert settled(several).standing[0].warnings == expected


def test_a_later_delivery_that_is_refused_does_not_stand() -> None:
    """The receiver keeps the one before it."""
    several = [
        delivery("0101", name="a"),
        delivery("0101", name="b", sending="2", verdict="rejected"),
    ]
    (stands,) = settled(several).standing
    assert (stands.found.name, stands.warnings) == ("a", (Warn.LATER_REFUSED,))


def test_districts_stand_each_for_itself_and_are_added() -> None:
    """A whole beside them is warned of."""
    services = [Part(SERVICES, RECIPIENTS, False, 100, 100)]  # noqa: FBT003
    several = [
        delivery("0301", name=f"{n}", district=n, parts=services) for n in ("01", "02", "00")
    ]
    told = settled(several)
    assert _roles(told) == {"00": "stands", "01": "stands", "02": "stands"}
    (oslo,) = by_municipality(told.standing)
    assert (oslo.persons, oslo.parts[SERVICES, RECIPIENTS].sent) == (300, 300)
    assert {one.warnings for one in told.standing} == {(Warn.PARTS_AND_WHOLE,)}


def test_the_districts_that_lack_are_named_where_another_has_delivered() -> None:
    """Not where the whole municipality has, nor what was no district in the year."""
    several = [
        *(delivery("0301", name=f"{n:02}", district=f"{n:02}") for n in range(1, 14)),
        delivery("1103", name="tasta", district="02"),
        *(delivery("1201", name=f"bergen {n}", district=n) for n in ("00", "01")),
    ]
    told = board(settled(several), Supplied()).missing
    lacking = [(*one.place, one.district) for one in told if one.district]
    assert lacking == [
        ("0301", "14", "Nordstrand"), ("0301", "15", "Søndre Nordstrand"),
        ("1103", "01", "Hundvåg"), ("1103", "03", "Eiganes og Våland"), ("1103", "04", "Madla"),
        ("1103", "05", "Storhaug"), ("1103", "06", "Hillevåg"), ("1103", "07", "Hinna"),
    ]  # fmt: skip
    whole = {one.place.municipality for one in told if not one.district}
    assert whole == set(PLACES) - {"0301", "1103", "1201"}


def test_what_belongs_together_is_paired() -> None:
    """By municipality, folder and number; last year's by what the municipality was then."""

    def file(name: str, kind: Kind, number: str, year: int, sending: str = "1") -> Delivery:
        known = Known(kind, number, "00", year, sending, "20200108")
        return replace(delivery(number), found=Found(name, Path(name), name), known=known)

    given = [
        file("1820/iplos.xml", Kind.SENDING, "1820", YEAR, "2"),
        file("1820/a-ident.xml", Kind.IDENT, "1820", YEAR, "2"),
        file("1820/b-ident.xml", Kind.IDENT, "1820", YEAR, "1"),
        file("annen/ident.xml", Kind.IDENT, "1820", YEAR, "3"),
        file("gammel.xml", Kind.SENDING, "1820", YEAR - 1, "1"),
        file("5061.xml", Kind.SENDING, "5061", YEAR),
        file("1567.xml", Kind.SENDING, "1567", YEAR - 1),
    ]
    rindal, alstahaug = pair([(one.found, one.known) for one in given][::-1], YEAR)
    assert [one and one.name for one in alstahaug.files()] == [
        "1820/iplos.xml", "1820/a-ident.xml", "gammel.xml", None,
    ]  # fmt: skip
    assert rindal.last_year
    assert rindal.last_year.name == "1567.xml"


def test_last_year_is_of_all_that_became_the_municipality_or_of_none() -> None:
    """Moss of 0104 and 0136; of Lillestrøm one lacks, and Narvik got a part of Tysfjord."""
    before = ("0104", "0136", "0226", "0231", "1805", "1850", "1854")
    old = [(number, YEAR) for number in before]
    new = [(number, YEAR + 1) for number in ("1806", "3002", "3030")]
    files = [
        (
            Found(f"{number}-{year}.xml", Path(number), number),
            Known(Kind.SENDING, number, year=year),
        )
        for number, year in (*old, *new)
    ]
    narvik, moss, lillestroem = pair(files, YEAR + 1)
    told = [[one.name for one in each.joined] for each in (narvik, moss, lillestroem)]
    assert told == [[], ["0104-2019.xml", "0136-2019.xml"], []]
    assert moss.key("") != replace(moss, joined=moss.joined[:1]).key("")


def test_the_numbers_of_those_that_were_joined_are_summed(tmp_path: Path) -> None:
    """With one that can't be read there are none."""
    file = EXAMPLES / "fjoraaret.xml"
    broken = tmp_path / "a.xml"
    broken.write_text(file.read_text("utf-8")[:4000], "utf-8")
    with check_file(str(EXAMPLES / "feilfri.xml"), Options()) as report:
        figures = report.figures()
    alone, twice, none = (
        {(one.of, one.part): one.before for one in parts(figures, map(str, files), Options())}
        for files in ([file], [file, file], [file, broken])
    )
    assert alone[SERVICES, RECIPIENTS]
    assert twice == {key: n and 2 * n for key, n in alone.items()}
    assert set(none.values()) == {None}


def test_the_same_fault_of_a_version_is_found_and_a_common_one_is_not() -> None:
    """«felles feil i 6 kommuner med system X versjon Y»."""
    own = Hit("IP-01", "poIndPlan", "violations", 10, 3, 3, "warning")
    everywhere = Hit("LEG-01", None, "violations", 10, 1, 1, "warning")
    several = [
        delivery(number, hits=[own, everywhere] if at < 6 else [everywhere],
                  version="2" if at < 6 else "1")
        for at, number in enumerate(PLACES[:40])
    ]  # fmt: skip
    (found,) = shared_faults(several)
    assert (found.rule, found.system, found.version, found.municipalities) == (
        "IP-01", "A", "2", tuple(PLACES[:6]),
    )  # fmt: skip
    assert (found.of, found.findings, found.elsewhere, found.others) == (6, 18, 0, 34)


def _with_services(counts: Sequence[tuple[int, int]], before: int | None = None) -> list[Delivery]:
    """Return a delivery for each pair of recipients and those with service 15."""
    return [
        delivery(
            PLACES[at],
            parts=[
                Part(SERVICES, RECIPIENTS, False, every, every, before),  # noqa: FBT003
                Part(SERVICES, "15", False, some, some),  # noqa: FBT003
            ],
        )
        for at, (every, some) in enumerate(counts)
    ]


def test_those_who_report_nobody_are_named_where_others_report_many() -> None:
    """Two of two hundred recipients have it: that five report none is no chance."""
    country = by_municipality(_with_services([(200, 20)] * 60 + [(200, 0)] * 5))
    (service,) = zero_reporters(country)
    assert (service.silent, service.reporters, service.is_surprising) == (5, 60, True)
    assert [zero.municipality for zero in service.zeros] == PLACES[60:65]
    assert [round(zero.expected) for zero in service.zeros] == [20] * 5


def test_a_service_that_few_have_surprises_nobody() -> None:
    """Half of the municipalities would have none by chance."""
    country = by_municipality(_with_services([(100, 1)] * 40 + [(100, 0)] * 40))
    (service,) = zero_reporters(country)
    assert (service.is_surprising, service.zeros) == (False, ())


def test_an_outlier_is_told_by_its_size_and_the_small_are_left_in_peace() -> None:
    """The same share is far out where many are counted, and chance where few are."""
    ordinary = [(1000, 100 + at % 7) for at in range(60)]
    country = by_municipality(_with_services([*ordinary, (1000, 250), (8, 2)]))
    (funnel,) = funnels(country, {})
    assert [point.municipality for point in funnel.outliers] == [PLACES[60]]


def test_far_fewer_recipients_than_last_year_are_told_of() -> None:
    """Forty per cent fewer, as Herøy, Leirfjord and Dønna in 2021."""
    several = _with_services([(1000, 0)] * 40 + [(600, 0)], before=1000)
    (funnel,) = funnels(by_municipality(several), {})
    assert (funnel.is_change, [one.municipality for one in funnel.outliers]) == (True, [PLACES[40]])


def test_groups_are_compared_by_themselves() -> None:
    """What is usual in one KOSTRA group is far out in another."""
    counts = [(1000, 100 + at % 5) for at in range(30)] + [(1000, 300 + at % 5) for at in range(30)]
    several = by_municipality(_with_services([*counts, (1000, 300)]))
    groups = {number: "1" if at < 30 or at == 60 else "2" for at, number in enumerate(PLACES)}
    out = {
        funnel.group: [p.municipality for p in funnel.outliers]
        for funnel in funnels(several, groups)
    }
    assert out == {"1": [PLACES[60]]}


def test_a_person_in_five_municipalities_is_a_suspected_test_person() -> None:
    """In four, or many times in one, it is not."""
    met = {number: [("in all", "7"), ("in four", "8")] for number in PLACES[:5]}
    met[PLACES[4]] = [("in all", "7"), *(("in one", str(person)) for person in range(5))]
    several = [delivery(number, identities=told) for number, told in met.items()]
    (found,) = suspects(several)
    assert found == tuple((number, "7") for number in PLACES[:5])


def test_the_curve_counts_each_municipality_once() -> None:
    """Whoever delivers again has delivered."""
    several = [
        delivery("0101", name="a", extracted="20200103"),
        delivery("0101", name="b", extracted="20200108", sending="2"),
        delivery("0104", name="c", extracted="20200108"),
    ]
    told = board(settled(several), Supplied())
    assert [tuple(day) for day in told.days] == [("20200103", 1, 1), ("20200108", 2, 2)]
    drawn = [x for x, *_ in curve(told, texts("nb")).days]
    assert drawn == pytest.approx([WIDTH / 6, WIDTH])  # six days, four of them without any


def test_the_curve_is_of_arrivals_where_the_user_has_listed_them(tmp_path: Path) -> None:
    """By name or hash; whoever came first after 15 January is late, and who isn't listed undated.

    The day of extraction would have had them all in time.
    """
    several = [
        delivery("0101", name="a b.xml"),
        delivery("0101", name="c.xml", sending="2"),
        replace(one := delivery("0104", name="d.xml"), found=replace(one.found, sha256="0a" * 32)),
        delivery("0105", name="e.xml"),
    ]
    path = tmp_path / "mottak.csv"
    path.write_text("dato;fil\n2020-01-15T23:59;a b.xml\n16.01.2020;c.xml\n16.01.2020;0a0a0a0a0a\n")
    told = board(settled(several), read_lists(arrived=path))
    assert [tuple(day) for day in told.days] == [("20200115", 1, 1), ("20200116", 2, 2)]
    assert {row.municipality: row.is_late for row in told.rows} == {
        "0101": False, "0104": True, "0105": False,
    }  # fmt: skip
    assert (told.undated, curve(told, texts("nb")).deadline) == (1, WIDTH / 2)


def test_a_list_of_arrivals_with_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    """With its line, empty ones counted."""
    path = tmp_path / "mottak.csv"
    path.write_text("fil;dato\na.xml;2020-01-14\nb.xml;30.02.2020\n")
    with pytest.raises(ListError) as refused:
        read_lists(arrived=path)
    assert refused.value.values["line"] == 3


def test_what_no_message_says_is_recognised_as_nothing(tmp_path: Path) -> None:
    """A picture called XML is damaged, a receipt is unknown, a list of units is one."""
    files = {
        "bilde.xml": b"\x89PNG\r\n\x1a\n",
        "svar.xml": b'<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2004-11-21"/>',
        "tom.xml": b"",
        "enheter.csv": "orgnr;navn;næringskode\n".encode(),
    }
    kinds = {}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        kinds[name] = recognise(Found(name, tmp_path / name))[1].kind.value
    assert kinds == {
        "bilde.xml": "corrupt", "svar.xml": "unknown", "tom.xml": "corrupt", "enheter.csv": "units",
    }  # fmt: skip


QUERIES = re.findall(
    r"```sql\n(.*?)```", (EXAMPLES.parent / "docs" / "triage.md").read_text(), re.DOTALL
)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0].strip("- "))
def test_every_query_of_the_document_answers(query: str, triaged: Path) -> None:
    """The rows are about the delivery that stands."""
    assert _asked(triaged, query) != []
