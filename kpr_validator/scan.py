"""Text becomes rows where the patterns take a record, and slices where they do not.

They may only say yes; nothing is refused here. What is not accepted is
cut out whole, with its line, for the exact way. What stands around the records
is gathered into an envelope that is judged once.
"""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.pattern import is_safe, make_patterns
from kpr_validator.walk import LARGEST_RECORD

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from kpr_validator.compiled import Taker
    from kpr_validator.opening import Opening
    from kpr_validator.pattern import Patterns
    from kpr_validator.plan import Plan
    from kpr_validator.rows import Rows
    from kpr_validator.shrink import Shrunk

_KEPT_TAIL = 1_000
_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?P<name>[^\s/>!?\"'<]++)(?:[^<>\"'/]++|\"[^\"]*\"|'[^']*'|/(?!>))*?(?P<empty>/?)>"
    r"|[^<]++",
    re.DOTALL,
)
_SPACE = re.compile(r"[ \t\n]*")


class Accepted(NamedTuple):
    """A record that the pattern accepted, shredded.

    `pos` and `length` count characters of the decoded text, `line` is 1-based. `rows` holds the
    record's own row, then those of each class of children it has.
    """

    pos: int
    length: int
    line: int
    rows: list[Rows]


class Slice(NamedTuple):
    """A record that was not accepted; `text` is empty when it was too large to hold.

    `shrunk` is what the compiled way left of it, None where it could not tell.
    """

    pos: int
    length: int
    line: int
    text: str
    cut_short: bool = False
    shrunk: Shrunk | None = None


class Piece(NamedTuple):
    """A part of the envelope; `stands_in` marks the stand-in for a run of records."""

    line: int
    text: str
    stands_in: bool = False


class Scanner:
    """One pass over the content of a message's root.

    Iterating gives every record in document order. `envelope` holds the rest
    afterwards; `ended` tells whether the root's end tag was met.
    """

    def __init__(  # noqa: PLR0913  the two ways of going fast are chosen apart
        self,
        opening: Opening,
        chunks: Iterable[str],
        plan: Plan,
        record: str,
        *,
        fast: bool = True,
        taker: Taker | None = None,
    ) -> None:
        self.envelope: list[Piece] = []
        self.ended = False
        self._chunks = iter(chunks)
        self._text = ""
        self._at = 0
        self._offset = opening.pos
        self._line = opening.line
        self._counted = 0
        self._exhausted = False
        self._root = opening.name
        self._taker = taker
        self._make_patterns = partial(make_patterns, plan, record, opening.prefix)
        self._uses_pattern = fast and is_safe()
        self.is_fast = self._uses_pattern or taker is not None
        name = re.escape(record)
        self._start = re.compile(rf"<(?:[^\s/>:\"'<!?]+:)?{name}(?=[\s/>])")
        self._close = f"</{opening.prefix}{record}>"
        self._odd_close = re.compile(rf"</(?:[^\s/>:]+:)?{name}\s*>")
        self._resume = re.compile(rf"{self._start.pattern}|</{re.escape(opening.name)}\s*>")

    def __iter__(self) -> Iterator[Accepted | Slice]:
        """Yield records until the root ends or the text does; not those that were taken."""
        while not self.ended:
            self._skip_space()
            if self._at == len(self._text):
                if not self._more():
                    return
            elif self._taker and self._taken(self._taker):
                pass
            elif not self._start.match(self._text, self._at):
                self._around()
            elif self._taker and (small := self._shrunk(self._taker)):
                yield small
            elif self._uses_pattern and (yield from self._accepted()):
                pass
            elif (slice_ := self._slice()) is not None:
                yield slice_

    def _more(self, least: int = 1) -> bool:
        """Read on, keeping only what is not yet consumed; tell whether there was more.

        `least` is how many characters to read, if there are so many: a record that isn't whole
        asks for as many as it has, and so is looked at few times, however long it is.
        """
        chunks: list[str] = []
        while (chunk := next(self._chunks, None)) is not None:
            chunks.append(chunk)
            least -= len(chunk)
            if least <= 0:
                break
        if not chunks:
            self._exhausted = True
            return False
        self._line_here()
        self._text = "".join((self._text[self._at :], *chunks))
        self._offset += self._at
        self._counted = self._at = 0
        return True

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _skip_space(self) -> None:
        if found := _SPACE.match(self._text, self._at):
            self._at = found.end()

    def _taken(self, taker: Taker) -> bool:
        """Let the compiled way take what it can; tell whether it got on, or needed more text."""
        line = self._line_here()
        at, self._line, is_cut = taker.take(self._text, self._at, self._offset, line)
        if at > self._at:
            self._stand_in(line)
            self._at = self._counted = at
            return True
        size = len(self._text) - at
        return is_cut and size <= LARGEST_RECORD and self._more(size)

    def _shrunk(self, taker: Taker) -> Slice | None:
        """Let the compiled way shrink the record that begins here, if it can."""
        found = taker.shrink(self._text, self._at)
        if found is None:
            return None
        line, start = self._line_here(), self._at
        self._at, shrunk = found
        self._stand_in(line)
        text = self._text[start : self._at]
        return Slice(self._offset + start, len(text), line, text, shrunk=shrunk)

    @cached_property
    def _patterns(self) -> Patterns:
        return self._make_patterns()

    def _accepted(self) -> Generator[Accepted, None, bool]:
        """Shred the records from here on as long as they are ordinary; tell whether any was."""
        begun, take = self._at, self._patterns.take
        while found := take(self._text, self._at):
            line, start = self._line_here(), self._at
            self._stand_in(line)
            self._at = found.end
            yield Accepted(self._offset + start, self._at - start, line, found.rows)
        return self._at > begun

    def _stand_in(self, line: int) -> None:
        if not self.envelope or not self.envelope[-1].stands_in:
            self.envelope.append(Piece(line, "", stands_in=True))

    def _slice(self) -> Slice | None:
        """Cut out the record that begins here; None means that more text was read first."""
        end, size = self._record_end(), len(self._text) - self._at
        if end is None and size > LARGEST_RECORD:
            return self._too_large()
        if end is None:
            if self._more(size):
                return None
            end = self._record_end() or len(self._text)  # there is no more: look again
        line, start = self._line_here(), self._at
        self._stand_in(line)
        self._at = end
        text = self._text[start:end]
        cut_short = self._exhausted and end == len(self._text)
        return Slice(self._offset + start, end - start, line, text, cut_short)

    def _too_large(self) -> Slice:
        """Pass over a record too large to hold, to where the next one seems to begin."""
        line, pos = self._line_here(), self._offset + self._at
        self._stand_in(line)
        self._at += 1
        while not (found := self._resume.search(self._text, self._at)):
            self._at = max(self._at, len(self._text) - _KEPT_TAIL)
            if not self._more():
                self._at = len(self._text)
                return Slice(pos, self._offset + self._at - pos, line, "")
        self._at = found.start()
        return Slice(pos, self._offset + self._at - pos, line, "")

    def _record_end(self) -> int | None:
        """Return where the record that begins here ends, None if that is not in the buffer."""
        close = self._text.find(self._close, self._at)
        if close >= 0:
            end = close + len(self._close)
            if self._is_plain(end):
                return end
        elif not self._exhausted and not self._may_end_here():
            return None
        return self._element_end()

    def _may_end_here(self) -> bool:
        """Tell whether the buffer may hold the record's end in a spelling of its own."""
        start = _TOKEN.match(self._text, self._at)
        is_empty = start is not None and bool(start["empty"])
        return is_empty or self._odd_close.search(self._text, self._at) is not None

    def _is_plain(self, end: int) -> bool:
        """Tell whether the first end tag must be the record's own: no comments, no other record."""
        odd = self._text.find("<!", self._at, end) >= 0 or self._text.find("<?", self._at, end) >= 0
        return not odd and not self._start.search(self._text, self._at + 1, end)

    def _element_end(self) -> int | None:
        """Return the end of the element that begins here by counting tags, quotes and comments.

        When tags don't match, it ends where the next record seems to begin.
        """
        open_names: list[str] = []
        nested = None
        at = self._at
        while token := _TOKEN.match(self._text, at):
            name = token["name"]
            if name and not token["close"] and open_names and self._start.match(token[0]):
                nested = nested or at
            at = token.end()
            if name and token["close"]:
                if open_names.pop() != name:
                    return nested or self._resumed(at)
            elif name and not token["empty"]:
                open_names.append(name)
            if not open_names:
                return at
        if nested:
            return nested
        return self._resumed(at + 1) if self._is_stuck(at) else None

    def _is_stuck(self, at: int) -> bool:
        """Tell whether a token is broken for good, and not merely unfinished in the buffer."""
        return (
            at < len(self._text)
            and self._text.find(">", at) >= 0
            and self._text[at : at + 2]
            not in {
                "<!",
                "<?",
            }
        )

    def _resumed(self, at: int) -> int | None:
        found = self._resume.search(self._text, at)
        return found.start() if found else None

    def _around(self) -> None:
        """Move what is neither record nor space into the envelope."""
        token = _TOKEN.match(self._text, self._at)
        if token and token["name"] and token["close"] and token["name"] == self._root:
            self.ended = True
            self._tail()
            return
        end = None
        if token:
            is_element = token["name"] and not token["close"] and not token["empty"]
            end = self._element_end() if is_element else self._token_end(token)
        if end is None:
            if len(self._text) - self._at <= LARGEST_RECORD and self._more():
                return
            end = len(self._text)
        self.envelope.append(Piece(self._line_here(), self._text[self._at : end]))
        self._at = end

    def _token_end(self, token: re.Match[str]) -> int | None:
        """Return a token's end, None when text goes on at the buffer's end."""
        goes_on = token.end() == len(self._text) and not token[0].endswith(">")
        return None if goes_on else token.end()

    def _tail(self) -> None:
        """Put all that follows, the root's end tag first, into the envelope."""
        size = 0
        while size <= LARGEST_RECORD:
            self.envelope.append(Piece(self._line_here(), self._text[self._at :]))
            size += len(self._text) - self._at
            self._at = len(self._text)
            if not self._more():
                return
