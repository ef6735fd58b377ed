"""The examples give what is said of them, and nobody in them exists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator import assets, catalogue
from kpr_validator.model import Finding, Report, Severity, Verdict
from kpr_validator.pipeline import Options, check_file

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[1] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
FAULTLESS = (
    "feilfri.xml",
    "aar-2018.xml",
    "fjoraaret.xml",
    "brevet-2015-ola.xml",
    "brevet-2015-elin.xml",
    "brevet-2015-hamid.xml",
)
UNITS = str(EXAMPLES / "enheter.csv")
ALL_BESIDE = Options(
    ident=str(EXAMPLES / "typiske-feil-ident.xml"),
    last_year=str(EXAMPLES / "fjoraaret.xml"),
    units=UNITS,
    test_data=True,
)
TOLD_TOGETHER = {"LEG-01", "INN-05"}  # one cause explains them all, as the README says


def _judged(name: str, options: Options | None = None) -> tuple[Verdict, list[Finding]]:
    with check_file(str(EXAMPLES / name), options or Options()) as report:
        return report.verdict, list(report.findings())


@pytest.fixture(scope="module")
def typical() -> Iterator[Report]:
    """Return the report on the submission with typical faults and the files beside it."""
    with check_file(str(EXAMPLES / "typiske-feil.xml"), ALL_BESIDE) as report:
        yield report


@pytest.fixture(scope="module")
def findings(typical: Report) -> list[Finding]:
    return list(typical.findings())


def _table(columns: str) -> list[list[str]]:
    """Return the rows of the table in the README that has these columns."""
    rest = README.partition(f"\n{columns}\n")[2].splitlines()[1:]
    rows = rest[: rest.index("")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def _cause(finding: Finding) -> str:
    return finding.cause.rule if finding.cause else "–"


def _persons(cell: str) -> list[str]:
    """Return the persons of a cell, «2035» or «2051–2060»."""
    first, _, last = cell.partition("–")
    return [str(number) for number in range(int(first), int(last or first) + 1)]


@pytest.mark.parametrize("name", FAULTLESS)
def test_a_correct_submission_gives_no_finding(name: str) -> None:
    assert (Verdict.ACCEPTED, []) == _judged(name)


@pytest.mark.parametrize(("ident", "last_year", "units"), list(product((False, True), repeat=3)))
def test_the_faultless_one_has_no_finding_whatever_is_beside_it(
    ident: bool,  # noqa: FBT001  the three are switches
    last_year: bool,  # noqa: FBT001
    units: bool,  # noqa: FBT001
) -> None:
    options = Options(
        ident=str(EXAMPLES / "feilfri-ident.xml") if ident else None,
        last_year=str(EXAMPLES / "aar-2018.xml") if last_year else None,
        units=UNITS if units else None,
        test_data=ident,
    )
    assert (Verdict.ACCEPTED, []) == _judged("feilfri.xml", options)


@pytest.mark.parametrize("name", ["aar-2018.xml", "fjoraaret.xml"])
def test_every_unit_of_last_year_is_in_the_list(name: str) -> None:
    assert (Verdict.ACCEPTED, []) == _judged(name, Options(units=UNITS))


def test_without_being_called_a_test_the_faultless_one_looks_like_one() -> None:
    _, found = _judged("feilfri.xml", Options(ident=str(EXAMPLES / "feilfri-ident.xml")))
    assert [finding.rule for finding in found] == ["IDT-13"]


def test_the_faultless_one_uses_every_field_of_the_message() -> None:
    text = (EXAMPLES / "feilfri.xml").read_text(encoding="utf-8")
    document = next(one for one in catalogue.documents() if one.name == "IPLOS 3.7")
    fields = {row["felt"] for row in document.fields}
    assert {one for one in fields if not re.search(rf"<{one}>| {one}=", text)} == set()


def test_the_faultless_one_uses_every_service_of_the_year() -> None:
    text = (EXAMPLES / "feilfri.xml").read_text(encoding="utf-8")
    with (assets.schemas() / "codelists" / "9151.csv").open(encoding="utf-8", newline="") as file:
        codes = list(csv.DictReader(file, delimiter=";"))
    valid = {row["kode"] for row in codes if (row["gyldig_til"] or "2019") >= "2019"}
    assert valid == set(re.findall("<tjTjenType>([0-9]+)<", text))


def test_kari_of_the_letter_lacks_only_the_individual_plan() -> None:
    _, found = _judged("brevet-2015-kari.xml")
    assert [("IP-01", "3001", "poIndPlan")] == [(f.rule, f.person, f.field) for f in found]


def test_the_submission_with_typical_faults_is_received_all_the_same(typical: Report) -> None:
    assert typical.verdict == Verdict.ACCEPTED_WITH_FINDINGS


def test_every_fault_of_a_person_is_told_with_its_line_and_cause(findings: list[Finding]) -> None:
    told = {
        (person, int(line), rule, cause)
        for persons, lines, rule, cause, *_ in _table(
            "| person | linje | regel | under | feil | hva som går galt |"
        )
        for person, line in zip(_persons(persons), lines.split(", "), strict=True)
    }
    assert told == {
        (f.person, f.line, f.rule, _cause(f))
        for f in findings
        if f.person and f.rule not in TOLD_TOGETHER
    }


def test_every_fault_of_the_whole_file_is_told_with_what_follows_from_it(
    findings: list[Finding],
) -> None:
    whole = [finding for finding in findings if not finding.person and not finding.cause]
    under = {
        cause.fingerprint: Counter(f.rule for f in findings if f.cause == cause)
        for cause in {finding.cause for finding in findings if finding.cause}
    }
    counts = {f.rule: under.get(f.fingerprint, Counter()) for f in whole}
    told = _table("| regel | linje | under den | hva som er galt |")
    assert {(f.rule, f.line) for f in whole} == {(row[0], int(row[1])) for row in told}
    assert counts == {
        row[0]: Counter({rule: int(n) for n, rule in re.findall(r"([0-9]+) × (\S+[0-9])", row[2])})
        for row in told
    }


def test_what_is_not_in_a_table_follows_from_something_that_is(findings: list[Finding]) -> None:
    assert {_cause(f) for f in findings if f.rule in TOLD_TOGETHER} == {"KOM-08", "KOM-17"}


def test_each_documented_fault_is_there_and_has_one_cause(findings: list[Finding]) -> None:
    told = _table("| nr | feil som er sett | regel | linje | under |")
    found = {(f.rule, f.line, _cause(f)) for f in findings}
    assert [str(number) for number in range(1, 14)] == list(dict.fromkeys(row[0] for row in told))
    assert [row for row in told if (row[2], int(row[3]), row[4]) not in found] == []


def test_what_follows_from_the_fall_stands_alone_without_it() -> None:
    options = replace(ALL_BESIDE, ignore=("KOM-01",))
    _, found = _judged("typiske-feil.xml", options)
    causes = {(f.rule, _cause(f)) for f in found if f.rule in {"KOM-03", "KOM-06"}}
    assert causes == {("KOM-03", "–"), ("KOM-06", "–")}


def test_the_causes_are_ranked_as_told(typical: Report) -> None:
    told = _table("| regel | felt | egne funn | funn under |")
    ranked = [
        [root.rule, root.field or "–", str(root.own), str(root.following)] for root in typical.roots
    ]
    explained = [root.own + root.following for root in typical.roots]
    numbers = (len(ranked), sum(explained), len(told), sum(explained[: len(told)]))
    sentence = "{} årsaker forklarer {} funn. De {} i tabellen forklarer {} av dem"
    assert (told, sentence.format(*numbers) in README) == (ranked[: len(told)], True)
    assert set(explained[len(told) :]) == {1}


def test_the_causes_explain_every_finding_that_is_more_than_information(typical: Report) -> None:
    serious = [severity for severity in Severity if severity is not Severity.INFO]
    found = sum(typical.counts[one] + typical.following[one] for one in serious)
    assert found == sum(root.own + root.following for root in typical.roots)


def test_what_kpr_keeps_is_as_told(typical: Report) -> None:
    outcome = typical.outcome
    assert outcome
    assert outcome.received
    lost = [
        [f"{loss.element}-rad slettes", loss.rule, loss.field, str(loss.lost)]
        for loss in outcome.rows
    ]
    lost += [["verdi tømmes", loss.rule, loss.field, str(loss.lost)] for loss in outcome.values]
    assert lost == _table("| hva som skjer | regel | felt | antall |")
    assert _table("| klasse | sendt | igjen |") == [
        [name, str(sent), str(outcome.kept[name])] for name, sent in outcome.sent.items()
    ]


def test_who_loses_everything_and_what_is_disputed_is_as_told(typical: Report) -> None:
    outcome = typical.outcome
    assert outcome
    said = re.sub(r"\s+", " ", README)
    assert (
        f"{outcome.persons_without_info} person mister alle personopplysningene sine (2014), "
        f"og {outcome.persons_without_services} mister alle tjenestene sine (2071)" in said
    )
    assert f"{outcome.disputed_rows} rader og {outcome.disputed_values} verdier" in said


def test_every_person_but_the_first_breaks_the_schema_once() -> None:
    _, found = _judged("ugyldig-xsd.xml")
    assert [str(number) for number in range(4001, 4019)] == [f.person for f in found]


def test_every_identity_is_of_a_series_never_given_to_anyone() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.xml"))
    months = {number[2:4] for number in re.findall(r"(?<!\d)\d{11}(?!\d)", told)}
    assert months == {f"{80 + month}" for month in range(1, 13)}


def test_every_unit_is_of_the_series_for_test_data() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.xml"))
    used = set(re.findall("InstOrgnr>([0-9]+)<", text))
    listed = set(re.findall("^[0-9]{9}", Path(UNITS).read_text(encoding="utf-8"), re.MULTILINE))
    assert (listed, {number[0] for number in listed}) == (used, {"3"})
