"""Every text of the program in its three languages, and how to tell one language from another."""

from __future__ import annotations

import csv
import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_month_names

from kpr_validator import assets
from kpr_validator.indicators import all_indicators
from kpr_validator.layouts import checklist_layout, layouts
from kpr_validator.model import LANGUAGES, Text
from kpr_validator.report.texts import texts
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Frequent words of Norwegian that are no words of English.
_NORWEGIAN = """
og ikke ikkje det som på skal er av til ei et ein eit den dei fra frå eller har kan må dette denne
disse desse hvis hvor hva når alle berre mangler manglar etter før uten utan bør ble blir bli være
vere vil så seg sin sitt enn vår våre noen nokon ingen andre samme riktig rett feil funn mellom
også òg kun hver hvert kvar mange flere fleire minst innen fordi både ved med hos om blant gjelder
gjeld står finnes finst telles regnes vises slettes året årets kommunen personen tjenesten tenesta
meldingen meldinga registrert besvart svart
"""
# Frequent words of bokmål that are no words of nynorsk.
_BOKMAL = """
ikke jeg hvis hva hvem hvor hvordan hvorfor hver hvert hvilken hvilket hvilke fra kommer noen noe
mye uten selv samme ble vært gjøre gjør et dere deres hun hennes hjem hjemmet hjemme utenfor
innenfor innen allerede begynner begynte ligger sier gjelder finner finnes brukes slettes telles
regnes vises tømmes registreres meldes rettes sendes leses kontrolleres oppgis skrives settes
hentes skjules mottas verdier regler datoer tallet tallene måltall sted stedet steder mottaker
mottakere brukere kommuner personer tjeneste tjenester tjenesten tjenestene opplysninger
opplysningen meldinger meldingen dager timer uke uken måned måneder måneden bare mangler manglet
flere nå kun svarer endrer setter velger øverst nederst lengre følger senere tidligere forskjellig
forskjell egen egne hele besvart filen listen linjen raden kilden kilder enkeltpersoner inneholder
mottatt sammen sammenlign åpen deltakelse gjennomganger ventelisten sykehjemmet innvilget startet
"""
NORWEGIAN, BOKMAL = frozenset(_NORWEGIAN.split()), frozenset(_BOKMAL.split())

# What English may keep: it has no other name, or follows its English one in parentheses.
TERMS = frozenset(
    {
        "delmål", "samlemål",  # composite measures, whose formula is not public
        "døgntilbud", "heldøgns", "ernæring", "ernæringsmessig", "ernæringsplan",
        "ernæringsstatus", "fagområde", "fødselsnummer", "næringskode", "omsorgsstønad",
        "støttekontakt", "søknad",
        "feil",  # «feil tjenestekode», beside «registreringsfeil» and «uttrekksfeil»
        "æ", "ø", "å",  # told of as letters
    }
)  # fmt: skip
# What is no text: titles of publications, and ids in the forms that they are shown in.
_NO_TEXT = re.compile(
    r"Kommunale helse- og omsorgstjenester|Midt-Norge|\[[a-z0-9-]+\]|rules/\S+\.md|\{[^{}]*\}"
)

_WORD = re.compile(r"[^\W_]+")
_NORDIC = re.compile("[æøåÆØÅ]")


class Told(NamedTuple):
    """One text in all languages, and where it stands."""

    where: str
    text: Text


@cache
def every_text() -> tuple[Told, ...]:
    """Return the program's own texts, those of all pages, and all names of codes and fields."""
    return (*_own(), *_of_pages(), *_of_codes(), *_of_fields())


def _own() -> Iterator[Told]:
    entries = [texts(language).entries for language in LANGUAGES]
    for key in entries[0]:
        yield Told(f"texts {key}", Text(*(told.get(key, "") for told in entries)))


def _of_pages() -> Iterator[Told]:
    for rule in all_rules().values():
        yield from (Told(rule.path, text) for text in _inside(rule.texts))
    for indicator in all_indicators().values():
        yield from (Told(indicator.path, text) for text in _inside(indicator))
    for layout in (*layouts(), checklist_layout()):
        yield from (Told(f"tabeller/{layout.id}", text) for text in _inside(layout))


def _inside(value: object) -> Iterator[Text]:
    """Yield every text in an object, however deep."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _inside(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _inside(one)
    elif isinstance(value, dict):
        yield from _inside(tuple(value.values()))


def _of_codes() -> Iterator[Told]:
    for table in sorted((assets.schemas() / "codelists").glob("*.csv")):
        for row in _rows(table):
            yield Told(f"{table.name} {row['kode']}", Text(row["nb"], row["nn"], row["en"]))


def _of_fields() -> Iterator[Told]:
    for table in sorted(assets.schemas().glob("iplos-*/fields.csv")):
        for row in _rows(table):
            names = (row[f"navn_{language}"] for language in LANGUAGES)
            yield Told(f"{table.parent.name} {row['felt']}", Text(*names))


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are written.

    Placeholders, titles, ids of rules and the message's own element names (TJENESTE) are none.
    """
    words = _WORD.findall(_NO_TEXT.sub(" ", text))
    return [word for word in words if word.isalpha() and not (word.isupper() and len(word) > 1)]


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Return every word that our texts have in a language; bokmål with what the pages argue."""
    told = [item.text.in_language(language) for item in every_text()]
    if language == "nb":
        told += [page.why for page in all_rules().values()]
        told += [page.why for page in all_indicators().values()]
        told += [source for page in all_rules().values() for source in page.sources]
        told += [source for page in all_indicators().values() for source in page.sources]
    told += get_month_names(locale=language).values()
    return frozenset(word.lower() for text in told for word in words_of(text))


@cache
def official_names() -> frozenset[str]:
    """Return the words in the names of municipalities and counties."""
    regions = assets.schemas() / "regions"
    rows = [row for table in regions.glob("*.csv") for row in _rows(table)]
    named = [row["navn"] for row in rows if "navn" in row]
    named += [row["sted"] for row in _rows(assets.schemas() / "nasjonale-tall.csv")]
    return frozenset(word for name in named for word in words_of(name)) - {"Norge"}


@cache
def message_names() -> frozenset[str]:
    """Return the names of elements and attributes, and of the kinds of message."""
    schemas = assets.schemas().glob("*/*.xsd")
    named = re.findall(r'name="(\w+)"', "".join(file.read_text("utf-8") for file in schemas))
    return frozenset(named) | {"ide", "ipl"}


def norwegian_in(text: str) -> list[str]:
    """Return the words of a text that are certainly Norwegian, but for names and terms."""
    return [
        word
        for word in words_of(text)
        if (word.lower() in NORWEGIAN or _NORDIC.search(word))
        and word.lower() not in TERMS
        and word not in official_names()
    ]


def bokmal_in(text: str) -> list[str]:
    """Return the words of a text that are bokmål and no nynorsk."""
    return [word for word in words_of(text) if word.lower() in BOKMAL]


def foreign_in(text: str, language: str) -> list[str]:
    """Return the words that are another language's: known to us in bokmål, but not in this one."""
    known = _unknown(language)
    sure = norwegian_in(text) if language == "en" else bokmal_in(text)
    names = message_names() | official_names()
    return sure + [
        word
        for word in words_of(text)
        if word.lower() in known and len(word) > 1 and word not in names
    ]


@cache
def _unknown(language: str) -> frozenset[str]:
    return vocabulary("nb") - vocabulary(language)
