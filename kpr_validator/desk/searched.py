"""Texts that are searched for words, all at once: one string, and where each text begins in it."""

from __future__ import annotations

from array import array
from bisect import bisect_right

_BETWEEN = "\n"  # never in a word that is looked for


class Searched:
    """Texts by number, each with the number of the kind that it is of.

    What is met is told as a byte for each text, 1 where it is met.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._kinds = array("l")
        self._begins = array("q")
        self._end = 0

    def add(self, text: str, kind: int = 0) -> None:
        """Take the next text."""
        folded = text.replace(_BETWEEN, " ").casefold()
        self._texts.append(folded)
        self._kinds.append(kind)
        self._begins.append(self._end)
        self._end += len(folded) + 1

    def met(self, word: str) -> bytearray:
        """Return which texts hold a word, which is case-folded already."""
        if len(self._texts) > 1:
            self._texts = [_BETWEEN.join(self._texts)]
        whole, found, at = "".join(self._texts), bytearray(len(self._begins)), -1
        while (at := whole.find(word, at + 1)) >= 0:
            number = bisect_right(self._begins, at) - 1
            found[number] = 1
            if number + 1 == len(self._begins):
                break
            at = self._begins[number + 1] - 1
        return found

    def of(self, kinds: bytearray) -> bytes:
        """Return which texts are of one of these kinds."""
        return bytes(map(kinds.__getitem__, self._kinds))


def either(one: bytes | bytearray, other: bytes | bytearray) -> bytes:
    """Return what is met by one of two, or by both."""
    return (_number(one) | _number(other)).to_bytes(len(one), "big")


def both(one: bytes | bytearray, other: bytes | bytearray) -> bytes:
    """Return what is met by both of two."""
    return (_number(one) & _number(other)).to_bytes(len(one), "big")


def _number(met: bytes | bytearray) -> int:
    return int.from_bytes(met, "big")
