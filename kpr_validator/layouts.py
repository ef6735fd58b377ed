"""A table page becomes a Layout: its columns, its lines, its SELECT, and what to see beside it.

The pages are `rules/tabeller/<id>.md`; `rules/tabeller/README.md` says how one is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import assets, toml
from kpr_validator.model import LANGUAGES, Text
from kpr_validator.pages import sections
from kpr_validator.rules import PageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.pages import Sections

CHECKLIST = "sjekkliste"
ONLY_COLUMN = "antall"
THE_YEAR = Text("{aar}", "{aar}", "{aar}")
ALL_CODES = "alle"
_FACTS = frozenset(
    [
        "nummer",
        "fjor",
        "endring",
        "tittel",
        "merknad",
        "kolonner",
        "linjer",
        "kodeverk",
        "publisert",
        "svar",
    ]
)
_LINE_KEYS = frozenset([*LANGUAGES, "gjelder_fra", "gjelder_til", "leses_ikke", "sist"])
_CODE_KEYS = frozenset([*LANGUAGES, "navn", "utelatt", "foran"])
_PUBLISHED_KEYS = frozenset(["maal", "gruppe", "tjeneste", "per", "resten"])


class LineName(NamedTuple):
    """What a line is called in some years; an unread line is on no message."""

    id: str
    name: Text
    since: int | None = None
    until: int | None = None
    is_unread: bool = False
    is_last: bool = False

    def is_computed(self, year: int) -> bool:
        """Tell whether the line, by this name, can be counted in a data year."""
        return not self.is_unread and (self.since or 0) <= year <= (self.until or 9999)


class CodeLines(NamedTuple):
    """Lines that are the codes of a list; the name has places for `kode` and `navn`."""

    codelist: str
    left_out: frozenset[str]
    prefix: str
    name: Text


class Compared(NamedTuple):
    """Where the published values of a line stand; `is_rest` when 100 less the value is meant."""

    measure: str
    group: str | None
    service: int | None
    per: str | None
    is_rest: bool


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One table page, read.

    A column's name has a place for `aar`. `words` are what a checklist says of an answer.
    """

    id: str
    title: Text
    note: Text
    number: int
    with_last_year: bool
    with_change: bool
    columns: Mapping[str, Text]
    names: tuple[LineName, ...]
    codes: CodeLines | None
    published: Mapping[str, Compared]
    words: Mapping[str, Text]
    sql: str


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the layouts of all tables, in the order shown.

    Raises PageError for a page that can't be used.
    """
    pages = [load(path) for path in _files() if path.stem != CHECKLIST]
    return tuple(sorted(pages, key=lambda layout: layout.number))


@cache
def checklist_layout() -> Layout:
    """Return the layout of the checklist."""
    return load(assets.rules() / "tabeller" / f"{CHECKLIST}.md")


def _files() -> list[Path]:
    found = (assets.rules() / "tabeller").glob("*.md")
    return sorted(path for path in found if path.stem != "README")


def load(path: Path) -> Layout:
    """Read one page.

    Raises PageError with the file when something is missing or unknown.
    """
    return _Reader(path).layout()


class _Reader:
    """Reads one page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.page: Sections = sections(path.read_text(encoding="utf-8"))
        self.facts: dict[str, Any] = toml.loads(self._fence("toml"))

    def layout(self) -> Layout:
        """Return the page."""
        self._known(self.facts, _FACTS)
        heading = self.page.headings[0][0] if self.page.headings else ""
        own_id, _, title = heading.partition(" ")
        if own_id != self.path.stem or not title:
            raise PageError(self._at(f"overskriften må begynne med {self.path.stem}"))
        paragraphs = self.page.paragraphs.get(heading, [])
        if len(paragraphs) != 1 or not self.page.paragraphs.get("Hvorfor"):
            raise PageError(self._at("siden må ha én merknad under overskriften, og «Hvorfor»"))
        return Layout(
            id=own_id,
            title=self._titled("tittel", title),
            note=self._titled("merknad", " ".join(paragraphs[0].split())),
            number=self.facts.get("nummer", 0),
            with_last_year=self.facts.get("fjor", False),
            with_change=self.facts.get("endring", False),
            columns=self._texts("kolonner") or {ONLY_COLUMN: THE_YEAR},
            names=tuple(self._names()),
            codes=self._codes(),
            published=dict(self._published()),
            words=self._texts("svar"),
            sql=self._fence("sql"),
        )

    def _at(self, why: str) -> str:
        return f"{self.path.parent.name}/{self.path.name}: {why}"

    def _fence(self, word: str) -> str:
        found = [fence.text for fence in self.page.fences if fence.words == (word,)]
        if len(found) != 1:
            raise PageError(self._at(f"siden må ha én {word}-blokk"))
        return found[0]

    def _known(self, table: Mapping[str, object], keys: frozenset[str]) -> None:
        if unknown := sorted(table.keys() - keys):
            raise PageError(self._at(f"ukjent nøkkel {', '.join(unknown)}"))

    def _text(self, table: Mapping[str, object], key: str) -> Text:
        if any(not table.get(language) for language in LANGUAGES):
            raise PageError(self._at(f"{key} må finnes på nb, nn og en"))
        return Text(*(str(table[language]) for language in LANGUAGES))

    def _titled(self, key: str, in_bokmaal: str) -> Text:
        return self._text({"nb": in_bokmaal, **self.facts.get(key, {})}, key)

    def _texts(self, key: str) -> dict[str, Text]:
        return {name: self._text(told, name) for name, told in self.facts.get(key, {}).items()}

    def _names(self) -> Iterator[LineName]:
        """Yield the lines; one that changes its name is written once per name."""
        for line, told in self.facts.get("linjer", {}).items():
            for named in told if isinstance(told, list) else [told]:
                self._known(named, _LINE_KEYS)
                yield LineName(
                    id=line,
                    name=self._text(named, line),
                    since=named.get("gjelder_fra"),
                    until=named.get("gjelder_til"),
                    is_unread=named.get("leses_ikke", False),
                    is_last=named.get("sist", False),
                )

    def _codes(self) -> CodeLines | None:
        told = self.facts.get("kodeverk")
        if not told:
            return None
        self._known(told, _CODE_KEYS)
        left_out = frozenset(told.get("utelatt", ()))
        return CodeLines(
            told["navn"], left_out, told.get("foran", ""), self._text(told, "kodeverk")
        )

    def _published(self) -> Iterator[tuple[str, Compared]]:
        for line, told in self.facts.get("publisert", {}).items():
            self._known(told, _PUBLISHED_KEYS)
            yield (
                line,
                Compared(
                    measure=told["maal"],
                    group=told.get("gruppe"),
                    service=told.get("tjeneste"),
                    per=told.get("per"),
                    is_rest=told.get("resten", False),
                ),
            )
