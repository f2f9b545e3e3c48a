"""The kinds of engine that the contract tests run: another is a line here, or `add_kind` before collection."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from shanxi_cli.engines import open_backend, open_in_memory
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import put
from tests.support.scan_engine import ScanBackend

BackendMaker: TypeAlias = Callable[[], Backend]

BACKENDS: dict[str, BackendMaker] = {"whoosh": open_backend, "scan": ScanBackend}
"""What makes the backend of each kind that has one."""

IN_MEMORY = "whoosh in memory"
KINDS: list[str] = [*BACKENDS, IN_MEMORY]
"""All kinds, for `pytest.fixture(params=KINDS)`."""


def add_kind(kind: str, make: BackendMaker) -> None:
    """Run all contract tests with one more backend; `make` is called when its first test begins."""
    BACKENDS[kind] = make
    KINDS.append(kind)


def opened(kind: str, folder: Path, articles: Iterable[Article]) -> Engine:
    """An engine of that kind over some articles."""
    if kind == IN_MEMORY:
        return open_in_memory(articles)
    backend, held = BACKENDS[kind](), begun_folder(folder)
    backend.begin(held)
    put(backend, held, articles)
    backend.publish(held)
    return backend.open(held)


def begun_folder(parent: Path) -> DirectoryHandle:
    """A new, empty folder for a generation, named as the store names one."""
    folder = parent / f"new-{os.urandom(8).hex()}"
    folder.mkdir(mode=0o700)
    return DirectoryHandle(folder)
