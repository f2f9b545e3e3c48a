"""Doing pieces of work in several processes at once. It knows nothing of what the work is.

Processes are begun anew (`spawn`), so that they share no lock and no thread with this one; a piece of work, its
function and what it gives are pickled. They do not hear Ctrl-C, which a terminal sends to all: this process
hears it, and ends them.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from shanxi_cli.errors import ProcessLost

W = TypeVar("W")
D = TypeVar("D")
Tell = Callable[[int], None]
Work = Callable[[W, Tell], D]
"""Does a piece of work. It calls `tell` with how much was done since the last call."""

_MOST = 8
_EVERY = 64
"""How much is done between two messages."""


def available() -> int:
    """How many processes can run at the same time here, as far as memory will be there for them."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MOST)


def do(work: Work[W, D], pieces: Sequence[W], processes: int, tell: Tell) -> list[D]:
    """What `work` gives for each of some pieces, in their order, with at most `processes` at work at a time.

    With one, it is this one. What is raised in one is raised here, the others are ended, and nothing is given.
    """
    if processes < 2 or len(pieces) < 2:
        return [work(piece, tell) for piece in pieces]
    done: dict[int, D] = {}
    with _running() as running:
        for number, piece in enumerate(pieces):
            if len(running) >= processes:
                _hear(running, done, tell, len(running) - 1)
            _begin(running, work, number, piece)
        _hear(running, done, tell, 0)
    return [done[number] for number in range(len(pieces))]


_Running = dict[Connection, tuple[int, BaseProcess]]


@contextmanager
def _running() -> Iterator[_Running]:
    """The processes at work, by how they are heard; whatever happens, none is left."""
    running: _Running = {}
    try:
        yield running
    finally:
        for _, process in running.values():
            process.terminate()
        for connection, (_, process) in running.items():
            process.join()
            connection.close()


def _begin(running: _Running, work: Work[W, D], number: int, piece: W) -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    resource_tracker.ensure_running()  # it unblocks what is blocked when it begins
    # Blocked, not ignored: a process inherits that, and what comes meanwhile comes here afterwards.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
        running[ours] = number, process
    finally:
        theirs.close()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    # Not among its arguments: `start` would wait for ever where a process dies before it has read much.
    try:
        ours.send((work, piece))
    except OSError:
        raise _lost(process) from None


def _hear(running: _Running, done: dict[int, Any], tell: Tell, left: int) -> None:
    """Hears the processes until no more than `left` are at work."""
    while len(running) > left:
        for connection in wait(list(running)):
            assert isinstance(connection, Connection)
            number, process = running[connection]
            try:
                heard = connection.recv()
            except (EOFError, OSError):
                raise _lost(process) from None
            if isinstance(heard, int):
                tell(heard)
                continue
            result, error = heard
            if error is not None:
                raise error
            done[number] = result
            del running[connection]
            process.join()
            connection.close()


def _lost(process: BaseProcess) -> ProcessLost:
    process.join()
    died = f"a process that was reading articles has died ({process.exitcode})"
    return ProcessLost(f"{died}; with less memory than it wanted, try shanxi index --jobs 1")


def _work(connection: Connection) -> None:
    """What runs in a process of its own; where nobody wants it any more, it ends."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        work, piece = connection.recv()
        connection.send(_answer(work, piece, connection))


def _answer(work: Work[W, D], piece: W, connection: Connection) -> tuple[D | None, Exception | None]:
    waiting = 0

    def tell(more: int) -> None:
        nonlocal waiting
        waiting += more
        if waiting >= _EVERY:
            connection.send(waiting)
            waiting = 0

    try:
        result = work(piece, tell)
        connection.send(waiting)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        return None, error
    return result, None
