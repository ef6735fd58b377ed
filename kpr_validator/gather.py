"""Gathers the figures of one submission: its indicators and tables, beside last year's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from kpr_validator import database
from kpr_validator.checklist import checklist
from kpr_validator.figures import Count, Figure, Figures, Part, Published
from kpr_validator.identity import has_identity, mask
from kpr_validator.indicators import all_indicators
from kpr_validator.measure import Ask
from kpr_validator.model import Origin
from kpr_validator.tables import asks, tabulate

if TYPE_CHECKING:
    from kpr_validator.indicators import Indicator, PartName, PublishedKey
    from kpr_validator.measure import Measure, Rows

_NOT_COMPARED = ("brudd", "erstattet", "avvik")
_UNITS = {"prosent": "percent"}


class FigureError(Exception):
    """An indicator's SELECT gives something that is none of its parts."""


def gather(now: Measure, before: Measure | None) -> Figures:
    """Return the figures of a submission, and those of last year's when that is there."""
    meant = {
        name: indicator
        for name, indicator in all_indicators().items()
        if indicator.is_meant(now.year.aar)
    }
    asked = {name: _ask(one, now.year.aar) for name, one in meant.items()}
    answers = now.both({**asked, **asks()})
    last_year = gather(before, None) if before else None
    return Figures(
        indicators=tuple(
            _figure(now, one, answers[name].sent, answers[name].received)
            for name, one in meant.items()
        ),
        tables=tabulate(now, answers, last_year.tables if last_year else ()),
        last_year=last_year,
        persons=_Persons(now, meant),
        checklists=partial(checklist, now),
    )


@cache
def _ask(indicator: Indicator, year: int) -> Ask:
    statement = f"SELECT del, count(*) FROM ({indicator.sql}) GROUP BY del"  # noqa: S608  our own pages
    return Ask(statement, indicator.values(year))


@cache
def _parts(indicator: Indicator, year: int) -> tuple[PartName, ...]:
    return indicator.parts(year)


def _figure(now: Measure, indicator: Indicator, sent: Rows, received: Rows) -> Figure:
    counts = _counts(now, indicator, sent), _counts(now, indicator, received)
    return Figure(
        id=indicator.id,
        title=indicator.title,
        definition=indicator.definition,
        unit=indicator.unit,
        year=now.data_year,
        parts=tuple(
            Part(
                id=part.id,
                name=part.name,
                count=Count(*(count.get(part.id, 0) for count in counts)),
                is_teller=part.is_teller,
                is_missing=part.is_missing,
            )
            for part in _parts(indicator, now.year.aar)
        ),
        published=_published(now, indicator),
        sources=indicator.sources,
        is_ours=indicator.origin is Origin.OWN,
        smallest=indicator.smallest,
        levels=indicator.levels,
    )


def _counts(now: Measure, indicator: Indicator, rows: Rows) -> dict[str, int]:
    known = {part.id for part in _parts(indicator, now.year.aar)}
    counts = {str(part): int(count or 0) for part, count in rows}
    if unknown := sorted(counts.keys() - known):
        message = f"{indicator.path}: del {', '.join(unknown)} finnes ikke i {now.year.aar}"
        raise FigureError(message)
    return counts


def _published(now: Measure, indicator: Indicator) -> tuple[Published, ...]:
    if indicator.published is None or now.data_year in indicator.unpublished:
        return ()
    return published(indicator.published)


@cache
def published(key: PublishedKey) -> tuple[Published, ...]:
    """Return what was published of a measure, the whole country first, then by year.

    Breaks in a series, and figures that stand beside another, are not compared with.
    """
    found = database.known(
        "SELECT aar, sted, verdi, benevning, kilde FROM nasjonalt"
        " WHERE maal = ? AND gruppe IS ? AND tjeneste IS ? AND coalesce(merke, '') NOT IN (?, ?, ?)"
        " ORDER BY nivaa <> 'land', sted, aar",
        (*key, *_NOT_COMPARED),
    )
    return tuple(
        Published(year, place, value, _UNITS.get(unit, "number"), source)
        for year, place, value, unit, source in found
    )


@dataclass
class _Persons(Mapping[tuple[str, str], tuple[str, ...]]):
    """Looks up the persons behind a part, as sent, when somebody asks.

    The parts of an indicator are looked up together, and kept until another is asked for.
    """

    _now: Measure
    _indicators: Mapping[str, Indicator]
    _latest: tuple[str, Mapping[str, list[str]]] = ("", {})

    def __getitem__(self, key: tuple[str, str]) -> tuple[str, ...]:
        name, part = key
        if key not in self._parts(name):
            raise KeyError(key)
        if name != self._latest[0]:
            self._latest = name, self._behind(self._indicators[name])
        return tuple(self._latest[1].get(part, ()))

    def _behind(self, indicator: Indicator) -> Mapping[str, list[str]]:
        statement = f"SELECT del, person_rad FROM ({indicator.sql})"  # noqa: S608  our own pages
        found: dict[str, set[int]] = {}
        for part, rad in self._now.sent(Ask(statement, indicator.values(self._now.year.aar))):
            found.setdefault(str(part), set()).add(int(rad or 0))
        named = self._names
        return {
            part: [named[rad] for rad in sorted(rads) if rad in named]
            for part, rads in found.items()
        }

    @cached_property
    def _names(self) -> Mapping[int, str]:
        """Return the pePeID of every person by row, those that are identities hidden."""
        persons = self._now.con.execute("SELECT rad, pePeID FROM main.person")
        return {rad: self._masked(str(person), rad) for rad, person in persons}

    def _masked(self, person: str, rad: int) -> str:
        return mask(person, self._now.line_of(rad)) or "" if has_identity(person) else person

    def _parts(self, name: str) -> list[tuple[str, str]]:
        indicator = self._indicators.get(name)
        parts = _parts(indicator, self._now.year.aar) if indicator else ()
        return [(name, part.id) for part in parts]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for name in self._indicators:
            yield from self._parts(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)
