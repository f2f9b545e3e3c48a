"""A limit to the time that a question may take, so that no query holds a script for ever.

A timer signal interrupts the computing wherever it is; what an engine offers of its own (Whoosh's
`TimeLimitCollector`) looks at the clock between matches only, and not while terms are expanded.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from shanxi_cli.errors import QueryTimeout

_MAX_SECONDS = 1e8
"""Seconds, some years, from which on there is no limit."""
_REPEAT_SECONDS = 0.5
"""Seconds after which the signal comes again: Python drops what is raised while an object is destroyed."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """`QueryTimeout` when what is done inside takes longer than so many seconds; 0: it may take for ever."""
    if not 0 < seconds < _MAX_SECONDS or threading.current_thread() is not threading.main_thread():
        yield
        return

    running = True

    def stop(number: int, frame: FrameType | None) -> None:
        if running:
            raise QueryTimeout(
                f"this takes longer than {seconds:g} s; ask for less, or allow more with --timeout (0: without end)"
            )

    before = signal.getsignal(signal.SIGALRM)
    try:
        try:
            signal.signal(signal.SIGALRM, stop)
            signal.setitimer(signal.ITIMER_REAL, seconds, _REPEAT_SECONDS)
            yield
        finally:
            running = False  # should the signal come just here, the next line but one is still reached
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
