"""The command's front door: answers at once what needs no engine."""

from __future__ import annotations

import gc
import sys

from kpr_validator import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kpr-validator {__version__}\n")
        return
    gc.disable()  # a run is short and leaves no rings worth looking for
    from kpr_validator.cli import app  # noqa: PLC0415  typer is not needed to say the version

    try:
        app()
    finally:
        gc.freeze()  # and nothing needs to be looked through on the way out


if __name__ == "__main__":
    main()
