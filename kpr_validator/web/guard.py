"""What stands in front of everything: who may ask, from where, and what the answers allow.

A page somewhere else on the web can make a browser send requests to this computer, and can
make its own name point to this computer (DNS rebinding). It can't choose the headers `Host`,
`Origin` and `Sec-Fetch-Site`, and doesn't know the token of this start.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Kpr-Token"  # noqa: S105  the name of a header
WITH_TOKEN_INSIDE = "/api/leave"  # noqa: S105  a beacon has no headers of ours
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  only when the user asks for it
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
HANG_UP = {"Connection": "close"}  # what is still on its way is not read


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens, and the token of this start."""

    host: str
    port: int
    token: str

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this computer can reach it."""
        return f"[{self.host}]" in LOOPBACK or self.host in LOOPBACK

    @property
    def url(self) -> str:
        """Return the address of the page; what follows «#» is never sent."""
        host = "127.0.0.1" if self.host in _EVERYWHERE else self.host
        return f"http://{_bracketed(host)}:{self.port}/#token={self.token}"

    def is_called(self, host: str) -> bool:
        """Tell whether a request means this server: by address, not by a name of somebody's."""
        if host in {f"{name}:{self.port}" for name in (*LOOPBACK, _bracketed(self.host))}:
            return True
        name, _, port = host.rpartition(":")
        if self.host not in _EVERYWHERE or port != str(self.port):
            return False
        return name == socket.gethostname() or _is_address(name.strip("[]"))

    def is_token(self, given: str) -> bool:
        """Tell whether this is the token, in a time that tells nothing."""
        return secrets.compare_digest(given.encode(), self.token.encode())


class Guard:
    """Lets through what may pass, and puts our headers on every answer."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self._app = app
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope["path"], Headers(scope=scope))
        app = PlainTextResponse("", refused, HANG_UP) if refused else self._app
        await app(scope, receive, send_guarded)

    def _refused(self, path: str, headers: Headers) -> int:
        """Return the status of a request that is refused, 0 of one that may pass."""
        hosts, origins = headers.getlist("Host"), headers.getlist("Origin")
        if len(hosts) != 1 or not self._place.is_called(hosts[0]):
            return 421
        if origins and origins != [f"http://{hosts[0]}"]:
            return 403
        if not path.startswith("/api/"):
            return 0
        if headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            return 403
        is_known = self._place.is_token(headers.get(TOKEN_HEADER, ""))
        return 0 if is_known or path == WITH_TOKEN_INSIDE else 401


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
