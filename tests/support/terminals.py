"""Interactive shells on a pseudo-terminal, with a key that reports the content of the command line."""

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
REPORT_KEY = "\x18t"  # Ctrl-X t
SECONDS = 60

_SETTINGS = {
    "bash": """
PS1='ready> '
source "$SCRIPT"
report_line() {{ printf %s "$READLINE_LINE" > "{report}"; }}
bind 'set enable-bracketed-paste off'
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind -x '"\\C-xt": report_line'
""",
    "zsh": """
PS1='ready> '
unsetopt zle_bracketed_paste
zmodload zsh/zle
autoload -Uz compinit && compinit -D -u
source "$SCRIPT"
LISTMAX=1000
report_line() {{ print -rn -- "$BUFFER" > "{report}" }}
zle -N report_line
bindkey '^Xt' report_line
""",
    "fish": """
function fish_prompt; echo -n 'ready> '; end
set -g fish_greeting ''
set -g fish_autosuggestion_enabled 0
source "$SCRIPT"
bind \\cxt 'commandline > "{report}"'
""",
}
_COMMANDS = {
    "bash": ["bash", "--noprofile", "--rcfile", "{settings}", "-i"],
    "zsh": ["zsh", "-d", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", "source {settings}"],
}


class Terminal:
    """An interactive shell that waits for keys."""

    def __init__(self, screen: int, report: Path) -> None:
        self._screen = screen
        self._report = report
        self.shown = ""
        self._wait_for_prompt()

    def type(self, keys: str) -> str:
        """Type `keys` and return the command line; `shown` is then what the terminal displayed."""
        self.shown = ""
        report = os.open(self._report, os.O_RDONLY | os.O_NONBLOCK)
        os.write(self._screen, (keys + REPORT_KEY).encode())
        line = b""
        while report in self._ready(report):
            part = os.read(report, 4096)
            if not part:
                break
            line += part
        os.close(report)
        os.write(self._screen, b"\x15")  # Ctrl-U: an empty line again
        return line.decode().rstrip("\n")

    def _wait_for_prompt(self) -> None:
        while PROMPT not in self.shown:
            self._ready()

    def _ready(self, *others: int) -> list[int]:
        """Return those of `others` that are readable, after reading everything from the screen."""
        while True:
            ready = select.select([self._screen, *others], [], [], SECONDS)[0]
            assert ready, f"the shell is silent after {self.shown!r}"
            if self._screen in ready:
                self.shown += os.read(self._screen, 65536).decode(errors="replace")
            if self._screen not in ready or not others:
                return ready


@contextmanager
def terminal(shell: str, script: str, environment: Mapping[str, str], folder: Path) -> Iterator[Terminal]:
    """Start a shell that has sourced `script`; its settings are in `folder`."""
    folder.mkdir()
    report, settings, source = folder / "report", folder / ".zshrc", folder / "script"
    os.mkfifo(report)
    settings.write_text(_SETTINGS[shell].format(report=report))
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
        yield Terminal(ours, report)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
