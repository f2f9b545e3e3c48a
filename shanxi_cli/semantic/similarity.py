"""Nearness of articles to a text in meaning: the cosine of its vector and that of their nearest passage."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from shanxi_cli.semantic.passages import TextSpan
from shanxi_cli.semantic.vector_store import ArticleVectors, VectorStore, dequantize
from shanxi_cli.util.frozen_record import Record

_ROWS = 2048
"""Vectors that are turned into floats at a time: they fit into the cache of a processor."""

_NONE = -2.0
"""Below every cosine: of passages of articles that are gone."""

Vector = npt.NDArray[np.float32]


class Nearness(Record):
    """The cosine of an article and of its nearest passage, half-open in characters of its body."""

    cosine: float
    span: TextSpan


class MeaningIndex:
    """The vectors of the articles of an opened archive, by their numbers.

    `fresh` has the vectors of articles that the store lacks.
    """

    def __init__(
        self, store: VectorStore, numbers: Mapping[str, int], fresh: Mapping[str, ArticleVectors] | None = None
    ) -> None:
        """`numbers` are those of the articles by id; articles of the store without one are gone."""
        self._store, self._fresh = store, dict(fresh or {})
        kept = [(name, place) for name, place in store.table.articles.items() if name in numbers and place[1]]
        kept.sort(key=lambda pair: pair[1])
        self._names = [name for name, _ in kept]
        self._numbers = np.array([numbers[name] for name in self._names], np.int64)
        self._firsts = np.array([first for _, (first, _) in kept], np.int64)
        self._gone = np.ones(store.table.passages, bool)
        for _, (first, count) in kept:
            self._gone[first : first + count] = False
        self._ids = {number: name for name, number in numbers.items()}

    def measure(self, query: Vector) -> dict[int, float]:
        """Return the cosine of each article that has vectors, by number, for a vector of length 1."""
        found = {number: float(np.max(dequantize(one.vectors) @ query)) for number, one in self._iterate_fresh()}
        if len(self._firsts):
            cosines = self._compare_all(query)
            cosines[self._gone] = _NONE
            best = np.maximum.reduceat(cosines, self._firsts)
            found |= dict(zip(self._numbers.tolist(), best.tolist(), strict=True))
        return found

    def find_passage(self, number: int, query: Vector) -> Nearness | None:
        """Return the nearest passage of an article; None if it has no vectors."""
        name = self._ids[number]
        one = self._fresh.get(name) or self._store.of_article(name)
        if one is None or not len(one.spans):
            return None
        cosines = dequantize(one.vectors) @ query
        best = int(np.argmax(cosines))
        return Nearness(float(cosines[best]), one.spans[best])

    def mean_vector(self, number: int) -> Vector | None:
        """Return the mean of the vectors of an article, of length 1; None if it has none."""
        name = self._ids[number]
        one = self._fresh.get(name) or self._store.of_article(name)
        if one is None or not len(one.spans):
            return None
        mean = dequantize(one.vectors).mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)

    def _iterate_fresh(self) -> Sequence[tuple[int, ArticleVectors]]:
        by_name = {name: number for number, name in self._ids.items()}
        return [(by_name[name], one) for name, one in self._fresh.items() if len(one.spans)]

    def _compare_all(self, query: Vector) -> Vector:
        """Return the cosine of each passage, by exact products of bytes and floats."""
        vectors = self._store.vectors
        scaled = (query / 127).astype(np.float32)
        cosines = np.empty(len(vectors), np.float32)
        rows = np.empty((_ROWS, vectors.shape[1]), np.float32)
        for start in range(0, len(vectors), _ROWS):
            part = vectors[start : start + _ROWS]
            np.copyto(rows[: len(part)], part)
            np.dot(rows[: len(part)], scaled, out=cosines[start : start + len(part)])
        return cosines
