"""What may be asked of a desk from outside, by name and with plain values: both shells ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.desk.desk import Desk
    from kpr_validator.desk.progress import Tell

# What each method takes besides the language, which all but `roles` take.
TAKES: Mapping[str, Mapping[str, type]] = {
    "remove": {"id": str},
    "files": {},
    "roles": {},
    "set_role": {"id": str, "role": str},
    "run": {"test_data": bool},
    "summary": {},
    "report_json": {},
    "report_html": {},
    "findings": {"query": dict},
    "facets": {},
    "person": {"id": str},
    "rule": {"id": str},
    "compare": {"id": str},
    "downloads": {},
    "words": {},
}
LONG = frozenset({"run", "compare"})  # these tell how far they are
_OPTIONAL = frozenset({"test_data", "language"})


class CallError(ValueError):
    """A call that no page of ours makes."""


def check(method: str, arguments: Mapping[str, object]) -> None:
    """Raise CallError for a method that is not there, or arguments that it does not take."""
    if method not in TAKES:
        raise CallError(method)
    takes = dict(TAKES[method]) | ({} if method == "roles" else {"language": str})
    if any(type(value) is not takes.get(name) for name, value in arguments.items()):
        raise CallError(method)
    if takes.keys() - _OPTIONAL - arguments.keys():
        raise CallError(method)
    if arguments.get("language", LANGUAGES[0]) not in LANGUAGES:
        raise CallError(method)


def call(desk: Desk, method: str, arguments: Mapping[str, object], tell: Tell) -> object:
    """Return what the desk answers; raises CallError, and what the method raises."""
    check(method, arguments)
    told = {"tell": tell} if method in LONG else {}
    return getattr(desk, method)(**arguments, **told)
