"""Single mutations of a valid document: what a differential test between two schemas is fed."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Element = etree._Element  # noqa: SLF001  lxml gives the type no other name
    Edit = Callable[[Element], object]

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ALPHABET = "0123456789 -+.ABxæ😀\t\n٣"
RANDOM_VALUES = 4

# Both sides of every facet and type in the four schemas, and what they must not take.
VALUES = (
    *("", " ", "x", "P", " P ", "p", "K", "M", "E", "B", "true", "NaN", "INF"),
    *("0", "1", "-1", "+1", "01", " 1 ", "\t1\n", "1.0", "1e3", "1,5"),
    *map(str, range(2, 20)),
    *("32767", "32768", "-32768", "-32769", "2147483647", "2147483648", "-2147483649"),
    *("9223372036854775807", "9223372036854775808", "-9223372036854775809"),
    *("999.99", "999.999", "1000.00", "99999", "100000", "12345.0", "0.001", ".5", "5.", "-1.25"),
    *("000123.45", "123.4500", "1 000", "abc", "abcd", "abcde", "ab", "ÅÅ", "æøåÆ", "a\nbc"),
    *("😀😀", "😀😀😀😀", "x" * 10, "x" * 11, "x" * 15, "x" * 16, " " * 4, "x" * 300),
    *("20190101", "20191231", "20191301", "20190001", "20190132", "20190100", "20190231"),
    *("2019010", "201901011", "99991231", "00000101", "2019010a", " 20190101", "20190101 "),
    *("٢٠١٩٠١٠١", "2019-01-01", "2019-1-1", "2019-02-30", "2019-01-01Z", "-2019-01-01"),
    *("2019-01-01T00:00:00", "2019-01-01T24:00:01", "2019-01-01T00:00:00.5+01:00"),
    *("2019", "2019-01", "2019-13", "12:00:00", "v1.2 2006-05-24", "v1.1 2006-02-15"),
    *("53.1.3", "53.1.2", "3.7", "3.5", "1.2.3", "1..2", ".1", "1.", "1.2.", "00", "%%%"),
    *("0123abcd-0123-ABCD-0123-0123456789ab", "0123abcg-0123-ABCD-0123-0123456789ab"),
    *("{0123abcd-0123-ABCD-0123-0123456789ab}", "{0123abcd-0123-ABCD-0123-0123456789ab"),
    *("0123abcd-0123-ABCD-0123-0123456789abc", "http://example.invalid/a b"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One document with one change; `kind` and `path` tell a failing test what was done where."""

    kind: str
    path: str
    root: Element


def mutants(document: Element, seed: int) -> Iterator[Mutant]:
    """Yield every single mutation of `document`; `seed` fixes the random values.

    The structure is changed at the first two elements of each path of names,
    values at the first.
    """
    chance = Random(seed)  # noqa: S311  chance, not secrecy
    met: Counter[tuple[str, ...]] = Counter()
    for number, element in enumerate(document.iter(etree.Element)):
        path = document.getroottree().getpath(element)
        names = tuple(str(e.tag) for e in (element, *element.iterancestors()))
        for kind, edit in _edits(element, met[names], chance):
            root = deepcopy(document)
            edit(next(islice(root.iter(etree.Element), number, None)))
            yield Mutant(kind, path, root)
        if element is not document:
            yield Mutant("made the root", path, deepcopy(element))
        met[names] += 1


def _edits(element: Element, met: int, chance: Random) -> Iterator[tuple[str, Edit]]:
    if met < 2:
        yield from _STRUCTURE.items()
        for name in element.keys():  # noqa: SIM118  an element is not a dictionary
            yield from _attribute_edits(str(name))
    if met < 2 and element.getparent() is not None:
        yield from _PLACE.items()
    if met < 1:
        yield from _value_edits(element, chance)


def _attribute_edits(name: str) -> Iterator[tuple[str, Edit]]:
    yield f"@{name} dropped", lambda e: e.attrib.pop(name)
    yield f"@{name} renamed", lambda e: e.set(f"{name}X", e.attrib.pop(name))
    yield f"@{name} in a namespace", lambda e: e.set(f"{{urn:x}}{name}", e.attrib.pop(name))


def _value_edits(element: Element, chance: Random) -> Iterator[tuple[str, Edit]]:
    for name in element.keys():  # noqa: SIM118  an element is not a dictionary
        for value in _values(chance):
            yield f"@{name} retyped as {value!r}", partial(_set, str(name), value)
    if len(element) == 0:
        for value in _values(chance):
            yield f"retyped as {value!r}", partial(_write, value)


def _values(chance: Random) -> Iterator[str]:
    yield from VALUES
    for _ in range(RANDOM_VALUES):
        yield "".join(chance.choices(ALPHABET, k=chance.randint(1, 9)))


def _set(name: str, value: str, element: Element) -> None:
    element.set(name, value)


def _write(value: str, element: Element) -> None:
    element.text = value


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _drop(element: Element) -> None:
    _parent(element).remove(element)


def _repeat(times: int, element: Element) -> None:
    for _ in range(times):
        element.addnext(deepcopy(element))


def _move(element: Element, by: int) -> None:
    parent = _parent(element)
    where = parent.index(element)
    parent.remove(element)
    parent.insert(max(0, where + by), element)


def _take_sibling_name(element: Element) -> None:
    sibling = element.getnext()
    element.tag = _parent(element)[0].tag if sibling is None else sibling.tag


def _empty(element: Element) -> None:
    element[:] = []
    element.text = None


def _rename(element: Element, namespace: str, suffix: str = "") -> None:
    element.tag = f"{{{namespace}}}{etree.QName(element).localname}{suffix}"


def _leave_namespace(element: Element) -> None:
    element.tag = etree.QName(element).localname


def _own(element: Element) -> str:
    return etree.QName(element).namespace or ""


_PLACE: dict[str, Edit] = {
    "dropped": _drop,
    "doubled": partial(_repeat, 1),
    "tripled": partial(_repeat, 2),
    "repeated twenty times": partial(_repeat, 20),
    "reordered forward": lambda e: _move(e, 1),
    "reordered to the front": lambda e: _move(e, -99),
    "reordered to the end": lambda e: _move(e, 99),
    "renamed as a sibling": _take_sibling_name,
}

_STRUCTURE: dict[str, Edit] = {
    "emptied": _empty,
    "renamed": lambda e: _rename(e, _own(e), "X"),
    "in another namespace": lambda e: _rename(e, "http://www.npr.no/xmlstds/iplos/2017"),
    "in no namespace": _leave_namespace,
    "given text": partial(_write, "tekst"),
    "given white space": partial(_write, " \n"),
    "given an unknown child": lambda e: e.insert(0, etree.Element(f"{{{_own(e)}}}ukjent")),
    "given itself as child": lambda e: e.append(deepcopy(e)),
    "given a comment": lambda e: e.insert(0, etree.Comment("merknad")),
    "given an instruction": lambda e: e.insert(0, etree.ProcessingInstruction("x", "y")),
    "given an attribute": lambda e: e.set("ukjent", "1"),
    "given xml:lang": lambda e: e.set("{http://www.w3.org/XML/1998/namespace}lang", "nb"),
    "given xsi:nil": lambda e: e.set(f"{XSI}nil", "true"),
    "given xsi:type": lambda e: e.set(f"{XSI}type", "xs:string"),
    "given xsi:schemaLocation": lambda e: e.set(f"{XSI}schemaLocation", "urn:x x.xsd"),
}
