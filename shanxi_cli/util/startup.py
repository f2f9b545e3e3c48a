"""Garbage collection of a process that lives for a tenth of a second."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def tune_gc() -> Iterator[None]:
    """Pause the garbage collector during the imports of the block, then freeze their objects and collect rarely.

    Imported objects stay until the end: searching them for garbage took a sixth of the time of `--version`. With
    Python's own thresholds a search runs the collector twenty times, with these once (2026-11, CPython 3.11). At the
    end Python would search four times for garbage that ends with the process, 4 % of a search: all is frozen then.
    """
    gc.disable()
    yield
    atexit.register(gc.freeze)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def spread_gc() -> None:
    """Freeze the objects that there are, and look for garbage among a few new ones at a time.

    For a screen that answers keys: a collection of 50,000 objects is a pause that can be felt.
    """
    gc.freeze()
    gc.set_threshold(2_000, 5, 1_000)
