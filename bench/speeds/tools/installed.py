"""Where a program is, and which version: in the environment of this interpreter first."""

import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of_package
from pathlib import Path


def program(name: str) -> str | None:
    """The path of a program; None where it is not installed."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def package(name: str) -> str:
    """The version of a package that has a program of the same name; empty where one of them is missing."""
    try:
        return version_of_package(name) if program(name) else ""
    except PackageNotFoundError:
        return "of another environment"


def printed(command: list[str]) -> str:
    """The last word of the first line that a command prints."""
    words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0].split()
    return next((word for word in words if word[0].isdigit()), words[-1])
