"""Load and use everything once, so that the page starts with it done: started by freeze.mjs.

/made/loaded.json tells which modules need not be carried as files any more.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import zipimport
from pathlib import Path

sys.path.insert(0, "/kpr")
sys.dont_write_bytecode = True

from kpr_validator.desk.desk import Desk  # noqa: E402
from kpr_validator.model import LANGUAGES  # noqa: E402

TABLE = Path("/desk")
importlib.import_module("kpr_shell")


def use(*names: str) -> None:
    """Judge files, and ask for all that a page shows and gives."""
    desk = Desk(TABLE)
    for name in names:
        desk.add(name, f"/kpr/warm/{name}")
    desk.run()
    desk.facets()
    desk.findings({"limit": 10})
    for language in LANGUAGES:
        desk.words(language)
        desk.summary(language)
        desk.report_html(language)
        desk.rule("IP-01", language)
    for name in desk.downloads()[:1]:
        desk.download(name)
    desk.close()


def leave() -> None:
    """Let go of what belongs to this start, and tell what is loaded."""
    files = (getattr(module, "__file__", None) for module in [*sys.modules.values()])
    loaded = sorted({file for file in files if file})
    Path("/made").mkdir()
    Path("/made/loaded.json").write_text(json.dumps(loaded), "utf-8")
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001
    importlib.invalidate_caches()
    gc.collect()
    gc.freeze()


TABLE.mkdir()
use("typiske-feil.xml")
use("ugyldig-xsd.xml")
TABLE.rmdir()
leave()
