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

from shanxi_cli.errors import WorkerDied

W = TypeVar("W")
D = TypeVar("D")
TellProgress = Callable[[int], None]
WorkFunction = Callable[[W, TellProgress], D]
"""Does a piece of work. It calls `tell` with how much was done since the last call."""

_MAX_PROCESSES = 8
_PROGRESS_INTERVAL = 64
"""How much is done between two messages."""


def available_processes() -> int:
    """How many processes can run at the same time here, as far as memory will be there for them."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MAX_PROCESSES)


def map_in_processes(work: WorkFunction[W, D], pieces: Sequence[W], processes: int, tell: TellProgress) -> list[D]:
    """What `work` gives for each of some pieces, in their order, with at most `processes` at work at a time.

    With one, it is this one. What is raised in one is raised here, the others are ended, and nothing is given.
    """
    if processes < 2 or len(pieces) < 2:
        return [work(piece, tell) for piece in pieces]
    done: dict[int, D] = {}
    with _worker_pool() as running:
        for number, piece in enumerate(pieces):
            if len(running) >= processes:
                _drain_results(running, done, tell, len(running) - 1)
            _start_worker(running, work, number, piece)
        _drain_results(running, done, tell, 0)
    return [done[number] for number in range(len(pieces))]


_RunningWorkers = dict[Connection, tuple[int, BaseProcess]]


@contextmanager
def _worker_pool() -> Iterator[_RunningWorkers]:
    """The processes at work, by how they are heard; whatever happens, none is left."""
    running: _RunningWorkers = {}
    try:
        yield running
    finally:
        for _, process in running.values():
            process.terminate()
        for connection, (_, process) in running.items():
            process.join()
            connection.close()


def _start_worker(running: _RunningWorkers, work: WorkFunction[W, D], number: int, piece: W) -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_worker_main, args=(theirs,), daemon=True)
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
        raise _worker_died(process) from None


def _drain_results(running: _RunningWorkers, done: dict[int, Any], tell: TellProgress, left: int) -> None:
    """Hears the processes until no more than `left` are at work."""
    while len(running) > left:
        for connection in wait(list(running)):
            assert isinstance(connection, Connection)
            number, process = running[connection]
            try:
                heard = connection.recv()
            except (EOFError, OSError):
                raise _worker_died(process) from None
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


def _worker_died(process: BaseProcess) -> WorkerDied:
    process.join()
    died = f"a process that was reading articles has died ({process.exitcode})"
    return WorkerDied(f"{died}; with less memory than it wanted, try shanxi index --jobs 1")


def _worker_main(connection: Connection) -> None:
    """What runs in a process of its own; where nobody wants it any more, it ends."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        work, piece = connection.recv()
        connection.send(_run_piece(work, piece, connection))


def _run_piece(work: WorkFunction[W, D], piece: W, connection: Connection) -> tuple[D | None, Exception | None]:
    waiting = 0

    def tell(more: int) -> None:
        nonlocal waiting
        waiting += more
        if waiting >= _PROGRESS_INTERVAL:
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
