"""SQLite as the rest asks it: a newer one that is the same on every machine, or Python's own.

Both give the same answers. The newer one comes with apsw and takes less time (ADR 0023); a
browser has Python's own alone.
"""

from __future__ import annotations

try:
    from kpr_validator.engine.newer import Connection, Error
except ImportError:
    from kpr_validator.engine.own import Connection, Error  # type: ignore[assignment]

__all__ = ["DENY", "FUNCTION", "OK", "READ", "SELECT", "Connection", "Error"]

# What a guard is asked and what it answers, as sqlite3.h numbers them.
OK, DENY = 0, 1
READ, SELECT, FUNCTION = 20, 21, 31
