"""The command's front door: answers at once what needs no engine."""

from __future__ import annotations

import sys

from kpr_validator import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kpr-validator {__version__}\n")
        return
    from kpr_validator.cli import app  # noqa: PLC0415  typer is not needed to say the version

    app()


if __name__ == "__main__":
    main()
