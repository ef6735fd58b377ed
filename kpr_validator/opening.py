"""The facts of the root: which document this is, and where its own content begins.

An envelope (MsgHead) is unwrapped here: the message inside it is the one whose
root is described, with the namespaces that the envelope declared for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from kpr_validator import catalogue
from kpr_validator.identity import mask
from kpr_validator.read import BEGINNING, ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_PROLOG = 4_000_000
_LONGEST_NAME = 40
_TAG = re.compile(r"<([^\s/>]+)((?:[^\"'>/]|\"[^\"]*\"|'[^']*'|/(?!>))*)(/?)>")
_ENDED_EARLY = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PAGES = {"AppRec": "LES-23"}


class Opening(NamedTuple):
    """Where the message begins.

    `before` is all text up to its root's start tag; `tag` the start tag on one
    line with every namespace in force; `name` the root as written, `prefix` its
    prefix with colon. `pos` and `line` are those of what follows the tag.
    """

    document: catalogue.Document
    envelope: catalogue.Document | None
    before: str
    tag: str
    name: str
    prefix: str
    pos: int
    line: int
    root_line: int


def open_message(text: Iterator[str]) -> tuple[Opening, Iterator[str]]:
    """Return the facts of the root and the text that follows its start tag.

    Raises ReadingError when the document is not one that we judge.
    """
    start = _Start(text)
    opening = start.find()
    return opening, start.rest(opening)


class _FoundError(Exception):
    """Stops expat at the root that we look for."""


class _Start:
    """Reads a document's beginning until the root of a message stands open."""

    def __init__(self, text: Iterator[str]) -> None:
        self.text = text
        self.read = ""
        self.scope: dict[str, str] = {}
        self.document: catalogue.Document | None = None
        self.envelope: catalogue.Document | None = None
        self.root: tuple[str, str] | None = None
        self.inline = 0
        self.at = 0
        self.empty = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartDoctypeDeclHandler = self._doctype

    def find(self) -> Opening:
        """Feed the parser until the message's root is met."""
        try:
            for block in self.text:
                self.read += block
                self.parser.Parse(block[:BEGINNING], False)  # noqa: FBT003  pyexpat takes no keyword
                self.parser.Parse(block[BEGINNING:], False)  # noqa: FBT003
                if len(self.read) > LARGEST_PROLOG:
                    break
            else:
                self.parser.Parse("", True)  # noqa: FBT003
        except _FoundError:
            return self._opening()
        except expat.ExpatError as error:
            if error.code in _ENDED_EARLY and self.read.lstrip().startswith("<"):
                raise ReadingError("LES-03", error.lineno, linje=error.lineno) from error
            raise broken_error(self.read, error.lineno, error.offset) from error
        if self.envelope:
            raise ReadingError("LES-21", antall=0)
        raise ReadingError("LES-02", linje=1)

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        self.scope[prefix or ""] = uri or ""

    def _doctype(self, *_facts: object) -> None:
        raise ReadingError("LES-04", self.parser.CurrentLineNumber)

    def _element(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        document = catalogue.find(namespace, local)
        if self.root is None:
            self.root = (namespace, local)
            self._judge_root(document, local)
        if document is None or document.kind == "refused":
            return
        if document.kind == "envelope":
            self.envelope = document
            return
        self.document = document
        self.at = self.parser.CurrentByteIndex
        raise _FoundError

    def _judge_root(self, document: catalogue.Document | None, local: str) -> None:
        line = self.parser.CurrentLineNumber
        accepted = catalogue.accepted()
        if document is None:
            name = (mask(local, line) or "")[:_LONGEST_NAME]
            raise ReadingError("LES-08", line, navn=name, godtatt=accepted)
        if document.kind == "refused":
            page = "LES-22" if document.markers else _PAGES.get(document.root, "LES-09")
            raise ReadingError(page, line, navn=document.name, godtatt=accepted)

    def _opening(self) -> Opening:
        if self.document is None:
            raise ReadingError("LES-02", linje=1)
        before = self.read[: self.at].encode("utf-8", "strict")[: self.at].decode("utf-8")
        tag = self._whole_tag(len(before))
        name, attributes, empty = tag.groups()
        self.empty = bool(empty)
        line = before.count("\n") + 1
        prefix, colon, _ = name.rpartition(":")
        inherited = "".join(
            _declared(known, uri)
            for known, uri in self.scope.items()
            if not re.search(rf"\sxmlns{':' if known else ''}{re.escape(known)}\s*=", attributes)
        )
        return Opening(
            document=self.document,
            envelope=self.envelope,
            before=before,
            tag=f"<{name}{inherited}{_one_line(attributes)}>",
            name=name,
            prefix=prefix + colon,
            pos=tag.end(),
            line=line + tag[0].count("\n"),
            root_line=line,
        )

    def _whole_tag(self, at: int) -> re.Match[str]:
        while not (tag := _TAG.match(self.read, at)):
            block = next(self.text, None)
            if block is None:
                raise ReadingError("LES-03", linje=self.read.count("\n") + 1)
            self.read += block
        return tag

    def rest(self, opening: Opening) -> Iterator[str]:
        """Yield what follows the root's start tag."""
        if self.empty:
            yield f"</{opening.name}>"
        yield self.read[opening.pos :]
        self.read = ""
        yield from self.text


def _declared(prefix: str, uri: str) -> str:
    from html import escape  # noqa: PLC0415  only an envelope declares for what is in it

    return f' xmlns{":" * bool(prefix)}{prefix}="{escape(uri)}"'


def _one_line(attributes: str) -> str:
    return attributes.replace("\n", " ")


def broken_error(text: str, line: int, column: int) -> ReadingError:
    """Return the finding for text that stops being XML at this line and column."""
    here = "".join(text.split("\n")[line - 1 : line])
    found = _BAD.search(here, min(column, len(here))) or _BAD.search(here)
    if found:
        return ReadingError("LES-06", line, tegn=f"U+{ord(found[0]):04X}", linje=line)
    return ReadingError("LES-02", line, linje=line)
