"""`python -m tools.docs`: write the site into build/docs, and the lists of rules in rules/."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.docs.ids import LIST, with_new
from tools.docs.readme import README, with_table
from tools.docs.site import build

FOLDER = Path("build") / "docs"


def main() -> int:
    """Write all of it; return the exit code."""
    ids = LIST.read_text(encoding="utf-8") if LIST.exists() else ""
    LIST.write_text(with_new(ids), encoding="utf-8")
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{build(FOLDER)} filer i {FOLDER}; begynn med {FOLDER / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
