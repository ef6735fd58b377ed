"""A piece of the message as a tree that can be cut and changed, valid by the schema or not.

Comments, processing instructions, prefixes and the spelling of the file are gone once it
is read. Text that stands between elements is gathered before them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

Path = tuple[int | str, ...]  # children's places from the top; a text at its end names an attribute

_SPACES = str.maketrans({"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


@dataclass(frozen=True, slots=True)
class Node:
    """One element: names without prefixes, `attributes` by «namespace name» where they have one."""

    name: str
    namespace: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple[Node, ...] = ()

    def walk(self, at: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Yield itself and all elements below it, each with its path."""
        yield at, self
        for place, child in enumerate(self.children):
            yield from child.walk((*at, place))


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    namespace: str
    attributes: tuple[tuple[str, str], ...]
    texts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        """Return the element; white space between elements is no text."""
        text = "".join(self.texts)
        if self.children or not text.strip(" \t\r\n"):
            text = text.strip(" \t\r\n") if self.children else text
        return Node(self.name, self.namespace, self.attributes, text, tuple(self.children))


def parse(pieces: Iterable[str]) -> Node | None:
    """Return the tree of a document given in pieces, None when it is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    top = _Open("", "", ())
    stack = [top]

    def start(name: str, attributes: list[str]) -> None:
        namespace, _, local = name.rpartition(" ")
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        stack.append(_Open(local, namespace, tuple(pairs)))

    def end(_name: str) -> None:
        done = stack.pop()
        stack[-1].children.append(done.closed())

    def text(data: str) -> None:
        stack[-1].texts.append(data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003  pyexpat takes no keyword
        parser.Parse("", True)  # noqa: FBT003
    except expat.ExpatError:
        return None
    return top.children[0]


def written(node: Node, inherited: str, indent: int = 0) -> str:
    """Return an element as XML, each child on a line of its own; `inherited` is its namespace."""
    space = "  " * indent
    tag = f"{space}<{node.name}{_declared(node, inherited)}{''.join(_attributes(node))}"
    inner = escape(node.text, quote=False).replace("\r", "&#13;")
    if not node.children:
        return f"{tag}>{inner}</{node.name}>\n" if inner else f"{tag}/>\n"
    below = "".join(written(child, node.namespace, indent + 1) for child in node.children)
    own = f"{space}  {inner}\n" if inner else ""
    return f"{tag}>\n{own}{below}{space}</{node.name}>\n"


def _declared(node: Node, inherited: str) -> str:
    return "" if node.namespace == inherited else f" xmlns={_quoted(node.namespace)}"


def _attributes(node: Node) -> Iterator[str]:
    for number, (name, value) in enumerate(node.attributes):
        namespace, _, local = name.rpartition(" ")
        if namespace:
            prefix = f"a{number}"
            yield f" xmlns:{prefix}={_quoted(namespace)}"
            local = f"{prefix}:{local}"
        yield f" {local}={_quoted(value)}"


def _quoted(value: str) -> str:
    return f'"{escape(value).translate(_SPACES)}"'


def without(node: Node, removed: AbstractSet[Path], at: Path = ()) -> Node:
    """Return the tree without the elements and attributes at the given paths."""
    children = tuple(
        without(child, removed, (*at, place))
        for place, child in enumerate(node.children)
        if (*at, place) not in removed
    )
    attributes = tuple(pair for pair in node.attributes if (*at, pair[0]) not in removed)
    return Node(node.name, node.namespace, attributes, node.text, children)


def changed(node: Node, change: Callable[[Path, Node], Node], at: Path = ()) -> Node:
    """Return the tree with every element put through `change`, from the leaves up."""
    if not node.children:
        return change(at, node)
    children = tuple(
        changed(child, change, (*at, place)) for place, child in enumerate(node.children)
    )
    return change(at, Node(node.name, node.namespace, node.attributes, node.text, children))
