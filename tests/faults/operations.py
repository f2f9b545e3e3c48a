"""Every file operation of this process below a folder, numbered, and what to do at the n-th.

It takes the place of the functions of `os`, of `open` and of `mmap` through which Python's own
library and Whoosh reach the system. Only a child process that is about to die should install it.
"""

import builtins
import errno
import io
import mmap
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, NoReturn


class Fault(Enum):
    """What goes wrong at an operation."""

    KILL = "killed before it"
    TEAR = "killed after half of its bytes"
    FULL_ONCE = "the disk is full"
    FULL = "the disk is full from there on"
    BROKEN = "the disk fails"


WRITING = {"write", "create", "link", "rename", "mkdir", "fsync", "truncate", "chmod"}
"""What a full disk refuses; opening, reading and removing go on."""


class Operations:
    """Counts the operations below `root`, tells each to `seen` when it is done, and fails at number `at` (from 1)."""

    def __init__(
        self,
        root: str,
        fault: Fault | None = None,
        at: int = 0,
        seen: Callable[[str, str], None] = lambda what, path: None,
    ) -> None:
        self.root = os.path.realpath(root)
        self.fault = fault
        self.at = at
        self.seen = seen
        self.done: list[str] = []
        self._paused = False

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Inside, nothing is counted and nothing fails."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def happens(self, what: str, path: str, tear: Callable[[], object] = lambda: None) -> None:
        """One operation, before it is carried out."""
        self.done.append(f"{what} {os.path.relpath(path, self.root)}")
        number = len(self.done)
        if not self.fault or number < self.at or (number > self.at and self.fault is not Fault.FULL):
            return
        match self.fault:
            case Fault.KILL:
                die()
            case Fault.TEAR:
                tear()
                die()
            case Fault.FULL_ONCE | Fault.FULL if what in WRITING:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            case Fault.BROKEN:
                raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    def concerns(self, path: Any, folder: int | None = None) -> str:
        """The full path of an argument when it is below the root, else empty."""
        if self._paused:
            return ""
        if isinstance(path, int):
            full = os.readlink(f"/proc/self/fd/{path}") if path > 2 else ""
        else:
            base = os.readlink(f"/proc/self/fd/{folder}") if folder is not None else os.getcwd()
            full = os.path.join(base, os.fsdecode(path))
        return full if full == self.root or full.startswith(self.root + "/") else ""

    def install(self) -> None:
        """From here on every operation passes by."""
        for name, what in (
            ("ftruncate", "truncate"),
            ("fchmod", "chmod"),
            ("chmod", "chmod"),
            ("mkdir", "mkdir"),
            ("rmdir", "remove"),
            ("unlink", "remove"),
            ("remove", "remove"),
            ("rename", "rename"),
            ("replace", "rename"),
            ("link", "link"),
            ("read", "read"),
            ("listdir", "list"),
            ("scandir", "list"),
        ):
            setattr(os, name, self._wrapped(getattr(os, name), what))
        os.fsync = self._wrapped(lambda handle: None, "fsync")  # what was written outlives a process without waiting
        for name in ("write", "pwrite"):
            setattr(os, name, self._wrapped_write(getattr(os, name)))
        os.open = self._wrapped_open(os.open)
        builtins.open = io.open = self._open_file
        mmap.mmap = self._mapped(mmap.mmap)  # type: ignore[misc]

    def _wrapped(self, function: Callable[..., Any], what: str) -> Callable[..., Any]:
        def wrapped(first: Any = ".", *rest: Any, **options: Any) -> Any:
            folder = options.get("dir_fd", options.get("src_dir_fd"))
            path = self.concerns(first, folder)
            if path:
                self.happens(what, path)
            result = function(first, *rest, **options)
            if path:
                self.seen(what, path)
            return result

        return wrapped

    def _wrapped_write(self, function: Callable[..., int]) -> Callable[..., int]:
        def wrapped(handle: int, data: bytes, *where: int) -> int:
            if path := self.concerns(handle):
                self.happens("write", path, lambda: function(handle, data[: len(data) // 2], *where))
            return function(handle, data, *where)

        return wrapped

    def _wrapped_open(self, function: Callable[..., int]) -> Callable[..., int]:
        def wrapped(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            if full := self.concerns(path, dir_fd):
                self.happens("create" if flags & os.O_CREAT else "open", full)
            handle = function(path, flags, mode, dir_fd=dir_fd)
            if full and flags & os.O_CREAT:
                self.seen("create", full)
            return handle

        return wrapped

    def _open_file(self, file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        path = self.concerns(file)
        if not path:
            return _OPEN(file, mode, *rest, **options)
        if not isinstance(file, int):
            self.happens("create" if "w" in mode else "open", path)
        plain = mode.replace("b", "").replace("t", "")
        raw = _File(self, path, file, plain, options.get("closefd", True))
        buffered: Any
        if "+" in plain:
            buffered = io.BufferedRandom(raw)
        else:
            buffered = io.BufferedReader(raw) if plain == "r" else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, options.get("encoding"))

    def _mapped(self, function: Any) -> Any:
        def mapped(handle: int, *rest: Any, **options: Any) -> Any:
            if path := self.concerns(handle):
                self.happens("map", path)
            return function(handle, *rest, **options)

        return mapped


_OPEN = builtins.open


class _File(io.FileIO):
    """A file whose reading and writing is counted."""

    def __init__(self, operations: Operations, path: str, file: Any, mode: str, closefd: bool) -> None:
        super().__init__(file, mode, closefd=closefd)
        self._operations = operations
        self._path = path

    def write(self, data: Any) -> int:
        if not self._operations.concerns(self._path):
            return super().write(data)
        view = memoryview(data)
        self._operations.happens("write", self._path, lambda: super(_File, self).write(view[: len(view) // 2]))
        written = super().write(data)
        self._operations.seen("write", self._path)
        return written

    def readinto(self, buffer: Any) -> Any:
        self._operations.happens("read", self._path)
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._operations.happens("read", self._path)
        return super().readall()


def die() -> NoReturn:
    """As a process dies that is killed: nothing is flushed, nobody is told."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("alive after SIGKILL")
