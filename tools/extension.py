"""Builds the compiled shredder into the wheel, where there is a compiler; without it all works."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

NAME, SOURCE = "kpr_validator._shred", "kpr_validator/_shred.c"


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the extension beside the code: in the wheel, or in the checkout for an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build it; a wheel that holds it is made for this platform and this Python."""
        folder = Path(self.root)
        with TemporaryDirectory() as scratch:
            if version == "editable":
                build(folder, folder, Path(scratch))
                return
        target = Path(self.directory) / "extension"
        with TemporaryDirectory() as scratch:
            built = build(folder, target, Path(scratch))
        if built:
            build_data |= {"pure_python": False, "infer_tag": True}
            build_data["force_include"][str(built)] = f"kpr_validator/{built.name}"


def build(source: Path, target: Path, scratch: Path) -> Path | None:
    """Compile below `target`; return the file, None where that can't be done."""
    extension = Extension(NAME, [str(source / SOURCE)], optional=True)
    command = build_ext(Distribution({"name": "kpr-validator", "ext_modules": [extension]}))
    command.build_lib, command.build_temp = str(target), str(scratch)
    command.finalize_options()
    command.run()
    found = Path(command.get_ext_fullpath(NAME))
    return found if found.exists() else None
