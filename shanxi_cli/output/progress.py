"""Progress bar of a build, drawn by Rich on stderr."""

from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_READING, _WRITING = "reading articles", "writing the index"


class _SpeedColumn(ProgressColumn):
    """Articles per second, averaged over the last thirty seconds."""

    def render(self, task: Task) -> Text:
        """Return the speed; an empty text when it is unknown or the task is finished."""
        return Text(f"{task.speed:,.0f} articles/s" if task.speed and not task.finished else "")


class ProgressBar:
    """Displays a progress bar from the first file until it is closed."""

    def __init__(self, err: TextIO) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _SpeedColumn(),
            TimeRemainingColumn(),
            console=Console(file=err),
            transient=True,
        )
        self._task: TaskID | None = None

    def __call__(self, done: int, total: int) -> None:
        """See `ProgressPrinter`."""
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task(_READING, total=total)
        self._progress.update(self._task, completed=done, description=_READING if done < total else _WRITING)

    def close(self) -> None:
        """See `ProgressPrinter`."""
        if self._task is not None:  # Rich prints an empty line even for a display that was never started
            self._progress.stop()
            self._progress.remove_task(self._task)
            self._task = None
