"""Paths and versions of installed programs, those of this interpreter's environment first."""

import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of_package
from pathlib import Path


def program(name: str) -> str | None:
    """Return the path of a program; None when it is not installed."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def package(name: str) -> str:
    """Return the version of a package with a program of the same name; empty when either is missing."""
    try:
        return version_of_package(name) if program(name) else ""
    except PackageNotFoundError:
        return "of another environment"


def printed(command: list[str]) -> str:
    """Return the version in the first line that a command prints."""
    words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[0].split()
    return next((word for word in words if word[0].isdigit()), words[-1])
