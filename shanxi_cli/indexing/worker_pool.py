"""Worker pool: map a function over pieces of work in several processes. Knows nothing about the work itself.

Workers are started with `spawn`, so they share no lock and no thread with the parent; the function, its argument and
its result are pickled. Workers block SIGINT, which a terminal sends to the whole process group: the parent receives it
and terminates them.
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
OnProgress = Callable[[int], None]
"""Called with the amount of work done since the last call."""
WorkFunction = Callable[[W, OnProgress], D]
"""Function of a piece of work and a progress callback."""

_MAX_PROCESSES = 8
_PROGRESS_INTERVAL = 64
"""Amount of work between two progress messages of a worker."""


def available_processes() -> int:
    """Return the number of workers to run in parallel, limited so that memory suffices for them."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MAX_PROCESSES)


def map_in_processes(work: WorkFunction[W, D], pieces: Sequence[W], processes: int, on_progress: OnProgress) -> list[D]:
    """Return the results of `work` for all pieces, in their order, using up to `processes` workers at a time.

    If `processes` is 1, run in this process. The first exception of a worker is raised here and the other workers are
    terminated. Raise `WorkerDied` if a worker is killed.
    """
    if processes < 2 or len(pieces) < 2:
        return [work(piece, on_progress) for piece in pieces]
    done: dict[int, D] = {}
    with _worker_pool() as running:
        for number, piece in enumerate(pieces):
            if len(running) >= processes:
                _drain_results(running, done, on_progress, len(running) - 1)
            _start_worker(running, work, number, piece)
        _drain_results(running, done, on_progress, 0)
    return [done[number] for number in range(len(pieces))]


_RunningWorkers = dict[Connection, tuple[int, BaseProcess]]


@contextmanager
def _worker_pool() -> Iterator[_RunningWorkers]:
    """Yield a mapping of connections to running workers; terminate all that are left when the block ends."""
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
    parent_end, worker_end = context.Pipe()
    process = context.Process(target=_worker_main, args=(worker_end,), daemon=True)
    resource_tracker.ensure_running()  # it unblocks the signals that are blocked when it starts
    # Blocked, not ignored: a worker inherits the mask, and this process receives a pending signal afterwards.
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
        running[parent_end] = number, process
    finally:
        worker_end.close()
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)
    # Sent, not passed as an argument: `start` blocks forever if a worker dies before it has read a large one.
    try:
        parent_end.send((work, piece))
    except OSError:
        raise _worker_died(process) from None


def _drain_results(running: _RunningWorkers, done: dict[int, Any], on_progress: OnProgress, max_running: int) -> None:
    """Receive messages until at most `max_running` workers are running."""
    while len(running) > max_running:
        for connection in wait(list(running)):
            assert isinstance(connection, Connection)
            number, process = running[connection]
            try:
                message = connection.recv()
            except (EOFError, OSError):
                raise _worker_died(process) from None
            if isinstance(message, int):
                on_progress(message)
                continue
            result, error = message
            if error is not None:
                raise error
            done[number] = result
            del running[connection]
            process.join()
            connection.close()


def _worker_died(process: BaseProcess) -> WorkerDied:
    process.join()
    died = f"a worker process died (exit code {process.exitcode})"
    return WorkerDied(f"{died}; probably out of memory; try shanxi index --jobs 1")


def _worker_main(connection: Connection) -> None:
    """Run one piece of work in a worker; return quietly if the parent closes the pipe."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        work, piece = connection.recv()
        connection.send(_run_piece(work, piece, connection))


def _run_piece(work: WorkFunction[W, D], piece: W, connection: Connection) -> tuple[D | None, Exception | None]:
    unreported = 0

    def report_progress(amount: int) -> None:
        nonlocal unreported
        unreported += amount
        if unreported >= _PROGRESS_INTERVAL:
            connection.send(unreported)
            unreported = 0

    try:
        result = work(piece, report_progress)
        connection.send(unreported)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        return None, error
    return result, None
