"""Pieces of work in several processes: what is given, what is raised, and that none is left behind."""

import os
import signal
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from shanxi_cli.errors import EngineError, WorkerDied
from shanxi_cli.indexing.worker_pool import OnProgress, available_processes, map_in_processes

BOTH = pytest.mark.parametrize("processes", [1, 2, 3])


def squared(number: int, on_progress: OnProgress) -> tuple[int, int]:
    for _ in range(number):
        on_progress(1)
    return number * number, os.getpid()


def refusing(number: int, on_progress: OnProgress) -> int:
    if number == 2:
        raise EngineError("two is refused")
    return number


def dying(number: int, on_progress: OnProgress) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def waiting(number: int, on_progress: OnProgress) -> int:
    for _ in range(64):
        on_progress(1)
    time.sleep(3600)  # until somebody ends it
    return number


@BOTH
def test_map_returns_results_in_order(processes: int) -> None:
    told: list[int] = []
    given = map_in_processes(squared, [100, 3, 200, 4, 5], processes, told.append)
    assert [square for square, _ in given] == [10_000, 9, 40_000, 16, 25]
    assert sum(told) == 312
    own = {process == os.getpid() for _, process in given}
    assert own == {processes == 1}


def test_map_runs_one_piece_in_process() -> None:
    assert map_in_processes(squared, [3], 8, lambda more: None) == [(9, os.getpid())]
    assert map_in_processes(squared, [], 8, lambda more: None) == []


@BOTH
def test_map_raises_worker_exception(processes: int) -> None:
    with pytest.raises(EngineError, match="two is refused"):
        map_in_processes(refusing, [1, 2, 3, 4], processes, lambda more: None)
    assert active_children() == []


def test_map_reports_killed_worker() -> None:
    with pytest.raises(WorkerDied, match=r"^a worker process died \(exit code -9\); probably out of memory"):
        map_in_processes(dying, [1, 2, 3, 4], 2, lambda more: None)
    assert active_children() == []


def test_map_reports_worker_dead_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # no Python starts
    large = ["x" * 10_000_000] * 2
    with pytest.raises(WorkerDied, match="a worker process died"):
        map_in_processes(measured, large, 2, lambda more: None)
    assert active_children() == []


def measured(piece: str, on_progress: OnProgress) -> int:
    return len(piece)


def test_map_passes_large_pieces() -> None:
    assert map_in_processes(measured, ["x" * 10_000_000, "x"], 2, lambda more: None) == [10_000_000, 1]


def test_map_interrupt_terminates_workers() -> None:
    def interrupted(more: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        map_in_processes(waiting, [1, 2], 2, interrupted)
    assert active_children() == []


def test_workers_block_sigint(tmp_path: Path) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert map_in_processes(masked, [1, 2], 2, lambda more: None) == [True, True]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def masked(number: int, on_progress: OnProgress) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_available_processes_at_least_one() -> None:
    assert 1 <= available_processes() <= (os.cpu_count() or 1)
