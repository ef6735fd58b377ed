"""Small changes of a rule's SQL, one at a time: a comparison flipped, a condition dropped.

What a finding tells (a text, a date, its severity) is left alone: an example says
how many findings there are, not what they say.
"""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

import sqlglot
from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALECT = "sqlite"
LONGEST = 70
_FLIPPED: dict[type[exp.Expr], tuple[type[exp.Binary], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT,),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT,),
    exp.NullSafeEQ: (exp.NullSafeNEQ,),
    exp.NullSafeNEQ: (exp.NullSafeEQ,),
}
_CONDITIONS = (exp.Where, exp.Having)
_COUNTED = {"brudd", "antall"}


class Mutant(NamedTuple):
    """One changed statement: what was changed, on which of its lines (1-based), and all of it."""

    change: str
    line: int
    sql: str


class _Change(NamedTuple):
    """A node that is to be another; None drops it.

    `told` says it where the nodes would not, `term` is where it is seen.
    """

    node: exp.Expr
    to: exp.Expr | None
    told: str = ""
    term: exp.Expr | None = None


def rewritten(statement: str) -> str:
    """Return the statement unchanged, as mutants are written."""
    return _written(_parsed(statement))


def mutants(statement: str) -> Iterator[Mutant]:
    """Yield every changed statement from the top; a change made in two places is numbered."""
    tree = _parsed(statement)
    seen = Counter[str]()
    for change in sorted(_changes(tree), key=_place):
        told = change.told or f"{_short(change.node)} → {_short(change.to)}"
        seen[told] += 1
        number = f" ({seen[told]})" if seen[told] > 1 else ""
        yield Mutant(f"{told}{number}", _place(change)[0], _changed(tree, change))


def _parsed(statement: str) -> exp.Expr:
    return sqlglot.parse_one(statement, dialect=DIALECT)


def _written(tree: exp.Expr) -> str:
    return tree.sql(dialect=DIALECT, normalize_functions=False)


def _short(node: exp.Expr | None) -> str:
    return shorten(_written(node), LONGEST, placeholder=" …") if node else ""


def _place(change: _Change) -> tuple[int, int]:
    """Return the line and column of the first name in what is changed, or above it."""
    node: exp.Expr | None = change.term or change.node
    while node:
        names = [found.meta for found in node.walk() if "line" in found.meta]
        if names:
            return min((meta["line"], meta["col"]) for meta in names)
        node = node.parent
    return 1, 0


def _changed(tree: exp.Expr, change: _Change) -> str:
    """Return the whole statement with one change; the tree itself stays as it was."""
    at = next(number for number, node in enumerate(tree.walk()) if node is change.node)
    copy = tree.copy()
    node = next(node for number, node in enumerate(copy.walk()) if number == at)
    if change.to is None:
        node.pop()
    else:
        node.replace(change.to.copy())
    return _written(copy)


def _changes(tree: exp.Expr) -> Iterator[_Change]:
    columns = _columns(tree)
    told = _told(tree)
    asked = {id(column.unalias()) for column, name in columns if name == "brudd"}
    for node in _without_parts(tree, told):
        yield from _flips(node)
        yield from _drops(node)
        if _is_plain(node) and (id(node) in asked or _is_condition(node)):
            yield _Change(node, exp.not_(node))


def _told(tree: exp.Expr) -> set[int]:
    """Return the columns that only say something, of the statement and of its parts, by id."""
    told = {id(column) for column, name in _columns(tree) if name not in {*_COUNTED, "*"}}
    for part in reversed([part.this for part in tree.find_all(exp.CTE)]):
        rest = list(_without_parts(tree, {*told, id(part)}))
        named = {node.name for node in rest if isinstance(node, exp.Column)}
        if not any(isinstance(node.parent, exp.Select) for node in rest if node.is_star):
            told |= {id(column) for column, name in _columns(part) if name not in named}
    return told


def _without_parts(tree: exp.Expr, parts: set[int]) -> Iterator[exp.Expr]:
    nodes = tree.walk(prune=lambda node: id(node) in parts)
    return (node for node in nodes if id(node) not in parts)


def _columns(tree: exp.Expr) -> list[tuple[exp.Expr, str]]:
    """Return the columns that the whole statement gives, in each of its arms, with their names."""
    arms = [tree]
    while isinstance(arms[0], exp.SetOperation):
        arms[:1] = [arms[0].this, arms[0].expression]
    rows = [arm.selects for arm in arms if isinstance(arm, exp.Query)]
    names = [column.alias_or_name for column in rows[0]]
    return [pair for row in rows for pair in zip(row, names, strict=True)]


def _flips(node: exp.Expr) -> Iterator[_Change]:
    """Yield the opposites and the neighbours of a comparison."""
    for other in _FLIPPED.get(type(node), ()):
        yield _Change(node, other(this=node.this.copy(), expression=node.expression.copy()))
    if isinstance(node, exp.Not):
        yield _Change(node, node.this)
    elif isinstance(node, (exp.Is, exp.In)) and not isinstance(node.parent, exp.Not):
        yield _Change(node, exp.not_(node))
    elif isinstance(node, exp.Between):
        this, low, high = node.this, node.args["low"], node.args["high"]
        yield _Change(node, exp.paren(exp.and_(exp.GT(this=this, expression=low), this <= high)))
        yield _Change(node, exp.paren(exp.and_(this >= low, exp.LT(this=this, expression=high))))


def _drops(node: exp.Expr) -> Iterator[_Change]:
    """Yield what is left of a condition when one of its terms is dropped."""
    if isinstance(node, (exp.And, exp.Or)) and not isinstance(node.parent, type(node)):
        join = exp.and_ if isinstance(node, exp.And) else exp.or_
        terms = list(node.flatten(unnest=False))
        for at, term in enumerate(terms):
            yield _Change(node, join(*terms[:at], *terms[at + 1 :]), _without(term), term)
    elif isinstance(node, _CONDITIONS) and not isinstance(node.this, exp.Connector):
        yield _Change(node.this, exp.true(), _without(node.this))
    elif isinstance(node, exp.Join):
        yield from _unjoined(node)


def _without(term: exp.Expr, before: str = "") -> str:
    return f"uten «{before}{_short(term)}»"


def _unjoined(join: exp.Join) -> Iterator[_Change]:
    """Yield a join without its only term, or without one of the columns it uses."""
    on = join.args.get("on")
    if on is not None and not isinstance(on, exp.Connector):
        yield _Change(on, exp.true(), _without(on, "ON "))
    for column in join.args.get("using") or ():
        yield _Change(column, None, _without(column, "USING "))


def _is_plain(node: exp.Expr) -> bool:
    """Tell whether the node holds no comparison of its own that could be flipped."""
    plain = (exp.Column, exp.Exists, exp.Glob, exp.Func)
    return isinstance(node, plain) and not isinstance(node, exp.Connector)


def _is_condition(node: exp.Expr) -> bool:
    """Tell whether the node is asked for yes or no where it stands."""
    parent = node.parent
    if isinstance(parent, exp.Alias):
        return parent.alias == "brudd"
    if isinstance(parent, (exp.If, exp.Join)):
        return node.arg_key in {"this", "on"}
    return isinstance(parent, (exp.Connector, *_CONDITIONS))
