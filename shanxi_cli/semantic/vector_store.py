"""The vectors of an index in memory: mapped from its file, with the ranges of their passages."""

import mmap
import os
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.indexing.vector_files import DATA_FILE, VectorTable, load_vector_table
from shanxi_cli.semantic.passages import TextSpan
from shanxi_cli.util.frozen_record import Record

_SPAN_TYPE = np.dtype("<u4")
_SCALE = 127
"""A vector has length 1, so that each of its numbers fits into a signed byte."""

Bytes = npt.NDArray[np.int8]
Spans = npt.NDArray[np.uint32]


class ArticleVectors(Record):
    """The passages of one article and their vectors, a row each."""

    spans: Sequence[TextSpan]
    vectors: Bytes


class VectorStore(Record):
    """The vectors of all passages as rows of bytes, their ranges in the bodies, and the table of articles."""

    table: VectorTable
    vectors: Bytes
    spans: Spans

    def of_article(self, name: str) -> ArticleVectors | None:
        """Return the vectors of an article; None if it has none."""
        place = self.table.articles.get(name)
        if place is None:
            return None
        first, count = place
        spans = [TextSpan(int(start), int(end)) for start, end in self.spans[first : first + count]]
        return ArticleVectors(spans, self.vectors[first : first + count])


def quantize(vectors: npt.NDArray[np.float32]) -> Bytes:
    """Return vectors of length 1 as signed bytes."""
    return np.clip(np.rint(vectors * _SCALE), -_SCALE, _SCALE).astype(np.int8)


def dequantize(vectors: Bytes) -> npt.NDArray[np.float32]:
    """Return the vectors of bytes; the cosine of two is right to about a hundredth."""
    return vectors.astype(np.float32) / np.float32(_SCALE)


def load_vectors(generation: Generation) -> VectorStore | None:
    """Return the vectors of a generation, their file compared with its checksum; None if it has none.

    Raise `IndexUnusable` for damaged ones.
    """
    table = load_vector_table(generation.directory)
    if table is None:
        return None
    entry = next((file for file in generation.files if file.name == DATA_FILE), None)
    width = 2 * _SPAN_TYPE.itemsize + table.dimension
    if entry is None or entry.size != table.passages * width or not _are_inside(table):
        raise IndexUnusable(f"{DATA_FILE} of the index is damaged")
    try:
        if generation.directory.checksum(DATA_FILE) != entry.sha256:
            raise IndexUnusable(f"{DATA_FILE} of the index is damaged")
        data = _map_file(generation.directory.open(DATA_FILE), entry.size)
    except OSError as error:
        raise IndexUnusable(f"{DATA_FILE} of the index cannot be read") from error
    return VectorStore(table, *split_data(data, table))


def _are_inside(table: VectorTable) -> bool:
    return all(
        first >= 0 and count >= 0 and first + count <= table.passages for first, count in table.articles.values()
    )


def _map_file(descriptor: int, size: int) -> memoryview:
    with os.fdopen(descriptor, "rb") as file:
        return memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)) if size else memoryview(b"")


def split_data(data: memoryview, table: VectorTable) -> tuple[Bytes, Spans]:
    """Return the vectors and the ranges in the content of the file of a table."""
    end = table.passages * 2 * _SPAN_TYPE.itemsize
    spans = np.frombuffer(data[:end], _SPAN_TYPE).reshape(table.passages, 2)
    vectors = np.frombuffer(data[end:], np.int8).reshape(table.passages, table.dimension)
    return vectors, spans


def pack_vectors(articles: Mapping[str, ArticleVectors], model: str, dimension: int) -> tuple[VectorTable, bytes]:
    """Return the table and the content of the file for these articles, in their order."""
    places: dict[str, tuple[int, int]] = {}
    first = 0
    for name, one in articles.items():
        places[name] = first, len(one.spans)
        first += len(one.spans)
    spans = np.array([span for one in articles.values() for span in one.spans], _SPAN_TYPE).reshape(first, 2)
    vectors = np.concatenate([np.zeros((0, dimension), np.int8), *(one.vectors for one in articles.values())])
    return VectorTable(model, dimension, first, places), spans.tobytes() + vectors.astype(np.int8).tobytes()
