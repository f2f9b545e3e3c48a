"""`browse` on a pseudo-terminal, in pipes, and without its extra; and the recipe for fzf."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.cli.commands import browse as command
from shanxi_cli.cli.options.browse import ScreenTheme
from tests.conftest import Shanxi
from tests.support.paths import PROJECT

SHANXI = [sys.executable, "-m", "shanxi_cli"]
SECONDS = 60


class Terminal:
    """A process whose controlling terminal is a pseudo-terminal of 80x24; stdout is a pipe."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command,
            env={**environment, "TERM": "xterm-256color"},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Read the screen until it has shown a text."""
        while text not in self.shown:
            assert select.select([self._ours], [], [], SECONDS)[0], f"{text!r} is not in {self.shown[-2000:]!r}"
            self.shown += os.read(self._ours, 65536).decode(errors="replace")

    def press(self, keys: str, until: str) -> None:
        """Press keys, and wait for a text that was not there before."""
        self.shown = ""
        os.write(self._ours, keys.encode())
        self.wait_for(until)

    def finish(self, keys: str) -> tuple[int, str]:
        """Press the last keys; return the exit status and stdout."""
        os.write(self._ours, keys.encode())
        drained: Any = self.process.stdout
        assert drained
        while not select.select([drained], [], [], 0)[0]:
            if select.select([self._ours, drained], [], [], SECONDS)[0] == [self._ours]:
                self.shown += self._read()
        out = drained.read().decode()
        while part := self._read():
            self.shown += part
        return self.process.wait(timeout=SECONDS), out

    def _read(self) -> str:
        try:
            return os.read(self._ours, 65536).decode(errors="replace")
        except OSError:  # Linux says so when the process has closed its side
            return ""

    def close(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        os.close(self._ours)


@pytest.fixture
def environment(shanxi: Shanxi) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Any]:
    started: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        started.append(Terminal([*SHANXI, "browse", *arguments], environment))
        return started[-1]

    yield start
    for each in started:
        each.close()


def test_browse_prints_the_chosen_ids_into_a_pipe(terminal: Any) -> None:
    screen = terminal("coal")
    screen.wait_for("3 articles")
    screen.press("\x1b[B", "choose")  # down: to the list, whose keys are shown
    screen.press(" ", "1 chosen")
    screen.press(" ", "2 chosen")
    assert screen.finish("\r") == (0, "coal-town-plants-trees\nmine-safety-rules\n")
    assert "\x1b[?1049l" in screen.shown, "the screen before it is back"


def test_browse_left_by_ctrl_c_prints_nothing(terminal: Any) -> None:
    screen = terminal("coal")
    screen.wait_for("3 articles")
    assert screen.finish("\x03") == (1, "")


def test_browse_searches_what_is_typed(terminal: Any) -> None:
    screen = terminal()
    screen.wait_for("6 articles")
    screen.press("walls", "1 article ")
    screen.press("\x1b[B", "choose")
    assert screen.finish("p") == (0, "old-walls-of-pingyao\n")


def test_browse_without_a_terminal(environment: dict[str, str]) -> None:
    run = subprocess.run([*SHANXI, "browse"], env=environment, capture_output=True, text=True, start_new_session=True)
    message = "shanxi: browse needs a terminal; in a script use shanxi search\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", message)


def test_browse_without_the_extra(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(command, "find_spec", find_nothing)
    run = shanxi("browse", "coal")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "shanxi: browse needs an extra: pip install 'shanxi[browse]' (in a checkout: '.[browse]'); docs/browse.md has a"
        " recipe for fzf instead\n"
    )


@pytest.mark.parametrize(
    ("theme", "background", "light"),
    [
        (ScreenTheme.LIGHT, "15;0", True),
        (ScreenTheme.DARK, "0;15", False),
        (ScreenTheme.AUTO, "0;15", True),
        (ScreenTheme.AUTO, "0;default;15", True),
        (ScreenTheme.AUTO, "15;0", False),
        (ScreenTheme.AUTO, "", False),
    ],
)
def test_browse_colours(theme: ScreenTheme, background: str, light: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORFGBG", background)
    assert command._is_light(theme) == light


@pytest.mark.skipif(shutil.which("fzf") is None, reason="fzf is not installed")
def test_the_recipe_for_fzf_searches_and_previews(environment: dict[str, str], tmp_path: Path) -> None:
    """Run the commands of the recipe as fzf runs them, without a screen: the query is `{q}`, the line `{1}`."""
    page = (PROJECT / "docs" / "browse.md").read_text(encoding="utf-8")
    [recipe] = re.findall(r"^shanxi-fzf\(\) \{\n.*?^\}", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "shanxi").write_text(f'#!/bin/sh\nexec {" ".join(SHANXI)} "$@"\n')
    (tmp_path / "shanxi").chmod(0o700)
    filtered = recipe.replace("--disabled", "--filter coal")  # prints what matches instead of a screen
    run = subprocess.run(
        ["bash", "-c", f"{filtered}\nshanxi-fzf"],
        env={**environment, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert (run.returncode, run.stdout) == (0, "coal-town-plants-trees\n")
    for command_line in re.findall(r"(shanxi (?:search|show) [^'|]*)", recipe):
        typed = command_line.replace("{q}", "coal").replace("{1}", "mine-safety-rules")
        shown = subprocess.run(
            ["bash", "-c", typed],
            env={**environment, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert (shown.returncode, "ine safety rules" in shown.stdout) == (0, True), typed
