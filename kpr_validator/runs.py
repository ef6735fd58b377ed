"""Scores taken a run at a time: rows of FUNKSJON that differ in their middles alone.

The scores of an assessment follow each other with the same person, dates and spelling. What
stands from one score to the next row's id is then the same each time, so the text is cut there;
and there are few different middles, so each is read once.
"""

from __future__ import annotations

from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import folding

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

OWN = ("fnFnID", folding.VARIABLE, folding.SCORE)  # the fields of a middle
FIELDS = ("fnPeID", *OWN, *folding.KEY)
_ID, _SCORE = FIELDS.index(OWN[0]) + 1, FIELDS.index(OWN[-1]) + 1
_SHARED = [at for at, name in enumerate(FIELDS, 1) if name not in OWN]
_LAST = len(FIELDS)
_REACH = 40  # rows in which others like the first are looked for
_MOST_KINDS, _MOST_ALIKE = 100, 4  # layouts: of lengths, and of one length
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
        self._layouts = _Layouts()

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
        length, between = end - begin, after + before
        if text.find(text[last : row.end(_LAST)], end, end + 2 * length) < 0:  # it is alone
            return [text[first:last]], end, self._match(text, end)
        middles = self._layouts.part(text, first, length, between)
        if middles is None:
            *middles, _ = text[first : first + length * _REACH].split(between)
            self._layouts.learn(length, between, middles)
        begin = first + sum(map(len, middles)) + len(between) * len(middles) - len(before)
        following = self._match(text, begin)  # its end is not cut off
        if following is None or following.group(*_SHARED) != shared:
            return middles, begin, following
        middles.append(text[following.start(_ID) : following.end(_SCORE)])
        end = following.end()
        return middles, end, self._match(text, end)


class _Layouts:
    """Where the middles of sets stood: most sets are laid like one before them.

    What is cut is put together again and compared, so a layout is a guess and no more.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], list[tuple[int, Callable[[str], tuple[str, ...]]]]] = {}

    def part(self, text: str, first: int, length: int, between: str) -> list[str] | None:
        """Return the middles from `first` on, all but the last, where they are laid as before.

        `length` is that of the first row, and `between` what stands after each of them.
        """
        for size, take in self._known.get((length, len(between)), ()):
            end = first + size
            laid = text[first:end]
            middles = take(laid)
            if between.join(middles) + between == laid:
                goes_on = text.find(between, end, end + 2 * length) >= 0
                return None if goes_on else list(middles)
        return None

    def learn(self, length: int, between: str, middles: Sequence[str]) -> None:
        """Remember how middles stood."""
        if len(middles) < 2:  # noqa: PLR2004  of one, itemgetter makes no tuple
            return
        if len(self._known) == _MOST_KINDS:
            self._known.clear()
        step = len(between)
        ends = list(accumulate(len(middle) + step for middle in middles))
        starts = (0, *ends)
        places = [slice(start, end - step) for start, end in zip(starts, ends, strict=False)]
        layouts = self._known.setdefault((length, step), [])
        layouts.insert(0, (ends[-1], itemgetter(*places)))
        del layouts[_MOST_ALIKE:]


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
