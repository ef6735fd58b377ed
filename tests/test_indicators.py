"""Every indicator page: its examples through the whole pipeline, and what a page must not be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator import concepts, consequence, gather, measure
from kpr_validator.figures import Count, Figure, Part
from kpr_validator.indicators import all_indicators, indicator_files, load_indicator
from kpr_validator.lint import lint_indicator
from kpr_validator.measure import Ask
from kpr_validator.model import Text
from kpr_validator.pipeline import Options, Run, check_file
from kpr_validator.rules import PageError
from tests.wrapper import wrapped, wrapped_ident

if TYPE_CHECKING:
    from kpr_validator.figures import Figures
    from kpr_validator.indicators import Page
    from kpr_validator.measure import Measure
    from kpr_validator.worked import Example

ROOT = Path(__file__).parent.parent
TYPICAL = ROOT / "examples" / "typiske-feil.xml"
LAST_YEAR = ROOT / "examples" / "fjoraaret.xml"
AT_HOME = ROOT / "rules" / "indikatorer" / "individuell-plan-hjemme.md"
PAGES = [load_indicator(path) for path in indicator_files()]
CASES = [
    pytest.param(page, example, id=f"{page.indicator.id}:{example.line}")
    for page in PAGES
    for example in page.examples
]
AN_UNDOCUMENTED_YEAR = "LES-13"
PLAN = "<PERSONOPPL><poHab>1</poHab><poIndPlan>1</poIndPlan></PERSONOPPL>"


@pytest.mark.parametrize("path", indicator_files(), ids=lambda path: path.stem)
def test_every_page_of_the_product_is_sound(path: Path) -> None:
    assert lint_indicator(path).id == path.stem


@pytest.mark.parametrize(("page", "example"), CASES)
def test_an_example_gives_the_numbers_that_its_page_says(
    page: Page, example: Example, tmp_path: Path
) -> None:
    """Every part, as sent and as received, and the parts are all of the nevner."""
    with check_file(*_files(example, tmp_path)) as report:
        stopped = {f.rule for f in report.findings() if f.rule.startswith(("XSD", "LES"))}
        figures = report.figures()
        assert figures is not None
        figure = _of(figures, page.indicator.id)
        behind = {part.id: figures.persons[figure.id, part.id] for part in figure.parts}

    assert stopped <= {AN_UNDOCUMENTED_YEAR}
    assert {part.id: part.count.sent for part in figure.parts if part.count.sent} == {
        name: count for name, count in example.sent.items() if count
    }
    assert {part.id: part.count.received for part in figure.parts if part.count.received} == {
        name: count for name, count in example.received.items() if count
    }
    assert figure.total.sent == sum(example.sent.values())
    for part in figure.parts:
        assert bool(behind[part.id]) == bool(part.count.sent)
        if figure.unit == "persons":
            assert len(set(behind[part.id])) == part.count.sent


def test_a_person_a_stay_or_a_service_stands_in_one_part_only() -> None:
    """On a submission with every kind of fault."""
    with closing(Run(Options())) as run:
        run.report(str(TYPICAL))
        for indicator in all_indicators().values():
            one = "person_rad" if indicator.unit == "persons" else "rad"
            statement = f"SELECT count(*), count(DISTINCT {one}) FROM ({indicator.sql})"  # noqa: S608
            ((every, different),) = _measure(run).sent(Ask(statement, indicator.values(2019)))
            assert (indicator.id, every) == (indicator.id, different)


@pytest.mark.parametrize(
    "path", [TYPICAL, ROOT / "examples" / "aar-2018.xml"], ids=lambda p: p.stem
)
def test_received_is_what_is_sent_by_one_who_leaves_out_what_falls(path: Path) -> None:
    """The overlay, against tables from which the same has been deleted and blanked for good."""
    with closing(Run(Options())) as run:
        run.report(str(path))
        figures = run.figures()
        assert figures is not None
        _make_lasting(run)
        again = gather.gather(_measure(run), None)
    assert [(f.id, [p.count.received for p in f.parts]) for f in figures.indicators] == [
        (f.id, [p.count.sent for p in f.parts]) for f in again.indicators
    ]
    differ = [f.id for f in figures.indicators for p in f.parts if p.count.sent != p.count.received]
    assert bool(differ) == (path == TYPICAL)


def test_counting_those_who_lose_something_is_as_good_as_counting_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every figure of a submission with every kind of fault, whichever way is taken."""
    found = []
    for few in (0, 1_000_000):
        monkeypatch.setattr(measure, "_FEW", few)
        with closing(Run(Options())) as run:
            run.report(str(TYPICAL))
            figures = run.figures()
            assert figures is not None
            found.append((figures.indicators, figures.tables))
    assert found[0] == found[1]


def _make_lasting(run: Run) -> None:
    """Do to the tables what the receiver does, and forget all concepts."""
    with consequence.as_received(run.con):
        for table in consequence.TABLES:
            run.con.execute(f"CREATE TABLE main.igjen_{table} AS SELECT * FROM {table}")  # noqa: S608
    for table in consequence.TABLES:
        run.con.execute(f"DELETE FROM main.{table}")  # noqa: S608
        run.con.execute(f"INSERT INTO main.{table} SELECT * FROM main.igjen_{table}")  # noqa: S608
    for name in run.con.made:
        run.con.execute(f"DELETE FROM main.{name}")  # noqa: S608
    concepts.unmake(run.con)
    run.con.execute("DELETE FROM funn")
    run.con.execute("DELETE FROM bortfall")


def _measure(run: Run) -> Measure:
    measure = run.measure()
    assert measure is not None
    return measure


def test_of_a_message_that_is_deleted_nothing_is_received(tmp_path: Path) -> None:
    info = "<INNHINFO><iiTilDato>20191130</iiTilDato></INNHINFO>"
    figure = _of(_figures(f"{info}<PERSON>{PLAN}</PERSON>", tmp_path), AT_HOME.stem)
    assert figure.total == Count(1, 0)
    assert (figure.share(), figure.share(received=True)) == (1.0, None)


def test_what_was_not_read_to_its_end_has_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "kuttet.xml"
    path.write_bytes(wrapped(f"<PERSON>{PLAN}</PERSON>")[:-40])
    with check_file(str(path), Options()) as report:
        assert report.figures() is None


def test_nothing_is_counted_until_somebody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("kpr_validator.gather.gather", lambda now, _before: asked.append(now))
    path = tmp_path / "sendt.xml"
    path.write_bytes(wrapped(f"<PERSON>{PLAN}</PERSON>"))
    with check_file(str(path), Options()) as report:
        assert asked == []
        report.figures()
    assert len(asked) == 1


def test_last_year_is_counted_by_the_rules_of_its_own_year(tmp_path: Path) -> None:
    """In 2018 it is the service that counts, in 2019 the person's information."""
    service = "<TJENESTE><tjTjenType>16</tjTjenType><tjFraDato>20180301</tjFraDato></TJENESTE>"
    before = tmp_path / "fjor.xml"
    person = f"<PERSON>{PLAN.replace('<poHab>1</poHab>', '')}{service}</PERSON>"
    before.write_bytes(wrapped(person, {"år": "2018"}))
    figures = _figures(f"<PERSON>{PLAN}</PERSON>", tmp_path, last_year=str(before))
    assert figures.last_year is not None
    figure = _of(figures.last_year, AT_HOME.stem)
    assert (figure.year, figure.total, figure.share()) == (2018, Count(1, 1), 1.0)
    assert [value.year for value in figure.published if value.place == "Norge"] == [
        2017,
        2018,
        2020,
    ]
    assert "relevant" in figure.parts[3].name.nb
    assert "oppfyller" in _of(figures, AT_HOME.stem).parts[3].name.nb


def test_a_file_from_another_year_is_not_last_year() -> None:
    with check_file(str(TYPICAL), Options(last_year=str(TYPICAL))) as report:
        figures = report.figures()
    assert figures is not None
    assert figures.last_year is None


def test_for_2019_no_published_value_is_shown(tmp_path: Path) -> None:
    assert _of(_figures(f"<PERSON>{PLAN}</PERSON>", tmp_path), AT_HOME.stem).published == ()


def test_a_person_number_is_never_told(tmp_path: Path) -> None:
    """Someone has used it as pePeID."""
    number = "01010750160"
    path = tmp_path / "sendt.xml"
    path.write_bytes(wrapped(f'<PERSON pePeID="{number}">{PLAN}</PERSON>'))
    with check_file(str(path), Options()) as report:
        figures = report.figures()
        assert figures is not None
        (told,) = figures.persons[AT_HOME.stem, "maaltall_1"]
        with pytest.raises(KeyError):
            figures.persons[AT_HOME.stem, "maaltall_9"]
    assert number not in told
    assert told.startswith("‹personnummer, linje ")


def test_a_row_that_is_none_of_the_parts_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that has none: a CASE without an answer."""
    text = AT_HOME.read_text(encoding="utf-8").replace("WHEN 'virksom' THEN 'maaltall_1'", "")
    text = text.replace("CASE plan", "CASE plan WHEN 'x' THEN 'x'")
    page = tmp_path / AT_HOME.name
    page.write_text(text, encoding="utf-8")
    broken = load_indicator(page).indicator
    monkeypatch.setattr(gather, "all_indicators", lambda: {broken.id: broken})
    with pytest.raises(gather.FigureError, match="del None finnes ikke i 2019"):
        _figures(f"<PERSON>{PLAN}</PERSON>", tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("# individuell-plan-hjemme ", "# plan-hjemme ", ":1: overskriften må begynne med"),
        ("\n\n```toml", "\n\nMer.\n\n```toml", ":1: under overskriften skal definisjonen stå"),
        ("## Hvorfor", "## Derfor", "siden mangler «Hvorfor»"),
        ("```toml", "```", "siden må ha én toml-blokk"),
        ('"indikator"', '"indikator', "toml:"),
        ("opphav ", "opphave ", "ukjent nøkkel ['opphave']"),
        ('"indikator"', '"kontroll"', ":6: opphav må være en av"),
        ("hjemmel        = [", "hjemmel = 1\nnivaa_ = [", "ukjent nøkkel ['nivaa_']"),
        ('"personer"', '"hoder"', ":13: enhet må være en av personer, opphold, tjenester"),
        ("= 10", "= 7", "smaa_tall må være en av 5, 10"),
        ('"kostragruppe"', '"gruppe"', "nivaa må være blant"),
        ('{ maal = "individuell_plan_hjemme", ', "{ ", "publisert mangler maal"),
        ('maal = "individuell_plan_hjemme"', 'maal = "plan"', "tall som ikke finnes"),
        ('en = "Recipients', 'fr = "Recipients', "tittel må finnes på nb, nn og en"),
        ('en = "The share', 'fr = "The share', "definisjon må finnes på nb, nn og en"),
        ('nn = "Måltal 2', 'dk = "Måltal 2', "ukjent nøkkel ['dk']"),
        ("teller = true", "teller = true\nmangler = true", "er både teller og mangler"),
        ("deler.maaltall_1", "deler.Maaltall", "ugyldig navn på del: Maaltall"),
        ("gjelder_fra = 2019", "gjelder_fra = 2018", "maaltall_4 har to navn samme år"),
        ("rad,\n    CASE", "rad AS r,\n    CASE", "SELECT må gi del, person_rad, rad"),
        ("FROM individuell_plan_hjemme", "FROM plan", "sql: no such table: plan"),
        ("SELECT\n", "DELETE FROM person; SELECT\n", "sql:"),
        ("CASE plan", "CASE :aar WHEN 2018 THEN plan", "årstallet 2018 hører hjemme i et begrep"),
        ("CASE plan", 'CASE "plan"', "dobbelt anførselstegn"),
        ("```xml eksempel", "```xml brudd", "ventet ikke «xml brudd"),
        (
            "maaltall_1 = 1\n",
            "maaltall_6 = 1\n",
            "ventet «<del> = <antall>», ikke «maaltall_6 = 1»",
        ),
        ("maaltall_1 = 1\n", "maaltall_2 = 1\n", "maaltall_2 står to ganger"),
        ("```svar", "```xml fjor", "ventet ikke «xml eksempel år=2018» her"),
        ("```svar", "```text", "ventet ikke «text» her"),
    ],
)
def test_a_page_that_is_not_sound_is_refused(
    tmp_path: Path, before: str, after: str, why: str
) -> None:
    """Each kind of fault is met by its own words, with file and line."""
    text = AT_HOME.read_text(encoding="utf-8")
    assert before in text
    page = tmp_path / "indikatorer" / AT_HOME.name
    page.parent.mkdir()
    page.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PageError, match=r"^indikatorer/individuell-plan-hjemme\.md:\d+: ") as error:
        lint_indicator(page)
    assert why in str(error.value)


def test_the_last_example_has_an_answer_too(tmp_path: Path) -> None:
    head, _, _ = AT_HOME.read_text(encoding="utf-8").rpartition("```svar")
    page = tmp_path / AT_HOME.name
    page.write_text(head, encoding="utf-8")
    with pytest.raises(PageError, match="eksempelet mangler svar"):
        load_indicator(page)


def test_a_page_has_two_examples_at_least(tmp_path: Path) -> None:
    head, *_ = AT_HOME.read_text(encoding="utf-8").split("I 2018 er det tjenesten")
    page = tmp_path / AT_HOME.name
    page.write_text(head, encoding="utf-8")
    with pytest.raises(PageError, match="minst 2 eksempler"):
        load_indicator(page)


def test_the_span_reaches_from_none_to_all_of_the_missing() -> None:
    name = Text("a", "a", "a")
    parts = (
        Part("ja", name, Count(3, 2), is_teller=True),
        Part("nei", name, Count(5, 5)),
        Part("mangler", name, Count(2, 3), is_missing=True),
    )
    figure = Figure("x", name, name, "persons", 2019, parts, (), (), is_ours=True, smallest=10)
    assert (figure.share(), figure.span()) == (0.3, (0.3, 0.5))
    assert (figure.share(received=True), figure.span(received=True)) == (0.2, (0.2, 0.5))


def _of(figures: Figures, name: str) -> Figure:
    return next(figure for figure in figures.indicators if figure.id == name)


def _figures(fragment: str, folder: Path, last_year: str | None = None) -> Figures:
    path = folder / "sendt.xml"
    path.write_bytes(wrapped(fragment))
    with check_file(str(path), Options(last_year=last_year)) as report:
        figures = report.figures()
    assert figures is not None
    return figures


def _files(example: Example, folder: Path) -> tuple[str, Options]:
    """Write an example's files; return the first, and the options that name the others."""
    main = folder / "eksempel.xml"
    main.write_bytes(wrapped(example.text, example.options))
    year = int(example.options.get("år", "2019"))
    paths: dict[str, str] = {}
    for kind, (text, words) in example.extra.items():
        path = folder / f"{kind}.fil"
        if kind == "enheter":
            path.write_text(text, encoding="utf-8")
        elif kind == "ident":
            path.write_bytes(wrapped_ident(text))
        else:
            path.write_bytes(wrapped(text, {"år": str(year - (kind == "fjor")), **words}))
        paths[kind] = str(path)
    return str(main), Options(
        ident=paths.get("ident"),
        last_year=paths.get("fjor"),
        previous=paths.get("forrige"),
        units=paths.get("enheter"),
    )
