"""The manual pages are complete, free of warnings, and in the wheel."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from shanxi_cli.cli.app import build_command_group
from shanxi_cli.query.fields import FIELDS, VALUE_OPERATORS
from tests.support.paths import PROJECT

PAGES = [PROJECT / "docs" / "shanxi.1", PROJECT / "docs" / "shanxi-query.7"]
SOURCES = [path.read_text() for path in (PROJECT / "shanxi_cli").rglob("*.py")]
VARIABLES = {name for text in SOURCES for name in re.findall(r'environ(?:\.get\(|\[)"(\w+)"', text)}


def text(page: Path) -> str:
    """Return a page without fonts and escapes, each paragraph on one line."""
    source = re.sub(r"\\f[BIR]|\\&", "", page.read_text(encoding="ascii"))
    for escape, char in {
        r"\-": "-",
        r"\(aq": "'",
        r"\(dq": '"',
        r"\(ti": "~",
        r"\(ha": "^",
        r"\(ga": "`",
        r"\e": "\\",
    }.items():
        source = source.replace(escape, char)
    return re.sub(r"\n(?!\.)", " ", source)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_man_has_no_warning(page: Path) -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    run = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "shanxi" in run.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_mandoc_has_no_warning(page: Path) -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    run = subprocess.run(["mandoc", "-T", "lint", "-W", "style", page], capture_output=True, text=True)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")


def test_manual_has_every_command_and_option() -> None:
    shown = text(PAGES[0])
    group = build_command_group(())
    commands = group.commands
    assert len(commands) > 4
    for name, command in commands.items():
        part = re.split(r"^\.S[SH] ", shown, flags=re.MULTILINE)
        [own] = [section for section in part if section.startswith(f"{name} shanxi {name} ")]
        for param in command.params:
            older = [option for option in param.opts if option.startswith("--")][1:]  # they go on working, unlisted
            listed = [option for option in (*param.opts, *param.secondary_opts) if option not in older]
            for option in listed if param.param_type_name == "option" else ():
                assert re.search(rf"^\.TP [^.]*(?<!\S){option}\b", own, re.MULTILINE), (name, option)
    for option in ("--corpus", "--index", "--color", "--version", "--help"):
        assert option in shown.split(".SH OPTIONS")[1].split(".SH COMMANDS")[0]


def test_manual_has_exit_statuses_and_variables() -> None:
    shown = text(PAGES[0])
    statuses = shown.split(".SH EXIT STATUS")[1].split(".SH")[0]
    assert re.findall(r"^\.TP (\d+) ", statuses, re.MULTILINE) == ["0", "1", "2", "130"]
    documented = (PROJECT / "docs" / "environment.md").read_text()
    assert {"SHANXI_CORPUS", "SHANXI_INDEX", "SHANXI_PAGER", "PAGER", "FORCE_COLOR", "TERM"} <= VARIABLES
    for name in VARIABLES | {"NO_COLOR", "COLUMNS"}:
        assert f"`{name}`" in documented, name
        assert re.search(rf"^\.TP [^.]*\b{name}\b", shown.split(".SH ENVIRONMENT")[1], re.MULTILINE), name


def test_manual_has_every_field_and_operator() -> None:
    shown = text(PAGES[1])
    fields = shown.split(".SH FIELDS")[1].split(".PP")[0]
    for field in FIELDS:
        assert re.search(rf"\b{field}\b", fields), field
    operators = ("+coal", "-city", " AND ", " OR ", "NOT ", "(coal", '"solar power"', '"~5', "photo*", "photovoltiac~")
    for operator in (*operators, "=mining", "place:", "date:2021-07..2022", *(f"{name}:" for name in VALUE_OPERATORS)):
        assert operator in shown.split(".SH FIELDS")[0], operator


def test_wheel_contains_the_manual() -> None:
    wheel = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    for page in PAGES:
        section = page.suffix[1:]
        assert wheel["shared-data"][f"docs/{page.name}"] == f"share/man/man{section}/{page.name}"
