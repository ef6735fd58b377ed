"""The user's own choices: which rules, how serious, which limits, and further rule folders."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kpr_validator import toml
from kpr_validator.lint import lint
from kpr_validator.model import Consequence
from kpr_validator.rules import SEVERITY, PageError, all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kpr_validator.model import Rule, Severity, Value

_KEYS = {
    "select": list,
    "ignore": list,
    "rules": list,
    "severity": dict,
    "parameters": dict,
    "fail_on": str,
    "baseline": str,
    "explain_ledger": str,
    "max_findings": int,
}
_KINDS = {list: "en liste", dict: "en tabell", str: "en tekst", int: "et tall fra 1"}


class ConfigError(ValueError):
    """A configuration, or a further rule page, that can't be used; says where and why."""


@dataclass(frozen=True)
class Config:
    """What a kpr.toml says.

    `select` and `ignore` are rule ids or the beginnings of them, `severity` gives
    one of our four words by the same, `parameters` values by rule and name, and
    `rules` folders with further rule pages. The rest are what options of the same
    names say; files are found from the folder that the kpr.toml is in.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    fail_on: str | None = None
    baseline: Path | None = None
    explain_ledger: Path | None = None
    max_findings: int | None = None


def read_config(path: Path) -> Config:
    """Return what the file says.

    Raises FileNotFoundError when it is not there, ConfigError when it says
    something that we do not understand.
    """
    try:
        told = toml.loads(path.read_text(encoding="utf-8"))
    except (toml.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _error(path, str(error)) from error
    for key, value in told.items():
        if key not in _KEYS:
            raise _error(path, f"ukjent nøkkel {key}; kjente er {', '.join(_KEYS)}")
        if type(value) is not _KEYS[key] or (isinstance(value, int) and value < 1):
            raise _error(path, f"{key} må være {_KINDS[_KEYS[key]]}")
    severity = told.get("severity", {})
    words = [*severity.values(), *([told["fail_on"]] if "fail_on" in told else [])]
    if wrong := [word for word in words if word not in SEVERITY]:
        raise _error(path, f"ukjent alvorlighet {wrong[0]}; kjente er {', '.join(SEVERITY)}")
    return Config(
        select=tuple(map(str, told.get("select", ()))),
        ignore=tuple(map(str, told.get("ignore", ()))),
        rules=tuple(path.parent / str(folder) for folder in told.get("rules", ())),
        severity={name: SEVERITY[word] for name, word in severity.items()},
        parameters=told.get("parameters", {}),
        fail_on=told.get("fail_on"),
        baseline=_beside(path, told.get("baseline")),
        explain_ledger=_beside(path, told.get("explain_ledger")),
        max_findings=told.get("max_findings"),
    )


def _beside(path: Path, file: str | None) -> Path | None:
    return path.parent / file if file else None


def rules_by(config: Config, folders: Iterable[Path] = ()) -> Mapping[str, Rule]:
    """Return the product's rules and those of further folders, as the user wants them.

    Raises ConfigError for a page that is not sound, and for an id or a parameter
    that is not there.
    """
    rules = dict(all_rules())
    for folder in (*config.rules, *folders):
        for rule in _further(folder):
            if rule.id in rules:
                raise _error(folder, f"{rule.id} er brukt av {rules[rule.id].path}")
            rules[rule.id] = rule
    for name, severity in sorted(config.severity.items(), key=lambda item: len(item[0])):
        meant = [rule for rule in rules.values() if rule.id.startswith(name)]
        if not meant:
            raise _error(None, f"severity: ingen regel begynner med {name}")
        for rule in meant:
            if rule.sql is None or rule.consequence is Consequence.MESSAGE:
                raise _error(None, f"severity: {rule.id} avgjør om meldingen kan tas imot")
            rules[rule.id] = replace(rule, severity=severity, is_fixed=True)
    for rule_id, values in config.parameters.items():
        rules[rule_id] = _with_values(rules.get(rule_id), rule_id, values)
    return dict(sorted(rules.items()))


def _further(folder: Path) -> list[Rule]:
    if not folder.is_dir():
        raise _error(folder, "mappen finnes ikke")
    pages = sorted(folder.resolve().rglob("[A-Z]*-[0-9][0-9].md"))
    if not pages:
        raise _error(folder, "ingen regelsider (ID.md) i mappen")
    try:
        return [lint(page) for page in pages]
    except PageError as error:
        raise ConfigError(str(error)) from error


def _with_values(rule: Rule | None, rule_id: str, values: Mapping[str, Value]) -> Rule:
    if rule is None:
        raise _error(None, f"parameters: ingen regel heter {rule_id}")
    if unknown := sorted(values.keys() - rule.parameters.keys()):
        known = ", ".join(rule.parameters) or "ingen"
        raise _error(None, f"parameters: {rule_id} har ikke {unknown[0]}; den har {known}")
    own = {name: {0: value} for name, value in values.items()}
    return replace(rule, parameters={**rule.parameters, **own})


def _error(path: Path | None, why: str) -> ConfigError:
    return ConfigError(f"{path}: {why}" if path else why)
