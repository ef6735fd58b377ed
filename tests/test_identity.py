"""Person numbers: their kinds, both rules of control digits, and what a number tells by itself.

Numbers here are synthetic (month + 80), or of persons born before 1862, or put
together by their control digits on the spot.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from kpr_validator import engine, sql
from kpr_validator.identity import (
    BIRTH,
    SERIES,
    born,
    has_identity,
    is_identity,
    is_valid,
    kind_of,
    mask,
    sex,
    shift_of,
    tells,
)

TODAY = "20200108"
LAST_CLASSIC, FIRST_NEW = "20311231", "20320101"
WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def number(nine: str, rest: int = 0) -> str:
    """Return nine digits with their two control digits, the first one giving the remainder."""
    digits = [int(digit) for digit in nine]
    for weights, wanted in zip(WEIGHTS, (rest, 0), strict=True):
        weighed = sum(weight * digit for weight, digit in zip(weights, digits, strict=True))
        digits.append((wanted - weighed) % 11)
    assert max(digits) < 10, "these nine digits have no control digits"
    return "".join(map(str, digits))


@pytest.mark.parametrize(
    ("given", "kind", "shift"),
    [
        ("01015650068", "fødselsnummer", 0),
        ("31125650068", "fødselsnummer", 0),
        ("41015650068", "D-nummer", 0),
        ("71125650068", "D-nummer", 0),
        ("01415650068", "H-nummer", 40),
        ("01525650068", "H-nummer", 40),
        ("41415650068", "D-nummer", 40),
        ("01665650068", "fødselsnummer", 65),
        ("01775650068", "fødselsnummer", 65),
        ("01815650068", "fødselsnummer", 80),
        ("01925650068", "fødselsnummer", 80),
        ("41815650068", "D-nummer", 80),
        ("80000000000", "FH-nummer", 0),
        ("99999999999", "FH-nummer", 0),
        ("190000000000", "DUF-nummer", 0),
        ("01015600100", "erstatningsnummer", 0),
        ("01015600200", "erstatningsnummer", 0),
        ("01015699999", "erstatningsnummer", 0),
        ("01815699999", "fødselsnummer", 80),
        ("41015699999", "D-nummer", 0),
        ("01015600300", "fødselsnummer", 0),
        ("00015650068", None, 0),
        ("32015650068", None, 0),
        ("40015650068", None, 0),
        ("72015650068", None, 0),
        ("01005650068", None, 0),
        ("01135650068", None, 0),
        ("01405650068", None, 0),
        ("01535650068", None, 0),
        ("01655650068", None, 0),
        ("01785650068", None, 0),
        ("01805650068", None, 0),
        ("01935650068", None, 0),
        ("0101565006", None, 0),
        ("1900000000000", None, 0),
        ("010156 50068", None, 0),
        ("TEST0000", None, 0),
        ("٠١٠١٥٦٥٠٠٦٨", None, 0),
        ("", None, 0),
        (None, None, 0),
    ],
)
def test_a_kind_is_told_by_its_form(given: str | None, kind: str | None, shift: int) -> None:
    assert (kind, shift) == (kind_of(given), shift_of(given))


@pytest.mark.parametrize(
    ("given", "now", "later"),
    [
        ("02013299997", True, True),
        ("30108299920", True, True),
        ("30108299939", False, True),
        (number("010156500", 1), False, True),
        (number("010156502", 2), False, True),
        (number("010156500", 3), False, True),
        (number("010156500", 4), False, False),
    ],
)
def test_looser_control_digits_are_right_from_the_day_of_the_new_rule(
    given: str, *, now: bool, later: bool
) -> None:
    """The first three are the registry's own examples."""
    assert (now, later) == (is_valid(given, LAST_CLASSIC), is_valid(given, FIRST_NEW))


@pytest.mark.parametrize("day", [TODAY, LAST_CLASSIC, FIRST_NEW])
@pytest.mark.parametrize(
    ("given", "valid"),
    [
        (number("010156501"), True),
        (number("410156501"), True),
        (number("014156501"), True),
        (number("016656500"), True),
        (number("018156500"), True),
        (number("800000000"), True),
        ("80000000000", False),
        ("190000000003", True),
        ("190000000004", False),
        ("000000000000", True),
        (number("290256500"), True),
        (number("290200500"), True),
        (number("290255501"), False),
        (number("310456500"), False),
        (number("310556500"), True),
        (number("010156501")[:10] + "1", False),
        ("01015600100", False),
        ("TEST0000", False),
        (None, False),
    ],
)
def test_a_number_is_valid_by_its_control_digits_and_a_real_day(
    given: str | None, day: str, *, valid: bool
) -> None:
    assert valid == is_valid(given, day)


@pytest.mark.parametrize(
    ("nine", "day", "expected"),
    [
        ("018154500", TODAY, "18540101"),
        ("018154749", TODAY, "18540101"),
        ("018199749", TODAY, "18990101"),
        ("018153500", TODAY, None),
        ("018199750", TODAY, None),
        ("028100000", TODAY, "19000102"),
        ("028199499", TODAY, "19990102"),
        ("018139499", TODAY, "19390101"),
        ("018140900", TODAY, "19400101"),
        ("018199999", TODAY, "19990101"),
        ("018140899", TODAY, None),
        ("018100500", TODAY, "20000101"),
        ("028139999", TODAY, "20390102"),
        ("018156500", TODAY, "18560101"),
        ("016656500", TODAY, "18560101"),
        ("298200003", TODAY, None),
        ("298200500", TODAY, "20000229"),
        ("418100199", TODAY, "19000101"),
        ("418100200", TODAY, "19000101"),
        ("418100500", TODAY, "20000101"),
        ("418156500", TODAY, "18560101"),
        ("418199600", TODAY, "18990101"),
    ],
)
def test_day_of_birth_follows_the_classic_series(nine: str, day: str, expected: str | None) -> None:
    assert expected == born(number(nine), day)


@pytest.mark.parametrize(
    ("nine", "day", "expected"),
    [
        # 1900–39 had 000–499 before, and has 000–199 now; 2000–39 has 200–999 now.
        ("418139199", "20220101", "19390101"),
        ("438139200", "20211031", "19390103"),
        ("418139201", "20220101", "19390101"),
        ("418121200", "20211031", "19210101"),
        ("418121200", "20211101", None),
        ("418221200", "20210201", "19210201"),
        ("429221200", "20211201", "19211202"),
        ("429221200", "20211202", None),
        # 600–749 were of the 1800s; 750–899 were not in use.
        ("418199600", "20211031", "18990101"),
        ("418199600", "20211101", None),
        ("418160750", "20211031", None),
        ("418160750", "20211101", "19600101"),
        ("418140899", "20211101", "19400101"),
        ("418159500", "20211101", "18590101"),
        ("418158500", "20211031", "18580101"),
        ("428145500", "20211101", None),
    ],
)
def test_a_d_number_of_the_new_series_tells_only_what_is_sure(
    nine: str, day: str, expected: str | None
) -> None:
    assert expected == born(number(nine), day)


@pytest.mark.parametrize("nine", ["010156501", "410156503", "018156501", "016656503"])
def test_the_ninth_digit_tells_the_sex(nine: str) -> None:
    assert sex(number(nine), TODAY) == "M"


@pytest.mark.parametrize("nine", ["010156502", "410156500", "018156500", "010156518"])
def test_an_even_ninth_digit_is_a_woman(nine: str) -> None:
    assert sex(number(nine), TODAY) == "K"


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (number("010156501"), FIRST_NEW),
        ("02013299997", FIRST_NEW),
        ("30108299939", FIRST_NEW),
        ("30108299939", LAST_CLASSIC),
        (number("014156500"), TODAY),
        (number("800000000"), TODAY),
        ("190000000003", TODAY),
        ("01015600100", TODAY),
        (number("010156501")[:10] + "1", TODAY),
        ("TEST0000", TODAY),
        (None, TODAY),
    ],
)
def test_a_number_that_may_be_neutral_tells_neither_sex_nor_birth(
    given: str | None, day: str
) -> None:
    """From 2032 on any number may be of the new rule; other kinds never told."""
    assert (False, None, None) == (tells(given, day), sex(given, day), born(given, day))


def test_classic_series_give_one_year_of_birth_at_most() -> None:
    for one in SERIES[BIRTH]:
        overlapping = [
            other
            for other in SERIES[BIRTH]
            if other is not one
            and {year % 100 for year in one.years} & {year % 100 for year in other.years}
            and set(one.individuals) & set(other.individuals)
        ]
        assert overlapping == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("199900000004", "‹personnummer, linje 7›"),
        ("200912345611", "200912345611"),
        ("x 199900000004, y", "x ‹personnummer, linje 7›, y"),
        ("1999000000040", "1999000000040"),
        ("189900000009", "189900000009"),
    ],
)
def test_a_duf_number_is_masked_too(value: str, shown: str) -> None:
    """It begins with the year it was given out, so other twelve digits stay as they are."""
    assert mask(value, 7) == shown


def test_a_duf_number_alone_does_not_make_an_id_a_person_number() -> None:
    """One in eleven twelve-digit ids would be: hiding one is harmless, blaming one is not."""
    assert (is_identity("199900000004"), has_identity("199900000004")) == (True, False)


def test_the_functions_of_sql_answer_for_every_value() -> None:
    with closing(engine.Connection()) as con:
        sql.add_functions(con)
        told = con.execute(
            "SELECT idslag(x), idgyldig(x, '20200108'), idfodt(x, '20200108'),"
            " idkjonn(x, '20200108'), idtillegg(x), er_personnummer(x)"
            " FROM (SELECT '01888000050' AS x UNION ALL SELECT NULL UNION ALL SELECT '')"
        ).fetchall()
    assert told == [
        ("fødselsnummer", 1, "19800801", "K", 80, 1),
        (None, 0, None, None, 0, 0),
        (None, 0, None, None, 0, 0),
    ]
