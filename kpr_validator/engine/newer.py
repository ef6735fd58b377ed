"""The SQLite that apsw brings."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

_IS_FIRST = "apsw" not in sys.modules

import apsw  # noqa: E402  whether others use it is to be known before

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Error = apsw.Error
_READY = 512  # statements: the most that apsw keeps

if _IS_FIRST:  # nobody has a database yet
    apsw.shutdown()
    apsw.config(apsw.SQLITE_CONFIG_MEMSTATUS, 0)  # which takes a lock for every piece of memory
    apsw.initialize()


class Connection(apsw.Connection):
    """A database in memory. It keeps statements ready, and begins no transaction by itself.

    `made` is for those who keep tables in it: whether each is filled.
    """

    made: dict[str, bool]

    def __init__(self) -> None:
        super().__init__(":memory:", statementcachesize=_READY)
        self.made = {}

    def add_function(self, name: str, arguments: int, function: Callable[..., Any]) -> None:
        """Let statements call a function, which always gives the same for the same."""
        self.create_scalar_function(name, function, arguments, deterministic=True)

    def add_aggregate(self, name: str, begun: Callable[[], Any]) -> None:
        """Let statements call an aggregate: what `begun` returns has `step` and `final`."""
        self.create_aggregate_function(name, begun)

    def copy_to(self, other: Connection) -> None:
        """Make another database the same as this one."""
        with other.backup("main", self, "main") as copying:
            copying.step()

    def image(self, schema: str) -> bytes:
        """Return a schema as the bytes of a file."""
        return self.serialize(schema)

    def load(self, schema: str, image: bytes) -> None:
        """Let an image be a schema's contents."""
        self.deserialize(schema, image)
