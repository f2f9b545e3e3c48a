"""Help: headings, the place of the shared options, and styles on a terminal alone."""

import inspect
import io
import re
from importlib import import_module

import pytest

from shanxi_cli.cli.app import COMMANDS, GROUPS, CommandEntry
from shanxi_cli.cli.help_format import style_help
from tests.conftest import Shanxi

NAMES = [entry.name for entry in COMMANDS]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("entry", COMMANDS, ids=NAMES)
def test_command_runs_the_function_of_its_module(entry: CommandEntry) -> None:
    module, _, name = entry.function.rpartition(".")
    parameters = list(inspect.signature(getattr(import_module(module), name)).parameters.values())
    assert parameters[0].annotation is entry.load_options()
    assert len(parameters) == 3 if entry.takes_context else 2


def test_help_lists_every_command_under_a_heading(shanxi: Shanxi) -> None:
    lines = shanxi("--help").out.splitlines()
    headings = [line for line in lines if re.fullmatch(r"[A-Z][a-z ]+:", line)]
    assert headings == [
        "Examples:",
        "Search:",
        "Read and cite:",
        "Explore:",
        "Hand over:",
        "Archive:",
        "Help:",
        "Common options:",
    ]
    listed = [line.split()[0] for line in lines if re.match(r"  [a-z]+  +[A-Z]", line)]
    assert listed == list(dict.fromkeys(name.split()[0] for name in NAMES))


@pytest.mark.parametrize("group", GROUPS)
def test_help_of_a_group_lists_its_commands(shanxi: Shanxi, group: str) -> None:
    lines = shanxi(group, "--help").out.splitlines()
    listed = [f"{group} {line.split()[0]}" for line in lines if re.match(r"  [a-z]+  +[A-Z]", line)]
    assert listed == [name for name in NAMES if name.startswith(f"{group} ")]


@pytest.mark.parametrize("name", NAMES)
def test_description_fits_a_line_of_80_columns(shanxi: Shanxi, name: str) -> None:
    *group, last = name.split()
    [line] = [line for line in shanxi(*group, "--help").out.splitlines() if line.startswith(f"  {last} ")]
    assert line.endswith(".")
    assert not line.endswith("...")
    assert len(line) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_shared_options_come_last(shanxi: Shanxi, name: str) -> None:
    *_, last = shanxi(*name.split(), "--help").out.split("\n\n")
    assert last.startswith("Common options:\n")
    assert "  -h, --help " in last


def test_help_is_styled_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, shanxi: Shanxi) -> None:
    text = shanxi("search", "--help").out
    assert "\x1b" not in text
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    styled = style_help(text, Terminal())
    assert "\x1b[1mOptions:\x1b[0m" in styled
    assert "  \x1b[36m-n, --limit N\x1b[0m  " in styled
    assert re.sub(r"\x1b\[\d*m", "", styled) == text
    monkeypatch.setenv("NO_COLOR", "1")
    assert style_help(text, Terminal()) == text
    assert style_help(text, io.StringIO()) == text


def test_no_command_prints_help_on_stderr(shanxi: Shanxi) -> None:
    run = shanxi()
    assert (run.status, run.out) == (2, "")
    assert run.err == shanxi("--help").out
