"""Postings of a Whoosh index as dictionaries over all its segments, and what it raises as errors of ours.

Documents are numbered over the whole index; deleted ones are left out. How the postings of one segment are read is
known in `whoosh_segment`.
"""

from array import array
from collections.abc import Iterator, KeysView, Mapping
from contextlib import contextmanager
from typing import Any

from shanxi_cli.engines.whoosh.segment_reader import read_blocks, read_prefix_blocks, read_terms
from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError


def list_segments(reader: Any) -> list[tuple[Any, int]]:
    """The segments of an index, each with the number of its first document."""
    return list(reader.leaf_readers())


def read_postings(reader: Any, field: str, term: bytes) -> dict[int, float]:
    """The live documents that hold a term, with how often they do."""
    found: dict[int, float] = {}
    for leaf, base in list_segments(reader):
        for block in read_blocks(leaf, base, field, term):
            found.update(zip(block.numbers, block.weights, strict=True))
    return found


def read_values(reader: Any, field: str, term: bytes) -> dict[int, bytes]:
    """The live documents that hold a term, with the value of its posting in each."""
    found: dict[int, bytes] = {}
    for leaf, base in list_segments(reader):
        for block in read_blocks(leaf, base, field, term):
            found.update(zip(block.numbers, block.values, strict=True))
    return found


def read_positions(reader: Any, field: str, term: bytes) -> "TermPositions":
    """The live documents that hold a term, with its positions in each."""
    return TermPositions(read_values(reader, field, term))


def documents_with_terms(reader: Any, field: str, terms: list[bytes]) -> set[int]:
    """The live documents that hold any of some terms."""
    found: set[int] = set()
    for leaf, base in list_segments(reader):
        for term in terms:
            for block in read_blocks(leaf, base, field, term):
                found.update(block.numbers)
    return found


def documents_with_prefix(reader: Any, field: str, prefix: bytes) -> set[int]:
    """The live documents that hold any of the terms that begin with `prefix`."""
    found: set[int] = set()
    for leaf, base in list_segments(reader):
        for block in read_prefix_blocks(leaf, base, field, prefix):
            found.update(block.numbers)
    return found


def expand_prefix(reader: Any, field: str, prefix: bytes) -> list[bytes]:
    """The terms that begin with `prefix`, each once."""
    found: dict[bytes, None] = {}
    for leaf, _ in list_segments(reader):
        found |= dict.fromkeys(read_terms(leaf, field, prefix))
    return list(found)


class TermPositions(Mapping[int, list[int]]):
    """Documents with the positions of a term in each, ascending: unpacked for those that are looked at."""

    def __init__(self, values: dict[int, bytes]) -> None:
        self._values = values

    def __getitem__(self, number: int) -> list[int]:
        return array("I", self._values[number]).tolist()  # as `whoosh_schema.Positioned` keeps them

    def __iter__(self) -> Iterator[int]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> KeysView[int]:
        """The documents: the keys of a dictionary, which are joined fast."""
        return self._values.keys()


@contextmanager
def translate_read_errors() -> Iterator[None]:
    try:
        yield
    except ShanxiError:
        raise
    except RecursionError as error:
        raise EngineError("the query is too deep for the engine; simplify it") from error
    except Exception as error:  # damage shows as any of a dozen classes
        raise IndexUnusable("the index is damaged") from error
