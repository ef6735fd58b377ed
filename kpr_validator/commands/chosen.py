"""The user's own files: configuration, further rules and the ledger of explained findings.

Each is read only when it is given, and one that can't be used ends the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from kpr_validator.commands.telling import USAGE, say
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.explained import Entry
    from kpr_validator.model import Report, Rule


class Chosen(NamedTuple):
    """The rules as the user wants them, and which of them."""

    rules: Mapping[str, Rule]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def configured(path: str | None, folders: Sequence[str] | None) -> Chosen:
    """Return what the user's own files say about the rules."""
    if path is None and not folders:
        return Chosen(all_rules())
    from kpr_validator.config import Config, ConfigError, read_config, rules_by  # noqa: PLC0415

    try:
        config = read_config(Path(path)) if path else Config()
        rules = rules_by(config, map(Path, folders or ()))
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename}")
    except ConfigError as error:
        say(str(error))
    else:
        return Chosen(rules, config.select, config.ignore)
    raise typer.Exit(USAGE)


def explanations(path: str | None) -> Mapping[str, Entry] | None:
    """Return the findings that the user has accepted."""
    if path is None:
        return None
    from kpr_validator.explained import ExplainedError, read_ledger  # noqa: PLC0415

    try:
        return read_ledger(Path(path))
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename}")
    except ExplainedError as error:
        say(str(error))
    raise typer.Exit(USAGE)


def explained(report: Report, ledger: Mapping[str, Entry] | None) -> Report:
    """Return the report with what the user has accepted marked in it."""
    if ledger is None:
        return report
    from kpr_validator.explained import explain  # noqa: PLC0415

    return explain(report, ledger)
