"""Reports as build machines read them, for the tests of those formats."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator.model import Severity
from kpr_validator.rendering import LOGS, Way, frame, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report

__all__ = ["LOGS", "Annotation", "commands", "entries", "sarif", "stream", "written"]

_COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)")
_PLACES = (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%"))


def written(  # noqa: PLR0913  the user's wishes
    report: Report,
    format_: str,
    *,
    language: str = "nb",
    most: int | None = None,
    level: Severity = Severity.ERROR,
    place: str = "",
) -> str:
    """Return a report as it stands alone in a file."""
    way = Way(language, most, level)
    around = frame(format_)
    told = "".join(pieces(report, format_, way, place))
    return f"{around.opening}{told}{around.closing}"


def sarif(report: Report, **wishes: Any) -> dict[str, Any]:  # noqa: ANN401  any wish
    """Return the one run of a SARIF log."""
    (run,) = json.loads(written(report, "sarif", **wishes))["runs"]
    found: dict[str, Any] = run
    return found


def entries(report: Report, **wishes: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the entries of a Code Quality report."""
    told: list[dict[str, Any]] = json.loads(written(report, "gitlab", **wishes))
    return told


def stream(report: Report, **wishes: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the objects of a stream."""
    return [json.loads(line) for line in written(report, "ndjson", **wishes).splitlines()]


class Annotation(NamedTuple):
    """A workflow command as GitHub's runner takes it apart."""

    kind: str
    properties: dict[str, str]
    text: str


def commands(report: Report, **wishes: Any) -> list[Annotation]:  # noqa: ANN401
    """Return the workflow commands, read as GitHub's runner does: one a line."""
    return list(_commands(written(report, "github", **wishes)))


def _commands(text: str) -> Iterator[Annotation]:
    for line in text.splitlines():
        command = _COMMAND.fullmatch(line)
        assert command, line
        kind, properties, said = command.groups()
        parts = (part.partition("=") for part in properties.split(","))
        yield Annotation(kind, {name: _plain(value) for name, _, value in parts}, _plain(said))


def _plain(text: str) -> str:
    for code, sign in _PLACES:
        text = text.replace(code, sign)
    return text
