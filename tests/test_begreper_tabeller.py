"""What the tables of the feedback count: services, answers, scores, steps, residents."""

from __future__ import annotations

import pytest

from tests.begreper import Child, Row, info, person, rows, service


def score(variable: str, value: str | None, fra: str = "20190101", til: str = "99991231") -> Child:
    """Return a FUNKSJON."""
    cells: Row = {
        "fnFunkType": variable,
        "fnFunkVerdi": value,
        "fnFraDato": fra,
        "fnTilDato": til,
    }
    return Child("funksjon", cells)


def diagnosis(version: str, code: str) -> Child:
    """Return a DIAGNOSE, open since the year began."""
    cells: Row = {"diKodeVersjon": version, "diDiagKode": code, "diFraDato": "20190101"}
    return Child("diagnose", cells)


def received(*children: Child, year: int = 2019) -> list[str]:
    """Return the services that one person is counted with."""
    return sorted(
        str(row["tjeneste"]) for row in rows("tjeneste_mottatt", person(*children), year=year)
    )


def test_a_person_with_two_services_of_one_type_is_counted_once() -> None:
    assert ["15"] == received(service(15), service(15, "20190801"))


def test_old_housing_codes_are_read_as_one() -> None:
    assert ["29"] == received(service(12), service(13), service(29))


def test_rehabilitation_is_one_thing_before_and_after_2019() -> None:
    assert ["rehabilitering"] == received(service(16, "20180301"), year=2018)
    assert ["rehabilitering"] == received(info(poHab="1"))


def test_a_service_16_that_is_left_after_2018_is_told_apart() -> None:
    assert ["16"] == received(service(16))
    assert ["16", "rehabilitering"] == received(service(16), info(poHab="1"))


def test_what_does_not_count_is_in_no_service() -> None:
    assert [] == received(
        service(15, vedtak="1"),
        service(1, vedtak=None),
        service(2, None),
        service(3, "20180101", "20181231"),
        service(4, "20200101"),
        service(7, "19791231"),
        service(10),
    )


FATES = {
    "teller": service(15),
    "teller ikke": service(15, vedtak=None),
    "avslag": service(15, vedtak="1"),
    "uten startdato": service(15, "20190231"),
    "etter året": service(15, "20200101"),
    "ikke i året": service(15, "20180101", "20181231"),
}


@pytest.mark.parametrize("fate", FATES)
def test_every_row_has_one_fate(fate: str) -> None:
    found = rows("tjeneste_fordelt", person(FATES[fate]))
    assert [{"rad": 2, "person_rad": 1, "kode": "15", "utfall": fate}] == found


def test_a_service_that_begins_and_was_over_on_the_last_day_is_of_no_later_year() -> None:
    (found,) = rows("tjeneste_fordelt", person(service(15, "20191231", "20191230")))
    assert "ikke i året" == found["utfall"]


def test_a_code_that_never_was_is_unknown() -> None:
    found = rows("tjeneste_fordelt", person(service(10), service(16), service(99)))
    assert ["ukjent", "16", "ukjent"] == [row["kode"] for row in found]


def scores(*children: Child, dod: str | None = None) -> list[tuple[int, str]]:
    """Return the variables and scores in force of one person."""
    found = rows("funksjonsskaar", person(*children, dod=dod))
    return sorted(
        (variable, column.removeprefix("skaar_"))
        for row in found
        for column, bits in row.items()
        for variable in range(1, 63)
        if column != "person_rad" and int(str(bits)) >> variable & 1
    )


def test_the_score_that_began_last_is_in_force() -> None:
    assert [(5, "3")] == scores(score("5", "4", "20190601"), score("5", "3", "20190701"))
    assert [(5, "2")] == scores(score("05", "3"), score("5", "2"))


def test_scores_that_are_over_or_empty_or_of_no_variable_are_not_in_force() -> None:
    assert [] == scores(
        score("5", "3", til="20191230"),
        score("6", "3", "20200101"),
        score("7", ""),
        score("8", None),
        score("19", "3"),
    )


def test_a_score_to_the_last_day_or_to_no_day_at_all_is_in_force() -> None:
    assert [(5, "3"), (6, "9")] == scores(
        score("5", "3", til="20191231"), score("6", "9", til="20190231")
    )


def test_a_score_from_the_last_day_is_in_force() -> None:
    assert [(5, "3")] == scores(score("5", "3", "20191231"))


def test_scores_of_the_dead_are_not_in_force() -> None:
    assert [] == scores(score("5", "3"), dod="20191231")
    assert [] == scores(score("5", "3"), dod="20181231")


def mapped(group: str, *children: Child, **more: str | None) -> dict[object, tuple[object, object]]:
    """Return of one person what is mapped, of how many, where there is anybody to map."""
    found = rows("kartlagt", person(*children, **more))
    return {
        row["opplysning"]: (row["antall"], row["av"])
        for row in found
        if row["gruppe"] == group and (row["antall"] or row["av"])
    }


def test_a_resident_is_mapped_for_what_has_an_answer() -> None:
    found = mapped(
        "langtidsopphold",
        service(21),
        info(poHusstand="2", poIndPlan="", poLegeMiddGj="2", poErnKartlagt="1", poErnRisiko="2"),
        score("5", "9"),
        diagnosis("ICD-10", "F03"),
    )
    answered = {"poHusstand", "poLegeMiddGj", "poErnKartlagt", "poErnRisiko", "funksjon_5"}
    assert (1, None) == found.pop("personer")
    assert answered | {"diagnose"} == {name for name, cell in found.items() if cell == (1, 1)}
    assert {cell for name, cell in found.items()} == {(1, 1), (0, 1)}
    assert "poErnPlan" not in found
    assert len(found) == 15 + 18 + 1


def test_a_plan_is_asked_of_those_at_risk() -> None:
    at_risk = {"poErnKartlagt": "1", "poErnRisiko": "1"}
    found = mapped("langtidsopphold", service(21), info(**at_risk, poErnPlan="2"))
    assert (1, 1) == found["poErnPlan"]
    assert "poErnPlan" not in mapped("hjemmeboende", service(15), info(poErnPlan="1"))


def test_who_lives_at_home_is_not_asked_for_a_review_of_medicines() -> None:
    found = mapped("hjemmeboende", service(15), info(poLegeMiddGj="1", poErnKartlagt="2"))
    assert ((1, None), (1, 1)) == (found["personer"], found["poErnKartlagt"])
    assert not {"poLegeMiddGj", "poErnRisiko"} & found.keys()


def test_nobody_is_in_both_groups_and_the_dead_in_none() -> None:
    assert {} == mapped("hjemmeboende", service(21), service(15))
    assert {} == mapped("langtidsopphold", service(21), dod="20191231")
    assert {} == mapped("langtidsopphold", service(21, til="20191230"))


def test_both_groups_are_there_when_nobody_is() -> None:
    found = rows("kartlagt", person())
    assert {("langtidsopphold", 0), ("hjemmeboende", 0)} == {
        (row["gruppe"], row["antall"]) for row in found
    }


def steps(*children: Child, year: int = 2019) -> list[str]:
    """Return the steps that one person stands on."""
    found = rows("omsorgstrapp", person(*children), year=year)
    return [str(row["trinn"]) for row in found]


STEPS = {
    6: "trygghetsalarm",
    1: "hjemmehjelp",
    2: "hjemmehjelp",
    4: "dagsenter",
    15: "hjemmesykepleie",
    29: "bolig",
    13: "bolig",
    11: "omsorgsstoenad",
    3: "bpa",
    8: "korttid",
    18: "korttid",
    20: "korttid",
    19: "rehabilitering",
    21: "langtid",
}


@pytest.mark.parametrize("type_", STEPS)
def test_each_of_these_services_is_a_step(type_: int) -> None:
    assert [STEPS[type_]] == steps(service(type_))


@pytest.mark.parametrize("type_", [5, 7, 9, 14, 16, 17, 22, 25, 26])
def test_the_other_services_are_on_no_step(type_: int) -> None:
    assert [] == steps(service(type_))


def test_housing_with_care_day_and_night_is_its_own_step() -> None:
    assert ["bolig_heldoegn"] == steps(service(29), info(poHeldg="1"))
    assert ["hjemmesykepleie"] == steps(service(15), info(poHeldg="1"))


def test_two_services_on_one_step_are_one_person_there() -> None:
    assert ["hjemmehjelp", "korttid"] == sorted(steps(service(1), service(2), service(20)))


def test_a_service_that_is_over_is_on_no_step() -> None:
    assert [] == steps(service(15, til="20191230"), service(1, vedtak=None))


AGES = {
    "17": "under_18",
    "18": "fra_18",
    "49": "fra_18",
    "50": "fra_50",
    "66": "fra_50",
    "67": "fra_67",
    "79": "fra_67",
    "80": "fra_80",
    "89": "fra_80",
    "90": "fra_90",
    None: "ukjent",
}


@pytest.mark.parametrize("age", AGES)
def test_dementia_is_shown_by_age(age: str | None) -> None:
    found = rows("demens_alder", person(service(15), diagnosis("ICPC-2", "P70"), alder=age))
    assert [(AGES[age], 1, 1, 0)] == [
        (row["aldersgruppe"], row["mottaker"], row["hjemmeboende"], row["langtidsopphold"])
        for row in found
    ]


def test_dementia_of_a_resident_and_of_one_without_services() -> None:
    code = diagnosis("ICD-10", "G30.9")
    found = rows("demens_alder", person(service(21), code), person(code))
    assert [(1, 0, 1), (0, 0, 0)] == [
        (row["mottaker"], row["hjemmeboende"], row["langtidsopphold"]) for row in found
    ]


def resident(*children: Child, **more: str | None) -> Row:
    """Return what stands of one resident."""
    (found,) = rows("beboer_kartlagt", person(service(21), *children, **more))
    return found


def test_nothing_stands_of_a_resident_without_information() -> None:
    found = resident()
    missing = {"lmg": "mangler", "ernaering": "mangler", "lege": "mangler", "tann": "mangler"}
    assert {**missing, "plan": "mangler"} == {name: found[name] for name in (*missing, "plan")}
    assert (None, 80, "20190301") == (found["enhet"], found["alder"], found["fra"])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"poLegeMiddGj": "1", "poLegeMiddGjDato": "20190101"}, ("ja", "20190101")),
        ({"poLegeMiddGj": "1", "poLegeMiddGjDato": "20181231"}, ("gammel", "20181231")),
        ({"poLegeMiddGj": "1"}, ("uten_dato", None)),
        ({"poLegeMiddGj": "1", "poLegeMiddGjDato": "20200102"}, ("uten_dato", "20200102")),
        ({"poLegeMiddGj": "2", "poLegeMiddGjDato": "20190101"}, ("nei", None)),
        ({"poLegeMiddGj": "9"}, ("ikke_relevant", None)),
        ({"poLegeMiddGj": "7"}, ("annet", None)),
    ],
)
def test_a_review_of_medicines_in_words(
    answers: dict[str, str], expected: tuple[str, str | None]
) -> None:
    found = resident(info(**answers))
    assert expected == (found["lmg"], found["lmg_dato"])


MAPPED = {"poErnKartlagt": "1", "poErnKartlagtDato": "20190101"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (MAPPED, "ja"),
        ({**MAPPED, "poErnRisiko": "1"}, "uten_plan"),
        ({**MAPPED, "poErnRisiko": "1", "poErnPlan": "1"}, "ja"),
        ({**MAPPED, "poErnRisiko": "2", "poErnPlan": "2"}, "ja"),
        ({**MAPPED, "poErnKartlagtDato": "20181231"}, "gammel"),
        ({"poErnKartlagt": "1"}, "uten_dato"),
        ({"poErnKartlagt": "2"}, "nei"),
        ({"poErnKartlagt": "9"}, "ikke_relevant"),
        ({"poErnKartlagt": "5"}, "annet"),
    ],
)
def test_nutrition_in_words(answers: dict[str, str], expected: str) -> None:
    assert expected == resident(info(**answers))["ernaering"]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("201901", "ja"),
        ("201912", "ja"),
        ("202001", "annet"),
        ("201812", "gammel"),
        ("2019", "annet"),
        ("", "mangler"),
    ],
)
def test_doctor_and_dentist_in_words(month: str, expected: str) -> None:
    found = resident(info(poVurdLege=month, poVurdTann=month))
    assert (expected, expected) == (found["lege"], found["tann"])


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1", "ja"), ("2", "nei"), ("3", "oensker_ikke"), ("4", "uten_rett"), ("9", "annet")],
)
def test_the_plan_in_words(code: str, expected: str) -> None:
    assert expected == resident(info(poIndPlan=code))["plan"]


@pytest.mark.parametrize("age", ["17", None])
def test_a_child_is_asked_only_for_the_plan(age: str | None) -> None:
    found = resident(alder=age)
    outside = [found[name] for name in ("lmg", "ernaering", "lege", "tann")]
    assert ["gjelder_ikke"] * 4 == outside
    assert "mangler" == found["plan"]


def test_a_resident_is_asked_for_everything_from_18() -> None:
    found = resident(alder="18")
    assert ["mangler"] * 4 == [found[name] for name in ("lmg", "ernaering", "lege", "tann")]


def test_the_unit_is_that_of_the_last_stay_in_nine_digits() -> None:
    (found,) = rows(
        "beboer_kartlagt",
        person(
            service(21, "20190101", "20190401", tjInstOrgnr="111111111"),
            service(21, "20190401", tjInstOrgnr="2222222220"),
        ),
    )
    assert ("222222222", "20190101") == (found["enhet"], found["fra"])


def test_who_has_left_is_no_resident() -> None:
    assert [] == rows("beboer_kartlagt", person(service(21, til="20191230")))
    assert [] == rows("beboer_kartlagt", person(service(21), dod="20191231"))
