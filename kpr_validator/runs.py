"""Scores taken a run at a time: rows of FUNKSJON that differ in their middles alone.

The scores of an assessment follow each other with the same person, dates and spelling. What
stands from one score to the next row's id is then the same each time, so the text is cut there;
and there are few different middles, so each is read once. Most sets are as one before them but
for the scores: then those are read alone.
"""

from __future__ import annotations

from itertools import accumulate
from operator import getitem, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import folding

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    _Columns = tuple[Sequence[Any], ...]

OWN = ("fnFnID", folding.VARIABLE, folding.SCORE)  # the fields of a middle
FIELDS = ("fnPeID", *OWN, *folding.KEY)
_ID, _SCORE = FIELDS.index(OWN[0]) + 1, FIELDS.index(OWN[-1]) + 1
_SHARED = [at for at, name in enumerate(FIELDS, 1) if name not in OWN]
_LAST = len(FIELDS)
_REACH = 40  # rows in which others like the first are looked for
_MOST_KINDS, _MOST_ALIKE = 100, 4  # sets that are remembered: of lengths, and of one length
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
        self._sets = _Sets(self._middles)

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
                (ids, variables, scores, bits), at, row = self._alike(text, row, shared)
                masks = folding.masks(bits)
                if masks is None:
                    return None
                runs.append(Run(owner, begins, ends, ids, variables, scores, masks))
        except _OddError:
            return None
        return runs, at

    def _alike(
        self, text: str, row: re.Match[str], shared: tuple[str, ...]
    ) -> tuple[_Columns, int, re.Match[str] | None]:
        """Return what a row and those like it tell, their end, and the row after them."""
        begin, end = row.span()
        first, last = row.start(_ID), row.end(_SCORE)
        self._middles.around = text[begin:first], text[last:end]
        length = end - begin
        if text.find(text[last : row.end(_LAST)], end, end + 2 * length) < 0:  # it is alone
            return self._middles.columns([text[first:last]]), end, self._match(text, end)
        if known := self._sets.read(text, first, length):
            told, end = known
            following = self._match(text, end)
            if following is None or following.group(*_SHARED) != shared:
                return told, end, following
        return self._parted(text, first, length, shared)

    def _parted(
        self, text: str, first: int, length: int, shared: tuple[str, ...]
    ) -> tuple[_Columns, int, re.Match[str] | None]:
        """Return the same, found by what stands between the middles, the first from `first` on."""
        before, after = self._middles.around
        stop = min(first + length * _REACH, len(text))
        middles = text[first:stop].split(after + before)
        begin = stop - len(middles.pop()) - len(before)
        following = self._match(text, begin)  # its end is not cut off
        if following is None or following.group(*_SHARED) != shared:
            return self._middles.columns(middles), begin, following
        last, end = following.end(_SCORE), following.end()
        middles.append(text[following.start(_ID) : last])
        told = self._middles.columns(middles)
        if text[last:end] == after:
            self._sets.learn(length, middles, told)
        return told, end, self._match(text, end)


class _OddError(Exception):
    """Something that is no ordinary middle."""


class _Middles(dict[str, tuple[Any, ...]]):
    """The values of each middle, and its bits; `around` is what stands around those now read."""

    def __init__(self, row: re.Pattern[str]) -> None:
        super().__init__()
        self._fullmatch = row.fullmatch
        self.around = "", ""

    def columns(self, middles: Sequence[str]) -> _Columns:
        """Return the ids, the variables, the scores and the bits of middles.

        Raises _OddError where one isn't ordinary.
        """
        return tuple(zip(*map(self.__getitem__, middles), strict=True))

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


class _Row(dict[str, tuple[str, int]]):
    """A row of a set that is remembered: its middle and its bits with each score."""

    def __init__(self, middles: _Middles, middle: str) -> None:
        super().__init__()
        self._middles = middles
        self._start = middle[:-1]  # the score is the last of it

    def __missing__(self, score: str) -> tuple[str, int]:
        middle = self._start + score
        self[score] = told = middle, self._middles[middle][-1]
        return told


class _Set(NamedTuple):
    """A set that is remembered: how long it was, where its scores stood, and the rest of it."""

    size: int
    scores: Callable[[str], tuple[str, ...]]
    rows: list[_Row]
    ids: Sequence[str]
    variables: Sequence[str]


class _Sets:
    """Sets that were cut. One that lies as one of them is put together again and compared."""

    def __init__(self, middles: _Middles) -> None:
        self._middles = middles
        self._known: dict[tuple[int, int], list[_Set]] = {}

    def read(self, text: str, first: int, length: int) -> tuple[_Columns, int] | None:
        """Return what a set tells whose first middle begins at `first`, and its end.

        `length` is that of its first row. None where it is as none that is known.
        """
        before, after = self._middles.around
        between = after + before
        for one in self._known.get((length, len(between)), ()):
            end = first + one.size
            laid = text[first:end]
            try:
                scores = one.scores(laid)
                middles, bits = zip(*map(getitem, one.rows, scores), strict=True)
            except (IndexError, _OddError):
                continue
            if between.join(middles) + after == laid:
                return (one.ids, one.variables, scores, bits), end
        return None

    def learn(self, length: int, middles: Sequence[str], told: _Columns) -> None:
        """Remember a set: the length of its first row, its middles, and what they tell."""
        if len(self._known) == _MOST_KINDS:
            self._known.clear()
        before, after = self._middles.around
        step = len(after + before)
        ends = list(accumulate(len(middle) + step for middle in middles))
        scores = itemgetter(*(end - step - 1 for end in ends))
        rows = [_Row(self._middles, middle) for middle in middles]
        ids, variables, *_ = told
        alike = self._known.setdefault((length, step), [])
        alike.insert(0, _Set(ends[-1] - len(before), scores, rows, ids, variables))
        del alike[_MOST_ALIKE:]
