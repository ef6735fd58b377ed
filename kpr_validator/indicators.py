"""An indicator page becomes an Indicator: what is counted, in which parts, and for whom.

The pages are `rules/indikatorer/<id>.md`; `rules/indikatorer/README.md` says how one
is written. Every row of a page's SELECT is one of the nevner and belongs to one part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import assets, toml
from kpr_validator.model import LANGUAGES, Origin, Text
from kpr_validator.pages import sections
from kpr_validator.rules import EXAMPLES, PageError
from kpr_validator.worked import Example, examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.model import Value
    from kpr_validator.pages import Fence

UNITS = {"personer": "persons", "opphold": "stays", "tjenester": "services"}
ORIGINS = {item.value: item for item in (Origin.INDICATOR, Origin.STATISTICS, Origin.OWN)}
LEVELS = ("land", "fylke", "kommune", "kostragruppe", "bydel", "institusjon")
SMALLEST = (5, 10)
_FACTS = frozenset(
    [
        "opphav",
        "hjemmel",
        "gjelder_fra",
        "gjelder_til",
        "enhet",
        "smaa_tall",
        "nivaa",
        "publisert",
        "ikke_publisert",
        "tittel",
        "definisjon",
        "deler",
        "parametre",
    ]
)
_PART_KEYS = frozenset([*LANGUAGES, "teller", "mangler", "gjelder_fra", "gjelder_til"])
_PUBLISHED_KEYS = frozenset(["maal", "gruppe", "tjeneste"])
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PART_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PartName:
    """What a part is called in some years (both inclusive), and what it counts as."""

    id: str
    name: Text
    is_teller: bool
    is_missing: bool
    since: int | None
    until: int | None

    def is_used(self, year: int) -> bool:
        """Tell whether the part is there, by this name, in a data year."""
        return (self.since or 0) <= year <= (self.until or 9999)


class PublishedKey(NamedTuple):
    """Where the published values stand in the table `nasjonalt`."""

    measure: str
    group: str | None
    service: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One indicator page, read.

    `sql` gives `person_rad`, `rad` and `del` (a part's id). `unpublished` are data
    years for which the publisher gave no value, so that no other year's is shown.
    """

    id: str
    title: Text
    definition: Text
    why: str
    origin: Origin
    unit: str
    levels: tuple[str, ...]
    smallest: int
    since: int | None
    until: int | None
    sources: tuple[str, ...]
    published: PublishedKey | None
    unpublished: tuple[int, ...]
    names: tuple[PartName, ...]
    sql: str
    parameters: Mapping[str, Mapping[int, Value]]
    path: str

    def is_meant(self, year: int) -> bool:
        """Tell whether the indicator is counted in a data year."""
        return (self.since or 0) <= year <= (self.until or 9999)

    def parts(self, year: int) -> tuple[PartName, ...]:
        """Return the parts of a data year, in the order shown."""
        return tuple(part for part in self.names if part.is_used(year))

    def values(self, year: int) -> dict[str, Value]:
        """Return the page's own parameters, as they are in a data year."""
        found: dict[str, Value] = {}
        for name, values in self.parameters.items():
            known = [since for since in values if since <= year]
            found[name] = values[max(known)] if known else None
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands: the indicator, its examples, and where its SQL begins."""

    indicator: Indicator
    examples: tuple[Example, ...]
    sql_line: int


def indicator_files() -> list[Path]:
    """Return the files of all indicator pages, by name."""
    found = (assets.rules() / "indikatorer").glob("*.md")
    return sorted(path for path in found if path.stem != "README")


@cache
def all_indicators() -> Mapping[str, Indicator]:
    """Return the indicators of the product by id.

    Raises PageError for a page that can't be used.
    """
    return {path.stem: _Reader(path).indicator() for path in indicator_files()}


def load_indicator(path: Path) -> Page:
    """Read one page.

    Raises PageError with file and line when something is missing or unknown.
    """
    reader = _Reader(path, with_examples=True)
    indicator = reader.indicator()
    parts = frozenset(part.id for part in indicator.names)
    worked = examples(reader.sections.fences, parts, reader.error)
    return Page(indicator, tuple(worked), reader.only("sql").line)


class _Reader:
    """Reads one page, keeping track of lines."""

    def __init__(self, path: Path, *, with_examples: bool = False) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        if not with_examples:  # they are most of a page, and no run needs them
            text = text.partition(EXAMPLES)[0]
        self.sections = sections(text)

    def indicator(self) -> Indicator:
        """Return the indicator."""
        heading, line = self.sections.headings[0] if self.sections.headings else ("", 1)
        own_id, _, title = heading.partition(" ")
        if own_id != self.path.stem or not _ID.fullmatch(own_id) or not title:
            raise self.error(line, f"overskriften må begynne med {self.path.stem}")
        paragraphs = self.sections.paragraphs.get(heading, [])
        if len(paragraphs) != 1:
            raise self.error(line, "under overskriften skal definisjonen stå, i ett avsnitt")
        why = "\n\n".join(self.sections.paragraphs.get("Hvorfor", ())).strip()
        if not why:
            raise self.error(line, "siden mangler «Hvorfor»")
        facts = self._facts()
        return Indicator(
            id=own_id,
            title=self._text({"nb": title, **facts.get("tittel", {})}, "tittel"),
            definition=self._text(
                {"nb": " ".join(paragraphs[0].split()), **facts.get("definisjon", {})},
                "definisjon",
            ),
            why=why,
            origin=self._word(facts, "opphav", ORIGINS),
            unit=self._word(facts, "enhet", UNITS),
            levels=self._levels(facts),
            smallest=self._word(facts, "smaa_tall", {limit: limit for limit in SMALLEST}),
            since=facts.get("gjelder_fra"),
            until=facts.get("gjelder_til"),
            sources=self._sources(facts),
            published=self._published(facts),
            unpublished=tuple(facts.get("ikke_publisert", ())),
            names=tuple(self._names(facts)),
            sql=self.only("sql").text,
            parameters=self._parameters(facts),
            path="/".join(self.path.parts[-3:]),
        )

    def error(self, line: int, why: str) -> PageError:
        """Return the error that says where the page is wrong, and how."""
        return PageError(f"{self.path.parent.name}/{self.path.name}:{line}: {why}")

    def only(self, word: str) -> Fence:
        """Return the one block of its kind."""
        found = [fence for fence in self.sections.fences if fence.words[:1] == (word,)]
        if len(found) != 1:
            raise self.error(found[1].line if found else 1, f"siden må ha én {word}-blokk")
        return found[0]

    def _line_of(self, word: str) -> int:
        """Return the first line of the TOML block on which a word stands."""
        block = self.only("toml")
        for number, line in enumerate(block.text.splitlines(), block.line + 1):
            if re.search(rf"\b{re.escape(word)}\b", line):
                return number
        return block.line

    def _facts(self) -> dict[str, Any]:
        block = self.only("toml")
        try:
            facts = toml.loads(block.text)
        except toml.TOMLDecodeError as error:
            raise self.error(block.line, f"toml: {error}") from error
        self._known(facts, _FACTS)
        return facts

    def _known(self, table: Mapping[str, object], keys: frozenset[str]) -> None:
        if unknown := sorted(table.keys() - keys):
            raise self.error(self._line_of(unknown[0]), f"ukjent nøkkel {unknown}")

    def _word(self, facts: Mapping[str, Any], key: str, words: Mapping[Any, Any]) -> Any:  # noqa: ANN401  what the words stand for
        if facts.get(key) not in words:
            allowed = ", ".join(map(str, words))
            raise self.error(self._line_of(key), f"{key} må være en av {allowed}")
        return words[facts[key]]

    def _text(self, texts: object, key: str) -> Text:
        if not isinstance(texts, dict) or any(not texts.get(language) for language in LANGUAGES):
            raise self.error(self._line_of(key), f"{key} må finnes på nb, nn og en")
        return Text(*(str(texts[language]) for language in LANGUAGES))

    def _levels(self, facts: Mapping[str, Any]) -> tuple[str, ...]:
        levels = facts.get("nivaa")
        if not levels or not set(levels) <= set(LEVELS):
            raise self.error(self._line_of("nivaa"), f"nivaa må være blant {', '.join(LEVELS)}")
        return tuple(levels)

    def _sources(self, facts: Mapping[str, Any]) -> tuple[str, ...]:
        if not facts.get("hjemmel") or not isinstance(facts["hjemmel"], list):
            raise self.error(self._line_of("hjemmel"), "siden mangler hjemmel")
        return tuple(facts["hjemmel"])

    def _published(self, facts: Mapping[str, Any]) -> PublishedKey | None:
        told = facts.get("publisert")
        if told is None:
            return None
        self._known(told, _PUBLISHED_KEYS)
        if "maal" not in told:
            raise self.error(self._line_of("publisert"), "publisert mangler maal")
        return PublishedKey(told["maal"], told.get("gruppe"), told.get("tjeneste"))

    def _parameters(self, facts: Mapping[str, Any]) -> dict[str, dict[int, Value]]:
        given = facts.get("parametre", {})
        return {
            name: {int(year): value for year, value in values.items()}
            for name, values in given.items()
        }

    def _names(self, facts: Mapping[str, Any]) -> Iterator[PartName]:
        """Yield the parts; one that changes its name is written once per name."""
        parts = facts.get("deler", {})
        if not parts:
            raise self.error(self._line_of("deler"), "siden mangler deler")
        for part_id, told in parts.items():
            if not _PART_ID.fullmatch(part_id):
                raise self.error(self._line_of(part_id), f"ugyldig navn på del: {part_id}")
            named = told if isinstance(told, list) else [told]
            names = [self._name(part_id, table) for table in named]
            spans = sorted((part.since or 0, part.until or 9999) for part in names)
            if any(low <= high for (_, high), (low, _) in pairwise(spans)):
                raise self.error(self._line_of(part_id), f"{part_id} har to navn samme år")
            yield from names

    def _name(self, part_id: str, table: Mapping[str, Any]) -> PartName:
        self._known(table, _PART_KEYS)
        if table.get("teller") and table.get("mangler"):
            raise self.error(self._line_of(part_id), f"{part_id} er både teller og mangler")
        return PartName(
            id=part_id,
            name=self._text({key: table.get(key) for key in LANGUAGES}, part_id),
            is_teller=bool(table.get("teller")),
            is_missing=bool(table.get("mangler")),
            since=table.get("gjelder_fra"),
            until=table.get("gjelder_til"),
        )
