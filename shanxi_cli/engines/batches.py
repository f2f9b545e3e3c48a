"""Walks over many articles in batches, so that an engine on another machine is asked once for each batch."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from shanxi_cli.engines.base import Searching

BATCH = 200
"""Articles that are brought at a time."""

FIRST_BATCH = 20
"""Articles that are brought first: many walks end there, because ten rows were asked for."""

T = TypeVar("T")


def iterate_batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield the items in lists: `FIRST_BATCH` of them, then `BATCH` at a time."""
    rest = iter(items)
    size = FIRST_BATCH
    while batch := list(islice(rest, size)):
        yield batch
        size = BATCH


def iterate_fetched(
    engine: Searching, numbers: Iterable[int], prepare: Callable[[list[int]], None] = lambda batch: None
) -> Iterator[int]:
    """Yield the numbers of articles, each batch after the engine has brought its articles; then `prepare` is called."""
    for batch in iterate_batches(numbers):
        engine.fetch_ahead(batch)
        prepare(batch)
        yield from batch
