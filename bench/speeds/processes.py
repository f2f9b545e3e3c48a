"""A process, measured: time on the clock, time of processors, memory."""

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
    """What one process took: seconds on the clock, seconds of processors, MB of memory at most.

    The processes that it started and waited for count too: their seconds are added, and of memory it is that of the
    largest. `processes` is how many ran at the same time at most; 0 where nobody looked.
    """

    wall: float
    cpu: float
    memory: float
    processes: int = 0


def run(command: list[str], environment: dict[str, str], *, on_terminal: bool = False, counted: bool = False) -> Cost:
    """One run of a command to its end. `RuntimeError` with the end of what it printed when it fails."""
    options = [*(["--terminal"] if on_terminal else []), *(["--counted"] if counted else [])]
    done = subprocess.run([*_LAUNCHER, *options, *command], env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} {done.stdout}")
    wall, cpu, memory, processes = done.stdout.split()
    return Cost(float(wall), float(cpu), float(memory), int(processes))


def median(costs: Iterable[Cost]) -> Cost:
    """The medians of times, and the most memory."""
    some = list(costs)
    return Cost(
        statistics.median(each.wall for each in some),
        statistics.median(each.cpu for each in some),
        max(each.memory for each in some),
        max(each.processes for each in some),
    )


@contextlib.contextmanager
def cores(number: int) -> Iterator[int]:
    """What is started inside may use so many processors at most; gives how many it may."""
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
    """MB that this process had at most. Not of `resource`, which counts whoever started it, see `launching`."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1e3
    import resource  # where there is no /proc

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
