"""The SQLite of the Python that runs, which a browser has alone."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Error = sqlite3.Error
_READY = 2_000  # statements


class Connection(sqlite3.Connection):
    """As `newer.Connection`, and what stands there of each method holds here."""

    made: dict[str, bool]

    def __init__(self) -> None:
        super().__init__(
            ":memory:", isolation_level=None, check_same_thread=False, cached_statements=_READY
        )
        self.made = {}

    def add_function(self, name: str, arguments: int, function: Callable[..., Any]) -> None:
        """Let statements call a function."""
        self.create_function(name, arguments, function, deterministic=True)

    def add_aggregate(self, name: str, begun: Callable[[], Any]) -> None:
        """Let statements call an aggregate."""
        self.create_aggregate(name, -1, lambda: _Aggregate(begun()))

    def copy_to(self, other: Connection) -> None:
        """Make another database the same as this one."""
        self.backup(other)

    def image(self, schema: str) -> bytes:
        """Return a schema as the bytes of a file."""
        return self.serialize(name=schema)

    def load(self, schema: str, image: bytes) -> None:
        """Let an image be a schema's contents."""
        self.deserialize(image, name=schema)


class _Aggregate:
    """An aggregate, with the name that Python's own gives its last step."""

    def __init__(self, begun: Any) -> None:  # noqa: ANN401  ours, or a test's
        self.step = begun.step
        self.finalize = begun.final
