"""The last look: is anything of the original in the new file? If so, it is not written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.scrub.neutral import stand_ins
from kpr_validator.scrub.renumber import LINK, MUNICIPALITY, is_id, plain
from kpr_validator.scrub.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from kpr_validator.scrub.cut import Original
    from kpr_validator.scrub.tree import Node

ID, DAY, TEXT, NUMBER = "id", "day", "text", "number"
_NO_IDS = frozenset({LINK, "typeID", "institusjonID"})
_IN_IDENT = "pid"
_SHORTEST = 3
_SHORTEST_ID = 5


def leaks(files: Iterable[str], original: Original, numbers: AbstractSet[str]) -> tuple[str, ...]:
    """Return which kinds of the original's values are in the files: none, if all went well.

    `numbers` are the original's identity numbers. Ids of up to four signs are compared with
    ids only.
    """
    ids = {plain(value) for value in original.ids}
    long_ids = {value for value in ids if len(value) >= _SHORTEST_ID}
    texts = {text for node in (*original.before, *original.after) for text in _texts(node)}
    found: set[str] = set()
    for text in files:
        top = parse([text])
        for is_own_id, value in _values(top) if top else ():
            bare = value.strip()
            found |= {ID} if plain(bare) in (ids if is_own_id else long_ids) else set()
            found |= {NUMBER} if any(n and n in bare for n in numbers) else set()
            found |= {TEXT} if any(word in bare for word in texts) else set()
    return tuple(sorted(found))


def _values(top: Node) -> Iterator[tuple[bool, str]]:
    for _, node in top.walk():
        yield False, node.text
        for name, value in node.attributes:
            yield (is_id(name) or name == _IN_IDENT) and name not in _NO_IDS, value


def _texts(top: Node) -> Iterator[str]:
    """Yield the texts around the persons that tell of someone, unless they are our own words."""
    for _, node in top.walk():
        bare = node.text.strip()
        instead = stand_ins(node.name, node.text)
        tells = bool(instead) or node.name in MUNICIPALITY
        if tells and len(bare) >= _SHORTEST and bare not in instead:
            yield bare
