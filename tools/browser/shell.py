"""The desk as the page's worker asks it: text in, text out, and never an exception.

Carried into the page as `kpr_shell`; see worker.js.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.desk import calls
from kpr_validator.desk.desk import Desk
from kpr_validator.desk.errors import DeskError
from kpr_validator.receipt import rule_set

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kpr_validator.desk.progress import Tell

LARGEST = 400_000_000  # bytes of one file: see docs/nettleser.md
_TABLE = Path("/desk")
_EXAMPLE = Path("/kpr/warm/typiske-feil.xml")

Answer = tuple[str, str]  # what the text is: json, text, path or error


class Shell:
    """One page's desk, and what the page asks besides."""

    def __init__(self) -> None:
        _TABLE.mkdir(exist_ok=True)
        self._desk = Desk(_TABLE)
        self._own: Mapping[str, Callable[..., object]] = {
            "about": self._about,
            "add": self._add,
            "download": self._download,
        }

    def answer(self, method: str, named: str, tell: Tell) -> Answer:
        """Return what a method gives for arguments in JSON, or in the user's words why not."""
        language = "nb"
        try:
            arguments = json.loads(named)
            language = arguments.get("language", language)
            return self._answer(method, arguments, tell)
        except DeskError as error:
            return "error", error.told(language)
        except MemoryError:
            return "error", DeskError("memory").told(language)
        except Exception as error:  # noqa: BLE001  a worker that dies tells nobody why
            return "error", DeskError("internal", kind=type(error).__name__).told(language)

    def _answer(self, method: str, arguments: dict[str, object], tell: Tell) -> Answer:
        if method in self._own:
            value = self._own[method](**arguments)
        else:
            value = calls.call(self._desk, method, arguments, tell)
        if isinstance(value, str):
            return ("path" if method == "download" else "text"), value
        return "json", json.dumps(value, ensure_ascii=False)

    def _about(self, language: str = "nb") -> dict[str, str]:  # noqa: ARG002  all are asked in one
        return {"tool": __version__, "rule_set": rule_set()}

    def _add(self, name: str, path: str, language: str = "nb") -> object:
        if Path(path).stat().st_size > LARGEST:
            raise DeskError("memory")
        return self._desk.add(name, path, language)

    def _download(self, name: str, language: str = "nb") -> str:
        return self._desk.download(name, language)

    def exercise(self) -> None:
        """Judge a small example, so that the browser has translated what a real file will need."""
        table = _TABLE / "example"
        table.mkdir()
        desk = Desk(table)
        desk.add(_EXAMPLE.name, str(_EXAMPLE))
        desk.run()
        desk.report_html()
        desk.close()
        table.rmdir()


def start() -> Shell:
    """Return a shell of this moment: its chance is not that of the build."""
    random.seed()
    return Shell()
