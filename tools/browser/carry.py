"""What the page carries: the program, its data, and the pure Python of the packages it uses.

The packages are those that are installed here, which pip has held to the lock's
hashes; each file is held to its package's own record of hashes once more.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import PackagePath

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "babel",
    "elementpath",
    "et-xmlfile",
    "jinja2",
    "markupsafe",
    "openpyxl",
    "xlsxwriter",
    "xmlschema",
)
LOCALES = frozenset({"root", "no", "nb", "nn", "en", "en_001", "en_GB"})
WARM = ("typiske-feil.xml", "ugyldig-xsd.xml")  # judged when the page is built
# Shells that a page has no use for, and what invents or tests files.
LEFT_OUT = (
    "babel/messages/",
    "babel/locale-data/",
    "kpr_validator/__main__.py",
    "kpr_validator/cli.py",
    "kpr_validator/commands/",
    "kpr_validator/conformance/",
    "kpr_validator/generate/",
    "kpr_validator/testing.py",
    "kpr_validator/triage/",
    "kpr_validator/web/",
    "xmlschema/extras/",
    "xmlschema/locale/",
    "xmlschema/testing/",
)
CODE_OR_DATA = frozenset(
    {".py", ".dat", ".xsd", ".csv", ".css", ".html", ".json", ".md", ".sql", ".toml", ".txt"}
)


class ChangedPackageError(Exception):
    """An installed file is not what its package says it is."""


def carried() -> dict[str, bytes]:
    """Return every file by its path in the page's file system, in the order of the paths.

    Raises ChangedPackageError when an installed package has been changed.
    """
    files = dict(_program())
    files["kpr_shell.py"] = (ROOT / "tools" / "browser" / "shell.py").read_bytes()
    for name in WARM:
        files[f"warm/{name}"] = (ROOT / "examples" / name).read_bytes()
    for name in PACKAGES:
        files.update(_package(name))
    return {path: files[path] for path in sorted(files)}


def _program() -> Iterator[tuple[str, bytes]]:
    """Yield the program as a wheel lays it out: see kpr_validator/assets.py."""
    folders = {
        "kpr_validator": ROOT / "kpr_validator",
        "kpr_validator/_assets/rules": ROOT / "rules",
        "kpr_validator/_assets/schemas": ROOT / "schemas",
    }
    for prefix, folder in folders.items():
        for file in folder.rglob("*"):
            path = f"{prefix}/{file.relative_to(folder).as_posix()}"
            if file.is_file() and _belongs(path):
                yield path, file.read_bytes()


def _package(name: str) -> Iterator[tuple[str, bytes]]:
    for file in distribution(name).files or ():
        path = file.as_posix()
        is_locale = path.startswith("babel/locale-data/") and file.stem in LOCALES
        if ".." not in file.parts and (is_locale or _belongs(path)):
            yield path, _recorded(file)


def _belongs(path: str) -> bool:
    parts = PurePosixPath(path)
    return (
        parts.suffix in CODE_OR_DATA
        and not path.startswith(LEFT_OUT)
        and not any(part == "__pycache__" or part.endswith(".dist-info") for part in parts.parts)
    )


def _recorded(file: PackagePath) -> bytes:
    """Return a file that is what its package recorded."""
    content = file.read_binary()
    if file.hash is None or file.hash.mode != "sha256":
        message = f"{file}: no SHA-256 in the package's record"
        raise ChangedPackageError(message)
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
    if digest.decode() != file.hash.value:
        message = f"{file}: not the file that was installed"
        raise ChangedPackageError(message)
    return content
