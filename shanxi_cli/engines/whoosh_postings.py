"""Postings of a Whoosh index as dictionaries over all its segments, and what it raises as errors of ours.

Documents are numbered over the whole index; deleted ones are left out.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError


def leaves(reader: Any) -> list[tuple[Any, int]]:
    return [(leaf, base) for leaf, base in reader.leaf_readers()]


def read_postings(reader: Any, field: str, term: bytes) -> dict[int, float]:
    """The live documents that hold a term, with how often they do."""
    return dict(_postings(reader, field, term, "weight"))


def read_positions(reader: Any, field: str, term: bytes) -> dict[int, list[int]]:
    """The live documents that hold a term, with its positions in each, ascending."""
    return {number: _positions(value) for number, value in _postings(reader, field, term, "value")}


def read_values(reader: Any, field: str, term: bytes) -> dict[int, bytes]:
    """The live documents that hold a term, with the value of its posting in each."""
    return dict(_postings(reader, field, term, "value"))


def _postings(reader: Any, field: str, term: bytes, what: str) -> Iterator[tuple[int, Any]]:
    """The live documents that hold a term, with the `weight` or `value` of its posting in each.

    Whoosh keeps postings in blocks. Taking a block at once, which needs the insides of its matcher, halves the time
    of a search. A matcher of another kind (over few postings, or leaving out deleted documents) is read one by one.
    """
    for leaf, base in leaves(reader):
        if (field, term) not in leaf:
            continue
        matcher = leaf.postings(field, term)
        by_block = hasattr(matcher, "_next_block")
        read = getattr(matcher, what)
        while matcher.is_active():
            number, found = matcher.id(), read()
            if by_block:
                yield from zip((base + n for n in matcher._ids), getattr(matcher, f"_{what}s"), strict=True)
                matcher._next_block()
            else:
                yield base + number, found
                matcher.next()


def _positions(value: bytes) -> list[int]:
    """What `whoosh_schema.Positioned` keeps of a posting."""
    return array("I", value).tolist()


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
