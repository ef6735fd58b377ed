"""One file of everything: the page, what starts the worker, and the archive that it unpacks."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

UNKNOWN = "0" * 64  # stands where the file's own hash comes, and is what is hashed
LEVEL, WINDOW = 15, 27  # a tenth larger than the smallest, in a quarter of the time
# Of the standard library, what a page has no use for and what could ask a network for something.
LEFT_OUT = (
    "_aix", "_android", "_apple", "_ios", "_osx", "_pyrepl", "_sysconfigdata", "antigravity",
    "bdb", "cProfile", "cmd", "code", "concurrent", "ctypes", "curses", "dbm", "doctest",
    "ensurepip", "ftplib", "http/", "idlelib", "imaplib", "lib2to3", "mailbox", "multiprocessing",
    "nturl2path", "pdb", "pickletools", "poplib", "profile", "pstats", "pyclbr", "pydoc",
    "smtplib", "socketserver", "sqlite3/__main__", "tabnanny", "telnetlib", "this", "timeit",
    "tkinter", "trace.", "turtle", "unittest", "venv", "webbrowser", "wsgiref", "xmlrpc",
    "zipapp",
)  # fmt: skip


def archive(package: Path, made: Path) -> tuple[bytes, list[tuple[str, int]]]:
    """Return what the worker unpacks, as one zstd frame, and the names and sizes of its parts.

    `package` is Pyodide's folder, `made` what freeze.mjs left.
    """
    loaded = frozenset(json.loads((made / "loaded.json").read_text(encoding="utf-8")))
    index, files = _files(made, loaded)
    parts = {
        "memory": (made / "memory.bin").read_bytes(),
        "wasm": (package / "pyodide.asm.wasm").read_bytes(),
        "stdlib": _stdlib(made / "stdlib.zip", loaded),
        "files": files,
        "index": index,
        "glue": _glue(package / "pyodide.asm.mjs"),
        "loader": (package / "pyodide.js").read_bytes(),
    }
    parts["memory"] += bytes(-len(parts["memory"]) % 16)
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: LEVEL,
        zstd.CompressionParameter.window_log: WINDOW,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
    }
    packed = zstd.compress(b"".join(parts.values()), options=options)
    return packed, [(name, len(part)) for name, part in parts.items()]


def _files(made: Path, loaded: frozenset[str]) -> tuple[bytes, bytes]:
    """Return the files that are still needed when Python has come to life, and their index."""
    content = (made / "files.bin").read_bytes()
    left: list[tuple[str, int]] = []
    whole = io.BytesIO()
    at = 0
    for path, size in json.loads((made / "files.json").read_text(encoding="utf-8")):
        if f"/kpr/{path}" not in loaded:
            left.append((path, size))
            whole.write(content[at : at + size])
        at += size
    return json.dumps(left, separators=(",", ":")).encode(), whole.getvalue()


def _stdlib(path: Path, loaded: frozenset[str]) -> bytes:
    """Return what is left of the standard library, not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(made, "w") as rest:
        for entry in whole.infolist():
            is_loaded = f"/lib/python314.zip/{entry.filename}" in loaded
            if not is_loaded and not entry.filename.startswith(LEFT_OUT):
                rest.writestr(zipfile.ZipInfo(entry.filename), whole.read(entry))
    return made.getvalue()


def _glue(path: Path) -> bytes:
    """Return Pyodide's module as a classic script, the only kind that a page from a disk can use.

    Raises ValueError when it is no longer written as it was.
    """
    source, exports = re.subn(
        r"export default _createPyodideModule;\s*$", "", path.read_text("utf-8")
    )
    if exports != 1:
        message = f"{path.name}: no longer exports what it did"
        raise ValueError(message)
    return source.replace("import.meta.url", "self.location.href").encode()


def page(parts: Mapping[str, str], packed: bytes, facts: Mapping[str, object]) -> str:
    """Return the whole file, which tells its own hash; see `own_hash`.

    `parts` are the texts of index.html, app.css, app.js, start.js and worker.js.
    """
    scripts = (parts["start.js"], parts["app.js"])
    base64_of = base64.b64encode(packed).decode()
    told = html.escape(json.dumps(facts))
    carried = (
        f'<script type="text/plain" id="validator-worker">{_held(parts["worker.js"])}</script>\n'
        f'<script type="text/plain" id="validator" data-sha256="{UNKNOWN}"'
        f' data-facts="{told}">{base64_of}</script>\n'
        + "".join(f"<script>{_held(script)}</script>\n" for script in scripts)
    )
    whole = _put(parts["index.html"], '<meta charset="utf-8">\n', _policy(scripts), after=True)
    whole = _put(
        whole, '<link rel="stylesheet" href="app.css">', f"<style>{parts['app.css']}</style>"
    )
    whole = _put(whole, '<script src="app.js"></script>\n', carried)
    return whole.replace(UNKNOWN, own_hash(whole))


def own_hash(whole: str) -> str:
    """Return the SHA-256 that a file tells of itself: of the file with zeros where it is told."""
    blank = re.sub(
        r'(id="validator" data-sha256=")[0-9a-f]{64}', rf"\g<1>{UNKNOWN}", whole, count=1
    )
    return hashlib.sha256(blank.encode()).hexdigest()


def _put(whole: str, place: str, text: str, *, after: bool = False) -> str:
    """Return the page with a text in its place.

    Raises ValueError when the place is not there once.
    """
    if whole.count(place) != 1:
        message = f"index.html: «{place.strip()}» should be there once"
        raise ValueError(message)
    return whole.replace(place, place + text if after else text)


def _held(script: str) -> str:
    """Return a script as it can stand in a page; raises ValueError for one that can't."""
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        message = "a script that would end where it should not"
        raise ValueError(message)
    return script


def _policy(scripts: tuple[str, ...]) -> str:
    """Return what forbids every request: our scripts alone run, and can connect to nothing."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    rules = (
        "default-src 'none'",
        f"script-src {hashes} blob: 'wasm-unsafe-eval'",
        "worker-src blob:",
        "connect-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(rules)}">\n'
