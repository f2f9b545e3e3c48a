"""Textual's driver on the terminal itself, whatever the standard streams are: `shanxi show $(shanxi browse coal)`."""

import os
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

TERMINAL = "/dev/tty"


class TerminalDriver(LinuxDriver):
    """Draws on the terminal of the process and reads from it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = open(TERMINAL, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process
        self.fileno = os.open(TERMINAL, os.O_RDWR | os.O_CLOEXEC)
        self.input_tty = True

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            return 80, 24
        return size.columns or 80, size.lines or 24
