"""Checks a municipality's annual IPLOS return to KPR before it is sent.

`validate` is the library's front door; docs/api.md shows it at work.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpr_validator.api import Finding, Report, validate
    from kpr_validator.config import ConfigError
    from kpr_validator.model import Severity, Verdict
    from kpr_validator.read import UnfinishedError

__version__ = "0.1.0"
__all__ = [
    "ConfigError",
    "Finding",
    "Report",
    "Severity",
    "UnfinishedError",
    "Verdict",
    "__version__",
    "validate",
]
_WHERE = {
    "ConfigError": "config",
    "Finding": "api",
    "Report": "api",
    "Severity": "model",
    "UnfinishedError": "read",
    "Verdict": "model",
    "validate": "api",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever is asked for
    """Fetch a public name when it is first asked for: to say the version takes no engine."""
    if name not in _WHERE:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
