"""The columns of each table of the board, by the keys of their names."""

from __future__ import annotations

MISSING = ("municipality", "county", "tried", "last_year", "contacts")
SHARED_MISSING = MISSING[:-1]
DAYS = ("day", "deliveries", "delivered", "late")
ROWS = (
    "municipality",
    "county",
    "verdict",
    "lost_rows",
    "lost_values",
    "fatal",
    "error",
    "warning",
    "persons",
    "times",
    "first",
    "last",
    "fetched",
    "system",
    "notes",
    "feedback",
)
SHARED_ROWS = (
    "municipality",
    "county",
    "verdict",
    "persons",
    "times",
    "first",
    "last",
    "system",
    "notes",
)
SPREAD = ("rule", "title", "municipalities", "findings")
SHARED = ("rule", "field", "system", "version", "with_fault", "elsewhere", "findings", "which")
SHARED_FAULTS = tuple(name for name in SHARED if name != "findings")
SERVICES = ("service", "reporters", "zeros", "expected", "which")
SHARED_SERVICES = tuple(name for name in SERVICES if name != "expected")
OUTLIERS = ("measure", "compared", "municipality", "value", "limits", "size")
LEVELS = ("indicator", "teller", "nevner", "sent", "received", "published", "counties")
SUSPECTS = ("number", "places", "which")
FILES = ("file", "role", "reason", "municipality", "year", "sending", "extracted", "persons")
