"""What the product's own pipeline finds in a file put together from parts."""

from __future__ import annotations

import io
import tempfile
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.pipeline import check_file
from kpr_validator.scrub.renumber import Renumber
from kpr_validator.scrub.tree import Node, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator.model import Report
    from kpr_validator.pipeline import Options
    from kpr_validator.scrub.cut import Original
    from kpr_validator.scrub.ident import Ident
    from kpr_validator.scrub.places import Places

MOST_AT_ONCE = 1500
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Sight(NamedTuple):
    """A finding as it is known again: its rule and field."""

    rule: str
    field: str | None


@dataclass(frozen=True)
class Header:
    """What stands around the persons; `root` has no children here."""

    root: Node
    before: tuple[Node, ...]
    after: tuple[Node, ...]

    def tree(self) -> Node:
        """Return it as one tree: the root, then what stands before and after."""
        return replace(self.root, children=(*self.before, *self.after))

    def of(self, tree: Node) -> Header:
        """Return the header that a changed tree gives."""
        n = len(self.before)
        return Header(replace(tree, children=()), tree.children[:n], tree.children[n:])


class Made(NamedTuple):
    """A file put together: its text, the line each part begins on, and its ident message."""

    text: str
    starts: list[int]
    end: int
    ident: str | None


class Judge:
    """Puts parts together under a header, and tells what is found in each.

    `header` may be changed between two askings.
    """

    def __init__(
        self, original: Original, places: Places, options: Options, ident: Ident | None
    ) -> None:
        self.header = Header(original.root, original.before, original.after)
        self._taken = original.ids
        self._places = places
        self._options = options
        self._ident = ident
        person = Node("PERSON", original.root.namespace, (("pePeID", "1"),))
        self._stub = Node("", "", children=(person,))

    @property
    def municipality(self) -> str:
        """Return the number that stands for the sender's."""
        return self._places.own

    def made(self, parts: Sequence[Node], remarks: Sequence[str] = ()) -> Made:
        """Return the file: `remarks` are comments, the first on top and one before each part."""
        numbers = Renumber(self._taken, self._places)
        around = self.header.of(numbers.part(self.header.tree())[0])
        space = around.root.namespace
        tag = written(replace(around.root, text=around.root.text or "-"), "").partition(">")[0]
        pieces = [_DECLARATION, *map(_comment, remarks[:1]), f"{tag}>\n"]
        pieces += [around.root.text + "\n"] if around.root.text else []
        pieces += [written(node, space, 1) for node in around.before]
        starts = [1 + sum(piece.count("\n") for piece in pieces)]
        identities: list[str] = []
        for n, part in enumerate(parts or [self._stub]):
            new, people = numbers.part(part)
            identities += self._ident.rows(people, part) if self._ident else []
            text = "".join(_comment(remark, "  ") for remark in remarks[n + 1 : n + 2])
            text += "".join(written(person, space, 1) for person in new.children)
            starts.append(starts[-1] + text.count("\n"))
            pieces.append(text)
        pieces += [*(written(node, space, 1) for node in around.after), f"</{around.root.name}>\n"]
        ident = self._ident.message(identities) if self._ident else None
        return Made("".join(pieces), starts[:-1], starts[-1], ident)

    def shown(self, parts: Sequence[Node], rules: Iterable[str]) -> list[set[Sight]]:
        """Return what is found in each part; the last set is what is found elsewhere."""
        chosen = tuple(sorted(set(rules)))
        seen: list[set[Sight]] = []
        elsewhere: set[Sight] = set()
        for at in range(0, max(len(parts), 1), MOST_AT_ONCE):
            some = self._shown(parts[at : at + MOST_AT_ONCE], chosen)
            elsewhere |= some.pop()
            seen += some
        return [*seen[: len(parts)], elsewhere]

    def _shown(self, parts: Sequence[Node], chosen: tuple[str, ...]) -> list[set[Sight]]:
        made = self.made(parts)
        seen: list[set[Sight]] = [set() for _ in made.starts]
        elsewhere: set[Sight] = set()
        with self.report(made, chosen) as report:
            for finding in report.findings():
                sight = Sight(finding.rule, finding.field)
                inside = made.starts[0] <= finding.line < made.end
                at = bisect_right(made.starts, finding.line) - 1
                (seen[at] if inside else elsewhere).add(sight)
        return [*seen, elsewhere]

    @contextmanager
    def report(self, made: Made, chosen: tuple[str, ...]) -> Iterator[Report]:
        """Judge a file put together; only these rules are run, all if none."""
        with tempfile.TemporaryDirectory() as folder:
            ident = None
            if made.ident is not None:
                ident = str(Path(folder) / "ident.xml")
                Path(ident).write_text(made.ident, encoding="utf-8")
            options = replace(
                self._options,
                select=chosen,
                ignore=(),
                ident=ident,
                stdin=io.BytesIO(made.text.encode()),
                progress=lambda _count: None,
            )
            with check_file("-", options) as report:
                yield report


def _comment(text: str, space: str = "") -> str:
    return f"{space}<!-- {text.replace('--', '–')} -->\n"
