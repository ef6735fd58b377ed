"""Turn sources into bytecode, in the Python that will run it: started by freeze.mjs.

/sources and /stdlib.zip become /made/files.json, /made/files.bin and /made/stdlib.zip.
"""

from __future__ import annotations

import ast
import json
import zipfile
from importlib import _bootstrap_external
from importlib.util import source_hash
from pathlib import Path
from types import CodeType

SOURCES, MADE = Path("/sources"), Path("/made")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
OUR_OWN = ("/kpr/kpr_shell", "/kpr/kpr_validator/")
SAME_LINE_FOR_EIGHT = bytes((0x80 | 13 << 3 | 7, 0))  # Objects/locations.md of CPython
STDLIB = "/lib/python314.zip"


def of_first_line(code: CodeType) -> CodeType:
    """Return code that tells of its first line only: those of our own program tell enough."""
    constants = (of_first_line(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    eights, rest = divmod(len(code.co_code) // 2, 8)
    table = SAME_LINE_FOR_EIGHT * eights
    if rest:
        table += bytes((SAME_LINE_FOR_EIGHT[0] - 8 + rest, 0))
    return code.replace(co_consts=tuple(constants), co_linetable=table)


def bytecode(source: bytes, name: str) -> bytes:
    """Return what an import loads without looking for a source: no docstrings, few lines."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            rest = node.body[1:]
            node.body = rest or [ast.copy_location(ast.Pass(), node.body[0])]
    code = compile(tree, name, "exec", dont_inherit=True)
    if not name.startswith(OUR_OWN):
        code = of_first_line(code)
    made = _bootstrap_external._code_to_hash_pyc(  # type: ignore[attr-defined]  # noqa: SLF001
        code, source_hash(source), checked=False
    )
    return bytes(made)


def pack() -> None:
    """Write the program and the packages, modules as bytecode beside their data."""
    index: list[tuple[str, int]] = []
    with (MADE / "files.bin").open("wb") as whole:
        for file in sorted(path for path in SOURCES.rglob("*") if path.is_file()):
            path, content = file.relative_to(SOURCES).as_posix(), file.read_bytes()
            if file.suffix == ".py":
                content = bytecode(content, f"/kpr/{path}")
                path += "c"
            index.append((path, len(content)))
            whole.write(content)
    (MADE / "files.json").write_text(json.dumps(index, separators=(",", ":")), "utf-8")


def pack_stdlib() -> None:
    """Write the standard library, not compressed: the page packs it together with the rest."""
    with (
        zipfile.ZipFile("/stdlib.zip") as given,
        zipfile.ZipFile(MADE / "stdlib.zip", "w") as made,
    ):
        for name in sorted(given.namelist()):
            if not name.endswith(".py"):
                continue
            content = bytecode(given.read(name), f"{STDLIB}/{name}")
            made.writestr(zipfile.ZipInfo(f"{name}c"), content)


MADE.mkdir()
pack()
pack_stdlib()
