"""A thread that does the latest task of each kind: a newer search takes the place of one that has not begun.

One thread, because an opened archive is for one at a time, and because the screen must never wait for it.
"""

import threading
from collections.abc import Callable

Task = Callable[[], None]


class LatestWorker:
    """Runs tasks in the order of their kinds, `kinds` from the most urgent one; each kind has at most one waiting."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._waiting: dict[str, Task] = {}
        self._changed = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._work, name="shanxi-browse", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, kind: str, task: Task, *, drop: tuple[str, ...] = ()) -> None:
        """Put a task in place of the one of its kind that waits; those of the kinds `drop` are given up."""
        with self._changed:
            for each in drop:
                self._waiting.pop(each, None)
            self._waiting[kind] = task
            self._changed.notify()

    def stop(self) -> None:
        """Let the thread end behind the task it is doing, and drop the others."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _work(self) -> None:
        while (task := self._take()) is not None:
            task()

    def _take(self) -> Task | None:
        """Wait for a task and return it; None when stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._waiting)
            if self._stopped:
                return None
            return self._waiting.pop(next(kind for kind in self._kinds if kind in self._waiting))
