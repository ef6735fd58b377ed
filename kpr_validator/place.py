"""The place that two reports are about: the same one, though its numbers may have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.succession import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Place(NamedTuple):
    """The municipalities on both sides; `is_same` when what one was became the other.

    `lacking` belong to the place, wholly or in part, and are on neither side; those of
    `partly` were divided, or are what one was divided into.
    """

    old: frozenset[str]
    new: frozenset[str]
    is_same: bool = True
    lacking: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()

    def only(self, is_meant: Callable[[str], object]) -> Place:
        """Return the place with those numbers alone that are meant."""
        sides = (self.old, self.new, self.lacking, self.partly)
        old, new, lacking, partly = (frozenset(filter(is_meant, numbers)) for numbers in sides)
        return self._replace(old=old, new=new, lacking=lacking, partly=partly)

    def remarks(self) -> Iterator[str]:
        """Yield what is to be told of the place: nothing, where it has kept its number."""
        if not self.is_same:
            yield "municipality"
        elif self.old != self.new:
            yield "renumbered" if len(self.old) == len(self.new) == 1 else "joined"
        if self.lacking:
            yield "lacking"


def placed(old: frozenset[str], new: frozenset[str], years: tuple[int | None, int | None]) -> Place:
    """Return the place of some municipalities of two data years."""
    before, now = years
    if before is None or now is None or not old or not new:
        return Place(old, new, old == new)
    were, are = traced(new, now, before), traced(old, before, now)
    if not (were & old and are & new):
        return Place(old, new, is_same=False)
    lacking = (were - old) | (are - new)
    partly = {one for one in were - old if len(traced({one}, before, now)) > 1}
    partly |= {one for one in are - new if len(traced({one}, now, before)) > 1}
    return Place(old, new, lacking=lacking, partly=frozenset(partly))
