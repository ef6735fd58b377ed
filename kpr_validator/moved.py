"""Numbers of tables and indicators that differ between two years, or two sendings of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.codeshift import shifts
from kpr_validator.figures import Count
from kpr_validator.model import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Years = tuple[int | None, int | None]


class Number(NamedTuple):
    """A number of a table or an indicator, with the names of both, and of its column.

    A column's name has a place for `aar`.
    """

    of: Text
    line: Text
    value: Count
    column: Text | None = None

    def of_years(self, years: Years) -> Text:
        """Return what the number is called: its line, and its column where there are several."""
        if self.column is None:
            return self.line
        year = "/".join(str(year) for year in dict.fromkeys(years))
        columns = (self.column.in_language(x).replace("{aar}", year) for x in LANGUAGES)
        lines = (self.line.in_language(x) for x in LANGUAGES)
        return Text(*(f"{line}: {column}" for line, column in zip(lines, columns, strict=True)))


Numbers = Mapping[str, Number]  # by address, as in rules/deling.toml


class Moved(NamedTuple):
    """A number that has changed, by its address; None is not there."""

    id: str
    of: Text
    name: Text
    old: Count | None
    new: Count | None


def moved(old: Numbers, new: Numbers, years: Years) -> Iterator[Moved]:
    """Yield the numbers that differ, in the order of the newer report."""
    old, new = across(old, years), across(new, years)
    for key in dict.fromkeys((*new, *old)):
        before, now = old.get(key), new.get(key)
        named = now or before
        was, is_ = before and before.value, now and now.value
        if named and was != is_ and not (_is_none(was) and _is_none(is_)):
            yield Moved(key, named.of, named.of_years(years), was, is_)


def across(numbers: Numbers, years: Years) -> dict[str, Number]:
    """Return the numbers with those lines as one that are the same thing in both years."""
    together = compared_as(numbers, years)
    found: dict[str, Number] = {}
    for place, number in numbers.items():
        key, name = together.get(place, (place, number.line))
        value = added((found[key].value, number.value)) if key in found else number.value
        found[key] = number._replace(line=name, value=value)
    return found


def compared_as(addresses: Iterable[str], years: Years) -> dict[str, tuple[str, Text]]:
    """Return by which address, and what name, numbers are compared that changed their line."""
    there = tuple(addresses)
    return {
        place: (group[0], same.name)
        for shift in shifts(*years)
        for same in shift.same
        for group in same.groups(there)
        for place in group
    }


def added(counts: Iterable[Count]) -> Count:
    """Return the sum of several numbers."""
    told = list(counts)
    return Count(sum(one.sent for one in told), sum(one.received for one in told))


def _is_none(count: Count | None) -> bool:
    """Tell whether a number is nothing: a line that one year has and another lacks may be 0."""
    return count is None or not (count.sent or count.received)
