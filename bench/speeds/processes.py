"""Measurement of a process: wall time, CPU time, memory."""

import contextlib
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_LAUNCHER = [sys.executable, "-I", "-S", str(Path(__file__).parent / "launching.py")]


class Cost(NamedTuple):
    """The cost of one process: wall seconds, CPU seconds, and peak memory in MB.

    Its child processes count too: their CPU seconds are added, and memory is that of the largest process.
    `processes` is the largest number of simultaneous processes; 0 when it was not counted.
    """

    wall: float
    cpu: float
    memory: float
    processes: int = 0


def run(command: list[str], environment: dict[str, str], *, on_terminal: bool = False, counted: bool = False) -> Cost:
    """Run a command to its end. Raise `RuntimeError` with the end of its output when it fails."""
    options = [*(["--terminal"] if on_terminal else []), *(["--counted"] if counted else [])]
    done = subprocess.run([*_LAUNCHER, *options, *command], env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} {done.stdout}")
    wall, cpu, memory, processes = done.stdout.split()
    return Cost(float(wall), float(cpu), float(memory), int(processes))


def median(costs: Iterable[Cost]) -> Cost:
    """Return the medians of times, and the largest memory."""
    some = list(costs)
    return Cost(
        statistics.median(each.wall for each in some),
        statistics.median(each.cpu for each in some),
        max(each.memory for each in some),
        max(each.processes for each in some),
    )


@contextlib.contextmanager
def cores(number: int) -> Iterator[int]:
    """Limit the processes started inside to `number` processors; yield the number that is available."""
    if sys.platform != "linux":
        yield os.cpu_count() or 1
        return
    allowed = os.sched_getaffinity(0)
    some = set(sorted(allowed)[:number])
    os.sched_setaffinity(0, some)
    try:
        yield len(some)
    finally:
        os.sched_setaffinity(0, allowed)


def most_memory() -> float:
    """Return the peak memory of this process in MB, without that of its parent (see `launching`)."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1e3
    import resource  # where there is no /proc

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
