"""Postings of a Whoosh index as dictionaries over all its segments, and what it raises as errors of ours.

Documents are numbered over the whole index; deleted ones are left out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pickle import loads
from typing import Any

from shanxi_cli.errors import EngineError, ShanxiError


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
                found[base + matcher.id()] = _positions(matcher.value())
                matcher.next()
    return found


def _positions(value: bytes) -> list[int]:
    """What Whoosh's `formats.Positions` encodes: a number of four bytes, then pickled differences, whose last byte a
    posting inside the term dictionary lacks. Its own decoder takes three times as long."""
    return list(accumulate(loads(value[4:] if value.endswith(b".") else value[4:] + b".")))


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
    except Exception as error:  # the same dozen classes, met while reading
        raise EngineError("the index is damaged; rebuild it with: shanxi index --rebuild") from error
