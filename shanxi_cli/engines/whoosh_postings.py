"""Postings of a Whoosh index as dictionaries over all its segments, and what it raises as errors of ours.

Documents are numbered over the whole index; deleted ones are left out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError


def leaves(reader: Any) -> list[tuple[Any, int]]:
    return [(leaf, base) for leaf, base in reader.leaf_readers()]


def read_postings(reader: Any, field: str, term: bytes) -> dict[int, float]:
    """The live documents that hold a term, with how often they do."""
    found: dict[int, float] = {}
    for leaf, base in leaves(reader):
        if (field, term) in leaf:
            matcher = leaf.postings(field, term)
            while matcher.is_active():
                found[base + matcher.id()] = matcher.weight()
                matcher.next()
    return found


def read_positions(reader: Any, field: str, term: bytes) -> dict[int, list[int]]:
    """The live documents that hold a term, with its positions in each, ascending."""
    found: dict[int, list[int]] = {}
    for leaf, base in leaves(reader):
        if (field, term) in leaf:
            matcher = leaf.postings(field, term)
            while matcher.is_active():
                found[base + matcher.id()] = matcher.value_as("positions")
                matcher.next()
    return found


def read_values(reader: Any, field: str, term: bytes) -> dict[int, bytes]:
    """The live documents that hold a term, with the value of its posting in each."""
    found: dict[int, bytes] = {}
    for leaf, base in leaves(reader):
        if (field, term) in leaf:
            matcher = leaf.postings(field, term)
            while matcher.is_active():
                found[base + matcher.id()] = matcher.value()
                matcher.next()
    return found


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except ShanxiError:
        raise
    except RecursionError as error:
        raise EngineError("the query is too deep for the engine; simplify it") from error
    except Exception as error:  # damage shows as any of a dozen classes
        raise IndexUnusable("the index is damaged") from error
