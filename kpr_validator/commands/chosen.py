"""The user's own files: configuration, further rules and the ledger of explained findings.

Each is read only when it is given, and one that can't be used ends the program.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from kpr_validator.commands.telling import USAGE, say
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.explained import Entry
    from kpr_validator.model import Report, Rule


CONFIG = "kpr.toml"


class Chosen(NamedTuple):
    """The rules as the user wants them, which of them, and what else a kpr.toml says.

    `config` is that file as a path from where the user stands, None when there is none.
    """

    rules: Mapping[str, Rule]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str | None = None
    fail_on: str | None = None
    baseline: Path | None = None
    explain_ledger: Path | None = None
    max_findings: int | None = None


def configured(path: str | None, folders: Sequence[str] | None) -> Chosen:
    """Return what the user's own files say: the one that is named, or the nearest one."""
    file = Path(path) if path else nearest(Path.cwd())
    if file is None and not folders:
        return Chosen(all_rules())
    from kpr_validator.config import Config, ConfigError, read_config, rules_by  # noqa: PLC0415

    try:
        config = read_config(file) if file else Config()
        rules = rules_by(config, map(Path, folders or ()))
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename}")
    except ConfigError as error:
        say(str(error))
    else:
        return Chosen(
            rules,
            config.select,
            config.ignore,
            Path(os.path.relpath(file)).as_posix() if file else None,
            config.fail_on,
            config.baseline,
            config.explain_ledger,
            config.max_findings,
        )
    raise typer.Exit(USAGE)


def nearest(folder: Path) -> Path | None:
    """Return the kpr.toml of this folder, or of one above it in the same repository.

    Outside a repository only the folder itself is looked in: what lies further up is
    somebody else's.
    """
    above: list[Path] = []
    for one in (folder, *folder.parents):
        above.append(one)
        if (one / ".git").exists():
            break
    else:
        above = [folder]
    return next((file for one in above if (file := one / CONFIG).is_file()), None)


def explanations(path: str | Path | None) -> Mapping[str, Entry] | None:
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
