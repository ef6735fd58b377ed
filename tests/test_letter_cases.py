"""The four persons of the letter of 2015, rightly and wrongly registered, give what is told."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from lxml import etree

from kpr_validator.pipeline import Options, check_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "examples" / "brev-2015"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
NONE = "–"
# Hours a week by service, as the letter sums them; None where it gives no hours.
LETTER: dict[str, dict[str, float | None]] = {
    "Kari": {"15": 5, "2": 2, "1": 1},
    "Ola": {"15": 121.5, "2": 10, "1": 25, "4": None, "14": None},
    "Elin": {"15": 3, "9": 3, "8": 20, "11": None},
    "Hamid": {"15": 5, "2": 2, "9": 3, "4": None},
}
ADDED = {"Ola": {"4": 15}, "Elin": {"11": 8}, "Hamid": {"4": 5}}  # hours that the message demands
PROCESS = "16"
# The fields that a wrong registration changes; with a row, what it repeats of others.
CHANGES = {
    "kari-2018-uten-start": {"tjFraDato", "tjTilDato"},
    "kari-2019-uten-dato": {"poHabDato"},
    "ola-2018-ikke-summert": {"tjTimerUke", "tjTjenType"},
    "ola-2019-kode-16": {"poHab", "poHabDato", "tjTjenType"},
    "elin-2018-uten-plan": {"poIndPlan"},
    "elin-2019-uten-ja": {"poHab"},
    "hamid-2018-uten-koordinator": {"poHarKoordinator"},
    "hamid-2019-bare-prosessen": {"tjTjenType"},
}
REPEATED = {"tjVedtDato", "tjSoknadDato", "tjVedtak", "tjInstOrgnr", "tjFraDato", "tjTilDato"}


class Told(NamedTuple):
    """One line of the table of files."""

    case: str
    year: str
    how: str
    path: Path
    findings: list[str]
    part: str

    @property
    def is_right(self) -> bool:
        """Tell whether it is registered as the letter says."""
        return self.how.startswith("riktig")


def _cells(header: str) -> Iterator[list[str]]:
    rest = README.partition(f"\n{header}\n")[2].splitlines()[1:]
    for row in rest[: rest.index("")]:
        yield [cell.strip() for cell in row.strip("|").split("|")]


def _told() -> Iterator[Told]:
    for case, year, how, link, found, part in _cells(
        "| sak | år | registrering | fil | funn | måltall |"
    ):
        name, path = re.fullmatch(r"\[(.+)\]\((.+)\)", link).groups()  # type: ignore[union-attr]
        assert Path(path).stem == name
        findings = [] if found == "ingen" else found.split(", ")
        yield Told(case, year, how, FOLDER / path, findings, part)


ROWS = list(_told())
RIGHT = {(row.case, row.year): row.path for row in ROWS if row.is_right}


def _elements(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a submission: the name, and the values by field."""
    person = next(element for element in etree.parse(path).getroot() if _name(element) == "PERSON")
    for row in person:
        if len(row):
            yield _name(row), {_name(field): field.text or "" for field in row}


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _services(path: Path) -> dict[str, float | None]:
    """Return the hours a week by service, None without hours."""
    services: dict[str, float | None] = {}
    for name, row in _elements(path):
        if name == "TJENESTE":
            hours = float(row["tjTimerUke"]) if "tjTimerUke" in row else None
            before = services.get(row["tjTjenType"])
            services[row["tjTjenType"]] = hours if before is None else before + (hours or 0)
    return services


def _values(path: Path) -> Counter[tuple[str, str]]:
    return Counter(pair for _, row in _elements(path) for pair in row.items())


@pytest.mark.parametrize("told", ROWS, ids=lambda told: told.path.stem)
def test_a_registration_gives_the_findings_and_counts_where_told(told: Told) -> None:
    with check_file(str(told.path), Options()) as report:
        found = [f"{finding.rule} {finding.field or ''}".strip() for finding in report.findings()]
        figures = report.figures()
    assert figures
    indicator = next(one for one in figures.indicators if one.id == "individuell-plan-hjemme")
    counted = [part.id for part in indicator.parts for _ in range(part.count.sent)]
    assert (told.findings, [] if told.part == NONE else [f"maaltall_{told.part}"]) == (
        sorted(found),
        counted,
    )


def test_every_file_is_told_once() -> None:
    paths = [row.path.resolve() for row in ROWS if row.path.parent == FOLDER]
    assert sorted(FOLDER.glob("*.xml")) == sorted(paths)


def test_every_case_and_year_has_one_right_registration_and_two_wrong() -> None:
    kinds = Counter((row.case, row.year, row.is_right) for row in ROWS)
    assert kinds == {
        (case, year, right): 1 if right else 2
        for case in LETTER
        for year in ("2018", "2019")
        for right in (True, False)
    }


@pytest.mark.parametrize(("case", "year"), RIGHT)
def test_a_right_registration_has_the_services_and_hours_of_the_letter(
    case: str, year: str
) -> None:
    process = {PROCESS: None} if year == "2018" else {}
    assert _services(RIGHT[case, year]) == LETTER[case] | ADDED.get(case, {}) | process


@pytest.mark.parametrize(("case", "year"), RIGHT)
def test_a_right_registration_has_the_process_with_its_start(case: str, year: str) -> None:
    rows = list(_elements(RIGHT[case, year]))
    if year == "2018":
        spells = [row for _, row in rows if row.get("tjTjenType") == PROCESS]
        assert ["tjTimerUke" not in row and len(row["tjFraDato"]) for row in spells] == [8]
    else:
        spells = [row for _, row in rows if row.get("poHab") == "1"]
        assert [len(row["poHabDato"]) for row in spells] == [8]
    assert ("99991231" in spells[0].values()) == (case != "Kari")


@pytest.mark.parametrize(("case", "year"), RIGHT)
def test_all_have_a_coordinator_and_all_but_kari_a_plan(case: str, year: str) -> None:
    values = _values(RIGHT[case, year])
    assert values["poHarKoordinator", "1"] > 0
    assert (values["poIndPlan", "1"] > 0) == (case != "Kari")


@pytest.mark.parametrize(
    "told", [row for row in ROWS if not row.is_right], ids=lambda told: told.path.stem
)
def test_a_wrong_registration_differs_only_as_told(told: Told) -> None:
    right, wrong = _values(RIGHT[told.case, told.year]), _values(told.path)
    changed = {field for field, _ in (right - wrong) + (wrong - right)}
    stem = told.path.stem
    if stem.endswith("bare-deltjenester"):
        parts = _services(RIGHT[told.case, told.year])
        parts.pop(PROCESS, None)
        assert _services(told.path) == parts
        assert not [field for field, value in wrong if (field, value) == ("poHab", "1")]
    else:
        assert changed - REPEATED - {"tjRullerende"} <= CHANGES[stem] | {"tjTimerUke"}
        assert changed >= CHANGES[stem]


def test_the_readme_tells_the_sums_of_the_letter() -> None:
    told: dict[str, dict[str, float | None]] = {}
    for case, _, code, inside, outside, total in _cells(
        "| sak | tjeneste | kode | i pakken | utenfor | sum |"
    ):
        told.setdefault(case, {})[code] = None if total == NONE else _number(total)
        if total != NONE:
            parts = [part for cell in (inside, outside) for part in cell.split(" + ")]
            assert sum(_number(part) for part in parts if part != NONE) == _number(total)
    assert told == LETTER


def _number(text: str) -> float:
    return float(text.replace(",", "."))
