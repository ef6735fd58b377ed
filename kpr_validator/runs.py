"""Scores taken a run at a time: rows of FUNKSJON that differ in their middles alone.

The scores of an assessment follow each other with the same person, dates and spelling. What
stands from one score to the next row's id is then the same each time, so the text is cut there;
and there are few different middles, so each is read once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import folding

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

OWN = ("fnFnID", folding.VARIABLE, folding.SCORE)  # the fields of a middle
FIELDS = ("fnPeID", *OWN, *folding.KEY)
_ID, _SCORE = FIELDS.index(OWN[0]) + 1, FIELDS.index(OWN[-1]) + 1
_SHARED = [at for at, name in enumerate(FIELDS, 1) if name not in OWN]
_LAST = len(FIELDS)
_REACH = 40  # rows in which others like the first are looked for
_MOST_MIDDLES = 5_000  # where ids are numbered through all persons, every middle is new


class Run(NamedTuple):
    """Rows of one person and one pair of dates, each with its own variable.

    Their values of OWN stand row by row, and `masks` has what a Fold tells of them.
    """

    owner: str
    begins: str
    ends: str
    ids: Sequence[str]
    variables: Sequence[str]
    scores: Sequence[str]
    masks: tuple[int, ...]


class Cutter:
    """Cuts text into runs; `row` is the pattern of one row, with a group for each of FIELDS."""

    def __init__(self, row: re.Pattern[str]) -> None:
        self._match = row.match
        self._middles = _Middles(row)

    def cut(self, text: str, at: int) -> tuple[list[Run], int] | None:
        """Return the runs from `at` on and their end, None where they're to be taken row by row."""
        if len(self._middles) > _MOST_MIDDLES:
            return None
        runs: list[Run] = []
        dates = None
        row = self._match(text, at)
        try:
            while row:
                owner, begins, ends = shared = row.group(*_SHARED)
                if dates == (begins, ends):
                    return None
                dates = begins, ends
                middles, at, row = self._alike(text, row, shared)
                runs.append(Run(owner, begins, ends, *self._middles.read(middles)))
        except _OddError:
            return None
        return runs, at

    def _alike(
        self, text: str, row: re.Match[str], shared: tuple[str, ...]
    ) -> tuple[list[str], int, re.Match[str] | None]:
        """Return the middles of a row and of those like it, their end, and the row after them."""
        begin, end = row.span()
        first, last = row.start(_ID), row.end(_SCORE)
        before, after = self._middles.around = text[begin:first], text[last:end]
        if text.find(text[last : row.end(_LAST)], end, end + 2 * (end - begin)) < 0:  # it is alone
            return [text[first:last]], end, self._match(text, end)
        stop = min(end + (end - begin) * _REACH, len(text))
        middles = text[first:stop].split(after + before)
        begin = stop - len(middles.pop()) - len(before)
        following = self._match(text, begin)  # its end is not cut off
        if following is None or following.group(*_SHARED) != shared:
            return middles, begin, following
        middles.append(text[following.start(_ID) : following.end(_SCORE)])
        end = following.end()
        return middles, end, self._match(text, end)


class _OddError(Exception):
    """Something that is no ordinary middle."""


class _Middles(dict[str, tuple[Any, ...]]):
    """The values of each middle, and its bits; `around` is what stands around those now read."""

    def __init__(self, row: re.Pattern[str]) -> None:
        super().__init__()
        self._fullmatch = row.fullmatch
        self.around = "", ""

    def read(self, middles: list[str]) -> tuple[tuple[Any, ...], ...]:
        """Return the ids, the variables and the scores of middles, and their masks.

        Raises _OddError where one isn't ordinary, or two have the same variable.
        """
        ids, variables, scores, bits = zip(*map(self.__getitem__, middles), strict=True)
        masks = folding.masks(bits)
        if masks is None:
            raise _OddError
        return ids, variables, scores, masks

    def __missing__(self, middle: str) -> tuple[Any, ...]:
        before, after = self.around
        row = self._fullmatch(f"{before}{middle}{after}")
        if row is None:
            raise _OddError
        number, variable, score = row.group(*range(_ID, _SCORE + 1))
        bits = folding.side_by_side(variable, score)
        if bits is None:
            raise _OddError
        self[middle] = told = (number, variable, score, bits)
        return told
