"""The page's own server, started as a user starts it, and asked as its page asks."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def served() -> Iterator[str]:
    """Start `kpr-validator web` and return its address, the token with it."""
    command = [sys.executable, "-m", "kpr_validator", "web", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address is not None
            yield address[0]
        finally:
            server.terminate()


class Client:
    """A page's questions without the page."""

    def __init__(self, address: str) -> None:
        told = urlsplit(address)
        self._server = http.client.HTTPConnection(told.netloc)
        self._headers = {"X-Kpr-Token": told.fragment.removeprefix("token=")}
        self._headers["X-Kpr-Desk"] = self._ask("POST", "open", b"{}")["desk"]

    def judged(self, name: str, content: bytes) -> str:
        """Return the report on a file as JSON, and put the file away again."""
        file = self._ask("PUT", f"files?name={quote(name)}", content)
        self._ask("POST", "run", b"{}")
        report = self._ask("POST", "report_json", b"{}")
        self._ask("POST", "remove", json.dumps({"id": file["id"]}).encode())
        return str(report)

    def _ask(self, method: str, path: str, content: bytes) -> Any:  # noqa: ANN401  what it answers
        self._server.request(method, f"/api/{path}", content, self._headers)
        answer = self._server.getresponse()
        told = answer.read()
        self._server.close()
        assert answer.status == http.HTTPStatus.OK, told
        return json.loads(told)
