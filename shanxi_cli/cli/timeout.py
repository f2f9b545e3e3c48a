"""Timeout of a query.

A timer signal interrupts the computation anywhere; an engine's own limit (Whoosh's `TimeLimitCollector`)
checks the clock between matches only, and not while terms are expanded.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from shanxi_cli.errors import QueryTimeout

_MAX_SECONDS = 1e8
"""Longer timeouts, of some years, are no timeout."""
_REPEAT_SECONDS = 0.5
"""Interval of the signal after the first: Python drops an exception raised while an object is destroyed."""


@contextmanager
def time_limit(seconds: float, message: str = "") -> Iterator[None]:
    """Raise `QueryTimeout` if the block takes longer than `seconds`; 0 disables the limit.

    `message` replaces the one for a query.
    """
    if not 0 < seconds < _MAX_SECONDS or threading.current_thread() is not threading.main_thread():
        yield
        return

    running = True

    def stop(number: int, frame: FrameType | None) -> None:
        if running:
            raise QueryTimeout(
                message or f"timed out after {seconds:g} s; narrow the query or raise --timeout (0 disables it)"
            )

    before = signal.getsignal(signal.SIGALRM)
    try:
        try:
            signal.signal(signal.SIGALRM, stop)
            signal.setitimer(signal.ITIMER_REAL, seconds, _REPEAT_SECONDS)
            yield
        finally:
            running = False  # a signal at this point still reaches the outer finally
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
