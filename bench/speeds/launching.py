"""Runs one command and says what it took: the small process from which everything that is measured is started.

    python -I -S launching.py [--terminal] [--counted] COMMAND...

Linux counts the memory of a process from its fork on, so nothing could be seen to have less than whoever started it:
this loads as little as it can. What the command prints is read through a pipe or a pseudo-terminal and thrown away.
Printed are the fields of a `processes.Cost`, or 'failed' and the end of what the command printed.
"""

import os
import sys
import threading
import time

_UNIT = 1e6 if sys.platform == "darwin" else 1e3  # of ru_maxrss, to MB
_LOOK_EVERY = 0.05


def main(arguments: list[str]) -> int:
    """Prints a line of what the command took."""
    options = []
    while arguments[0].startswith("--"):
        options.append(arguments.pop(0))
    ours, theirs = os.openpty() if "--terminal" in options else os.pipe()
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        _become(arguments, theirs, "--terminal" in options)
    os.close(theirs)
    count = _Count(pid) if "--counted" in options else None
    printed = _read(ours)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    most = count.end() if count else 0
    if status:
        print("failed", printed.decode(errors="replace"))
        return 1
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / _UNIT, most)
    return 0


def _become(command: list[str], stream: int, on_terminal: bool) -> None:
    """Turns this process into the command."""
    os.dup2(stream if on_terminal else os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)


def _read(stream: int) -> bytes:
    """The last of what comes from a stream, after all has come."""
    printed = b""
    while True:
        try:
            data = os.read(stream, 65536)
        except OSError:  # Linux says so when the other side of a terminal is closed
            return printed
        if not data:
            return printed
        printed = (printed + data)[-2000:]


class _Count:
    """Looks again and again how many processes a process and its descendants are. Linux alone tells."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> int:
        """The most that were seen; 0 for not known."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_EVERY):
            self._most = max(self._most, len(_family(self._pid)))


def _family(pid: int) -> list[int]:
    """A process and its descendants; none where that is not told, or when it has ended."""
    family = [pid] if os.path.exists(f"/proc/{pid}/task") else []
    for each in family:  # it grows meanwhile
        try:
            for task in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{task}/children") as file:
                    family += map(int, file.read().split())
        except OSError:
            continue
    return family


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
