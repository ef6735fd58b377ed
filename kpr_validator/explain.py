"""What the pattern did not accept: judged by the schema, explained by our own walk.

The XSD processor only answers valid or not. Lines, elements and words
come from the walk. Where the two disagree, that is a finding of its own
(XSD-99) and the verdict is left open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from kpr_validator.judge import judge_by
from kpr_validator.opening import broken_error
from kpr_validator.pattern import is_safe
from kpr_validator.plan import minimal
from kpr_validator.shrink import Explained, Shrinker
from kpr_validator.walk import Broken, Fault, Row, Walked, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kpr_validator.opening import Opening
    from kpr_validator.scan import Piece, Slice
    from kpr_validator.shrink import Shrunk

_DECLARATION = re.compile(r"^\s*<\?xml\b.*?\?>", re.DOTALL)
_NOT_SCHEMA = frozenset({"LES-10"})
MEGABYTES = 64


class Explainer:
    """Explains the slices and the envelope of one document."""

    def __init__(self, opening: Opening, record: str, *, fast: bool = True) -> None:
        self.opening = opening
        self.plan = opening.document.plan
        self.record_name = record
        self.told_broken = False
        self._may_shrink = fast and is_safe()

    @cached_property
    def _shrinker(self) -> Shrinker:
        return Shrinker(self.plan, self.record_name, self.opening.prefix)

    @cached_property
    def _judge(self) -> Callable[[str], bool]:
        return judge_by(self.opening.document.schema)

    @cached_property
    def _end(self) -> str:
        return f"</{self.opening.name}>"

    @cached_property
    def _before_record(self) -> str:
        """Return the root's tag and the siblings that must stand before a record."""
        siblings = self.plan.root.children[: self.plan.root.order[self.record_name]]
        return self.opening.tag + "".join(minimal(item, self.opening.prefix) for item in siblings)

    def record(self, cut: Slice) -> Explained:
        """Explain one record that was not accepted."""
        if not cut.text:
            values = {"maks": MEGABYTES, "linje": cut.line}
            name = self.record_name
            return Explained([], [Fault("LES-11", cut.line, name, None, None, values=values)])
        return self._shrunk_record(cut) or self._whole_record(cut)

    def _shrunk_record(self, cut: Slice) -> Explained | None:
        """Explain a record by what may be wrong in it, None when that can't be told apart."""
        shrunk = cut.shrunk
        if shrunk is None and self._may_shrink:
            shrunk = self._shrinker.shrink(cut.text)
        if shrunk is None:
            return None
        walked = walk((self.opening.tag, shrunk.text, self._end), self.plan, self.record_name)
        if walked.broken or not shrunk.is_of(walked.rows):
            return None
        return self._judged(cut, shrunk.text, walked, shrunk)

    def _whole_record(self, cut: Slice) -> Explained:
        walked = walk((self.opening.tag, cut.text, self._end), self.plan, self.record_name)
        if walked.broken:
            return self._broken_record(cut, walked)
        if not walked.rows:  # a record in another namespace is none of ours
            root = self.plan.root.name
            walked.faults.append(Fault("XSD-12", 1, root, self.record_name, None, parent=root))
        return self._judged(cut, cut.text, walked)

    def _judged(
        self, cut: Slice, text: str, walked: Walked, shrunk: Shrunk | None = None
    ) -> Explained:
        """Let the schema judge what was walked, and count lines from the file's beginning."""
        valid = self._judge(f"{self._before_record}{text}{self._end}")
        down = cut.line - 1
        told = [_moved_fault(fault, down) for fault in walked.faults]
        return Explained(walked.rows, self._agreed(told, cut.line, valid=valid), shrunk)

    def _broken_record(self, cut: Slice, walked: Walked) -> Explained:
        """Tell where the record stops being XML; what the schema says of the rest would mislead."""
        self.told_broken = True
        at = walked.broken or Broken(1, 0, 0)
        fault = self._broken(cut.text, at, cut_short=cut.cut_short)
        down = cut.line - 1
        line = fault.line + down
        values = {**fault.values, **({"linje": line} if "linje" in fault.values else {})}
        told = fault._replace(line=line, values=values)
        return Explained(walked.rows, [told])

    def _broken(self, text: str, at: Broken, *, cut_short: bool) -> Fault:
        error = broken_error(text, at.line, at.column)
        rule = "LES-03" if cut_short and error.rule == "LES-02" else error.rule
        line = text.rstrip("\n").count("\n") + 1 if rule == "LES-03" else error.line
        return Fault(
            rule, line, self.record_name, None, None, values={**error.values, "linje": line}
        )

    def _agreed(self, faults: list[Fault], line: int, *, valid: bool) -> list[Fault]:
        """Return the faults, with one more when judge and walk disagree."""
        if valid == (not [fault for fault in faults if fault.rule not in _NOT_SCHEMA]):
            return faults
        told = Fault("XSD-99", line, self.record_name, None, None, parent=self.record_name)
        return [*faults, told]

    def envelope(self, pieces: Sequence[Piece], *, ended: bool) -> Explained:
        """Explain what stands around the records; the records themselves are stood in for."""
        stand_in = minimal(self.plan.elements[self.record_name], self.opening.prefix)
        lines = [1, self.opening.root_line, *(piece.line for piece in pieces)]
        texts = [
            self.opening.before,
            self.opening.tag,
            *(stand_in if piece.stands_in else piece.text for piece in pieces),
        ]
        walked = walk((text + "\n" for text in texts), self.plan, self.plan.root.name)
        starts = _starts(texts)

        def line(joined: int) -> int:
            part = bisect_right(starts, joined) - 1
            return lines[part] + joined - starts[part]

        rows, faults = self._without_stand_ins(walked, line)
        if walked.broken:
            faults += self._broken_envelope(texts, walked.broken, line, ended=ended)
        else:
            faults = self._agreed(faults, self.opening.root_line, valid=self._is_valid(texts))
            faults += self._wrapping(texts)
        return Explained(rows, faults)

    def _without_stand_ins(
        self, walked: Walked, line: Callable[[int], int]
    ) -> tuple[list[Row], list[Fault]]:
        kept: dict[int, int] = {}
        rows: list[Row] = []
        for index, row in enumerate(walked.rows):
            if row.element.name in {self.plan.root.name, *self._outer}:
                kept[index] = len(rows)
                places = {name: line(at) for name, at in row.lines.items()}
                rows.append(row._replace(line=line(row.line), lines=places))
        faults = [
            fault._replace(line=line(fault.line), row=kept.get(fault.row or 0))
            for fault in walked.faults
        ]
        return rows, faults

    @cached_property
    def _outer(self) -> frozenset[str]:
        """Return the names of the complex elements that are not part of a record."""
        inner = {element.name for element in self.plan.elements[self.record_name].walk()}
        return frozenset(self.plan.elements) - inner

    def _broken_envelope(
        self, texts: list[str], at: Broken, line: Callable[[int], int], *, ended: bool
    ) -> list[Fault]:
        if self.told_broken and not ended:
            return []
        fault = self._broken("\n".join(texts), at, cut_short=not ended)
        found = line(fault.line)
        return [
            fault._replace(
                line=found, element=self.plan.root.name, values={**fault.values, "linje": found}
            )
        ]

    def _is_valid(self, texts: list[str]) -> bool:
        if self.opening.envelope is None:
            return self._judge(_DECLARATION.sub("", "\n".join(texts)))
        content, _ = self._split(texts)
        return self._judge(content)

    def _split(self, texts: list[str]) -> tuple[str, str]:
        """Return the message alone, and its envelope with the message taken out."""
        before, *inner = texts
        joined = "\n".join(inner)
        end = re.compile(rf"</{re.escape(self.opening.name)}\s*>").search(joined)
        cut = end.end() if end else len(joined)
        return joined[:cut], _DECLARATION.sub("", before) + joined[cut:]

    def _wrapping(self, texts: list[str]) -> list[Fault]:
        """Judge the envelope around the message, if there is one."""
        wrapping = self.opening.envelope
        if wrapping is None:
            return []
        _, outer = self._split(texts)
        name = wrapping.root
        if more := _count_inline(outer, wrapping.namespace):
            return [Fault("LES-21", 1, name, None, None, values={"antall": more + 1})]
        if not judge_by(wrapping.schema)(outer):
            return [Fault("XSD-15", 1, name, None, None, parent=name)]
        return []


def explain_whole(opening: Opening, text: str) -> Explained:
    """Explain a small document in one piece: the ident message."""
    document = opening.document
    whole = f"{opening.before}{opening.tag}{text}"
    walked = walk((whole,), document.plan, document.plan.root.name)
    faults = list(walked.faults)
    if walked.broken:
        error = broken_error(whole, walked.broken.line, walked.broken.column)
        faults.append(Fault(error.rule, error.line, document.root, None, None, values=error.values))
    elif judge_by(document.schema)(_DECLARATION.sub("", whole)) != (not faults):
        faults.append(
            Fault("XSD-99", opening.root_line, document.root, None, None, parent=document.root)
        )
    return Explained(walked.rows, faults)


def _starts(texts: Iterable[str]) -> list[int]:
    """Return the line on which each text begins when all are joined by line ends."""
    starts, line = [], 1
    for text in texts:
        starts.append(line)
        line += text.count("\n") + 1
    return starts


def _moved_fault(fault: Fault, down: int) -> Fault:
    return fault._replace(line=fault.line + down)


def _count_inline(text: str, namespace: str) -> int:
    """Return how many messages stand inline in an envelope."""
    count = 0
    path: list[str] = []
    content = f"{namespace} Content"

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal count
        count += bool(path) and path[-1] == content
        path.append(name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: path.pop()
    parser.Parse(text, True)  # noqa: FBT003  pyexpat takes no keyword
    return count
