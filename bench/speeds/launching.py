"""Run one command and print its cost: the small process from which every measured command is started.

    python -I -S launching.py [--terminal] [--counted] COMMAND...

Linux counts the memory of a process from its fork on, so no process can show less memory than its parent: this one
imports as little as possible. The output of the command is read through a pipe or a pseudo-terminal and discarded.
The fields of a `processes.Cost` are printed, or 'failed' and the end of the command's output.
"""

import os
import sys
import threading
import time

_UNIT = 1e6 if sys.platform == "darwin" else 1e3  # of ru_maxrss, to MB
_POLL_SECONDS = 0.05


def main(arguments: list[str]) -> int:
    """Print the cost of the command on one line."""
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
    """Replace this process by the command."""
    os.dup2(stream if on_terminal else os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)


def _read(stream: int) -> bytes:
    """Read a stream to its end and return the last 2,000 bytes."""
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
    """Polls the number of a process and its descendants, on Linux."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._poll)
        self._thread.start()

    def end(self) -> int:
        """Stop polling and return the largest number; 0 when it is unknown."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _poll(self) -> None:
        while not self._ended.wait(_POLL_SECONDS):
            self._most = max(self._most, len(_family(self._pid)))


def _family(pid: int) -> list[int]:
    """Return a process and its descendants; an empty list when the system does not tell, or the process has ended."""
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
