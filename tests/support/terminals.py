"""Shells with somebody at the keyboard: a pseudo-terminal, and a key that tells what stands on the line."""

import fcntl
import os
import pty
import select
import subprocess
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROMPT = "ready> "
TELL = "\x18t"  # Ctrl-X t
SECONDS = 60

_SETTINGS = {
    "bash": """
PS1='ready> '
source "$SCRIPT"
tell() {{ printf %s "$READLINE_LINE" > "{told}"; }}
bind 'set enable-bracketed-paste off'
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind -x '"\\C-xt": tell'
""",
    "zsh": """
PS1='ready> '
unsetopt zle_bracketed_paste
zmodload zsh/zle
autoload -Uz compinit && compinit -D -u
source "$SCRIPT"
LISTMAX=1000
tell() {{ print -rn -- "$BUFFER" > "{told}" }}
zle -N tell
bindkey '^Xt' tell
""",
    "fish": """
function fish_prompt; echo -n 'ready> '; end
set -g fish_greeting ''
set -g fish_autosuggestion_enabled 0
source "$SCRIPT"
bind \\cxt 'commandline > "{told}"'
""",
}
_COMMANDS = {
    "bash": ["bash", "--noprofile", "--rcfile", "{settings}", "-i"],
    "zsh": ["zsh", "-d", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", "source {settings}"],
}


class Terminal:
    """A shell that waits for keys."""

    def __init__(self, screen: int, told: Path) -> None:
        self._screen = screen
        self._told = told
        self.shown = ""
        self._wait_for_prompt()

    def type(self, keys: str) -> str:
        """What stands on the line after `keys`; `shown` is what the terminal showed meanwhile."""
        self.shown = ""
        told = os.open(self._told, os.O_RDONLY | os.O_NONBLOCK)
        os.write(self._screen, (keys + TELL).encode())
        line = b""
        while told in self._ready(told):
            part = os.read(told, 4096)
            if not part:
                break
            line += part
        os.close(told)
        os.write(self._screen, b"\x15")  # Ctrl-U: an empty line again
        return line.decode().rstrip("\n")

    def _wait_for_prompt(self) -> None:
        while PROMPT not in self.shown:
            self._ready()

    def _ready(self, *others: int) -> list[int]:
        """Which of `others` can be read; whatever is on the screen has been."""
        while True:
            ready = select.select([self._screen, *others], [], [], SECONDS)[0]
            assert ready, f"the shell is silent after {self.shown!r}"
            if self._screen in ready:
                self.shown += os.read(self._screen, 65536).decode(errors="replace")
            if self._screen not in ready or not others:
                return ready


@contextmanager
def terminal(shell: str, script: str, environment: Mapping[str, str], folder: Path) -> Iterator[Terminal]:
    """A shell that has read `script`; its settings lie in `folder`."""
    folder.mkdir()
    told, settings, source = folder / "told", folder / ".zshrc", folder / "script"
    os.mkfifo(told)
    settings.write_text(_SETTINGS[shell].format(told=told))
    source.write_text(script)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [part.format(settings=settings) for part in _COMMANDS[shell]],
        env={**environment, "TERM": "xterm", "SCRIPT": str(source), "ZDOTDIR": str(folder), "COLUMNS": "100"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # fish leaves without a terminal of its own
    )
    os.close(theirs)
    try:
        yield Terminal(ours, told)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
