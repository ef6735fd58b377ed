"""A plugin of pytest's: what is tested asks Python's own SQLite, as where apsw can't be had."""

import sys

sys.modules["apsw"] = None  # type: ignore[assignment]
