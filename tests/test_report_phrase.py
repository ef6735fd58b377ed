"""A finding in words: placeholders, formats, and hostile or odd values."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from babel.numbers import format_decimal

from kpr_validator.model import Rule, Text, Value
from kpr_validator.report import formats
from kpr_validator.report.names import Names, names
from kpr_validator.report.phrase import Phrases, file_name, phrases, plain, visible
from tests.report_samples import HOSTILE, PLAN, finding, saying


def _said(template: str, language: str = "nb", **values: Value) -> str:
    """Return `template` filled as the message of a finding with these values."""
    rule = saying(PLAN, message=Text(template, template, template))
    observed, expected = values.pop("observert", None), values.pop("forventet", None)
    made = finding(
        rule,
        1,
        values=values,
        observed=None if observed is None else str(observed),
        expected=None if expected is None else str(expected),
    )
    return _phrases(rule, language).message(made)


def _phrases(rule: Rule, language: str) -> Phrases:
    known = Names({"15": "Helsetjenester i hjemmet"}, {"poIndPlan": "Individuell plan"})
    return replace(phrases({rule.id: rule}, language), names=known)


@pytest.mark.parametrize(
    ("template", "language", "value", "expected"),
    [
        ("{x:dato}", "nb", "20191231", "31.12.2019"),
        ("{x:dato}", "nn", "20190201", "01.02.2019"),
        ("{x:dato}", "en", "20191231", "31 Dec 2019"),
        ("{x:dato}", "nb", "99991231", "åpen"),
        ("{x:dato}", "nn", "99991231", "open"),
        ("{x:dato}", "nb", 20190630, "30.06.2019"),
        ("{x:måned}", "nb", "201912", "desember 2019"),
        ("{x:måned}", "en", "201903", "March 2019"),
        ("{x:tall}", "nb", "121.5", "121,5"),
        ("{x:tall}", "nn", "12.50", "12,5"),
        ("{x:tall}", "en", "121.5", "121.5"),
        ("{x:tall}", "nb", 34536, "34\u00a0536"),
        ("{x:tall}", "nb", 0.25, "0,25"),
        ("{x}", "nb", "20191231", "20191231"),
        ("{x}", "nb", 7, "7"),
        ("{x}", "nb", None, "(mangler)"),
        ("{x}", "nn", None, "(manglar)"),
        ("{x:dato}", "en", None, "(missing)"),
        ("{x}", "nb", "", "(tom)"),
    ],
)
def test_a_value_is_written_as_the_language_writes_it(
    template: str, language: str, value: Value, expected: str
) -> None:
    assert _said(template, language, x=value) == expected


ODD = {
    "dato": ["20190231", "00000101", "2019", "201912", "1 2 2019", "٢٠١٩١٢٣١", "20191231 "],
    "måned": ["201913", "201900", "20191231", "desember", "٢٠١٩١٢"],
    "tall": ["12,5", "1e999999", "NaN", "inf", "-", "+1", "007", "²", "5" * 40, "1.", ".5"],
    "tjeneste": ["88", "x", "-1", "015 "],
    "felt": ["ukjent", "{felt}", "%s"],
    "nosuchstyle": ["20191231", "{x}"],
}


@pytest.mark.parametrize(("style", "value"), [(s, v) for s, values in ODD.items() for v in values])
def test_an_odd_value_is_shown_as_it_is(style: str, value: str) -> None:
    assert _said(f"{{x:{style}}}", x=value) == value


def test_observed_expected_and_field_can_always_be_named() -> None:
    said = _said("{felt}: {observert:dato}, ikke {forventet}", observert="20190101", forventet="1")
    assert said == "Individuell plan (poIndPlan): 01.01.2019, ikke 1"


def test_a_service_code_and_a_field_get_their_names() -> None:
    rule = saying(PLAN, message=Text(*["{type:tjeneste}, {f:felt}, {g:tjeneste}"] * 3))
    known = names("nb")
    made = finding(rule, 1, values={"type": "15", "f": "poIndPlan", "g": "88"})
    said = phrases({rule.id: rule}, "nb").message(made)
    assert said == f"{known.services['15']}, {known.fields['poIndPlan']}, 88"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_service_and_the_core_fields_have_a_name(language: str) -> None:
    known = names(language)
    assert {str(code) for code in range(1, 30)} - set(known.services) <= {"10", "13"}
    assert {"poIndPlan", "poHab", "tjTjenType", "pePeID", "iiKomnr"} <= set(known.fields)


def test_a_lone_brace_in_a_rule_page_is_a_brace() -> None:
    assert _said("{ {x} }", x="1") == "{ 1 }"


def test_a_value_is_never_read_as_a_template() -> None:
    assert _said("{x}", x="{y}", y="hemmelig") == "{y}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ærlig «tekst» – 1", "Ærlig «tekst» – 1"),
        ("\x1b[31m", "‹U+001B›[31m"),
        ("a\nb\tc\r", "a‹U+000A›b‹U+0009›c‹U+000D›"),
        ("\x9b2J", "‹U+009B›2J"),
        ("\u202egal", "‹U+202E›gal"),
        ("\u200f\u2066", "‹U+200F›‹U+2066›"),
        ("1\u00a0", "1‹U+00A0›"),
        ("\ufeff\u200b", "‹U+FEFF›‹U+200B›"),
        ("\ud800", "‹U+D800›"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
        ("\x00" * 1_000_000, "‹U+0000›" * 24 + "‹U+0000…"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out_and_what_is_long_is_cut(
    value: str, expected: str
) -> None:
    assert visible(value) == expected


def test_a_hostile_value_in_a_message_is_made_visible() -> None:
    assert _said("«{x}»", x=HOSTILE) == f"«{visible(HOSTILE)}»"


def test_a_file_name_is_shown_in_full() -> None:
    assert file_name("\x1b" + "x" * 300) == "‹U+001B›" + "x" * 300


def test_markdown_marks_of_a_rule_page_are_taken_away() -> None:
    assert plain("**Gitt** en\n`poHab`, så") == "Gitt en poHab, så"


@pytest.mark.parametrize(
    ("expected", "language", "words"),
    [
        ("lengde:4..4", "nb", "nøyaktig 4 tegn"),
        ("lengde:1..4", "nn", "1 til 4 teikn"),
        ("lengde:0..15", "en", "at most 15 characters"),
        ("lengde:1..", "nb", "minst 1 tegn"),
        ("heltall:-32768..32767", "nb", "et heltall fra -32768 til 32767"),
        ("heltall:0..", "en", "a whole number, at least 0"),
        ("dato", "nb", "en dato på formen ÅÅÅÅMMDD"),
        ("måned", "nn", "ein månad på forma ÅÅÅÅMM"),
        ("xsdato", "en", "a date of the form YYYY-MM-DD"),
        ("desimaltall", "nb", "et tall med punktum foran desimalene"),
        ("siffer:5,2", "nb", "et tall med høyst 5 sifre, høyst 2 av dem etter punktum"),
        ("koder:1 2 3", "nb", "1, 2, 3"),
        ("mønster:[0-9]{4}", "nb", "nøyaktig 4 sifre"),
        (r"mønster:\d{1,10}", "en", "1 to 10 digits"),
        ("mønster:.{0,15}", "nb", "høyst 15 tegn"),
        (r"mønster:\d+(\.\d+)*", "nb", r"formen \d+(\.\d+)*"),
        ("antall:1", "nb", "minst 1"),
        ("fast:3.7", "nb", "verdien 3.7"),
        ("før:poIndPlan", "nb", "foran Individuell plan (poIndPlan)"),
        ("før:ukjent", "en", "before ukjent"),
        ("område:20050101..20191231", "nb", "fra 01.01.2005 til 31.12.2019"),
        ("område:20050101..", "en", "1 Jan 2005 or later"),
        ("område:..tjFraDato", "nn", "tjFraDato eller tidlegare"),
        ("1, 2, 3", "nb", "1, 2, 3"),
        ("ukjent:1", "nb", "ukjent:1"),
        ("lengde", "nb", "lengde"),
        ("kl. 12:30", "nb", "kl. 12:30"),
        ("koder:1 \x1b[2J", "nb", "1, ‹U+001B›[2J"),
    ],
)
def test_a_requirement_is_put_into_words(expected: str, language: str, words: str) -> None:
    assert _said("{forventet}", language, forventet=expected) == words


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb"), ("nn", "nn"), ("en", "en_GB")])
def test_numbers_are_written_as_in_the_common_locale_data(language: str, locale: str) -> None:
    chance = random.Random(3)  # noqa: S311  numbers, not secrets
    numbers = ["0", "-0", "1.0", "999", "1000", "-1000", "12.50", "0.000000001", "9" * 15]
    for _ in range(2_000):
        whole = chance.randrange(10 ** chance.randrange(1, 16))
        fraction = chance.choice(("", f".{chance.randrange(10**9):09}"[: chance.randrange(2, 11)]))
        numbers.append(f"{chance.choice(('', '-'))}{whole}{fraction}")
    told = [formats.decimal(number, language) for number in numbers]
    assert told == [
        format_decimal(number, locale=locale, decimal_quantization=False) for number in numbers
    ]
