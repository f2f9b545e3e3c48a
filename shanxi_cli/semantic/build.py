"""Vectors of an index: made for the articles that have none, and kept with it. What was made is never made again."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.indexing.vector_files import DATA_FILE, put_file, write_vector_table
from shanxi_cli.indexing.worker_pool import available_processes
from shanxi_cli.model.article import Article
from shanxi_cli.semantic.embedder import Embedder
from shanxi_cli.semantic.passages import make_passage_text, split_passages
from shanxi_cli.semantic.vector_store import ArticleVectors, VectorStore, load_vectors, pack_vectors, quantize
from shanxi_cli.util.dirfd import DirectoryHandle

SAVE_EVERY = 60.0
"""Seconds after which the vectors made so far are saved: no more is lost when the process dies."""

_BATCH = 8
"""Articles that a thread has before it at a time."""

ProgressCallback = Callable[[int, int], None]
"""Called with the number of articles done so far and the total."""


class VectorReport(NamedTuple):
    """Result of an update: articles that got vectors, articles with vectors in all, and their passages."""

    added: int
    articles: int
    passages: int


def embed_article(embedder: Embedder, article: Article) -> ArticleVectors:
    """Return the vectors of the passages of an article."""
    spans = split_passages(article.body)
    return ArticleVectors(spans, quantize(embedder.embed_all(make_passage_text(article, span) for span in spans)))


def update_vectors(
    index: Path, backend: Backend, embedder: Embedder, progress: ProgressCallback, wait: float = 0.0
) -> VectorReport:
    """Give vectors to the articles of an index that have none of this model, and drop those of articles that are gone.

    Interrupted, it keeps what it has made. Raise `IndexBusy` and `LocationError` as a build does, and `IndexUnusable`
    without an index.
    """
    with lock_index(index, wait):
        generation = store.current_generation(index)
        if generation is None or generation.identity != backend.identity():
            raise IndexUnusable("there is no index yet; run shanxi index")
        engine = backend.open(generation.directory)
        try:
            return _Update(index, generation, backend, engine, embedder, progress).run()
        finally:
            engine.close()


class _Update:
    """One update of the vectors of a generation; `_made` has those of this run."""

    def __init__(
        self,
        index: Path,
        generation: Generation,
        backend: Backend,
        engine: Engine,
        embedder: Embedder,
        progress: ProgressCallback,
    ) -> None:
        self._index, self._generation, self._backend, self._engine = index, generation, backend, engine
        self._embedder, self._progress = embedder, progress
        self._numbers = dict(engine.articles_with_id_prefix(""))
        self._old = _load_usable_vectors(generation, embedder)
        self._made: dict[str, ArticleVectors] = {}
        self._saved = time.monotonic()

    def run(self) -> VectorReport:
        kept = set(self._old.table.articles) if self._old else set()
        missing = [name for name in self._numbers if name not in kept]
        try:
            for done, (name, vectors) in enumerate(self._embed(missing), 1):
                self._made[name] = vectors
                self._progress(done, len(missing))
                if time.monotonic() - self._saved > SAVE_EVERY:
                    self._save()
        except BaseException:
            if self._made:
                self._save()
            raise
        if self._made or self._old is None or kept - self._numbers.keys():
            self._save()
        articles = {**dict.fromkeys(kept & self._numbers.keys()), **dict.fromkeys(missing)}
        return VectorReport(len(missing), len(articles), sum(len(one.spans) for _, one in self._all_vectors()))

    def _embed(self, names: Sequence[str]) -> Iterator[tuple[str, ArticleVectors]]:
        """Yield the articles with their vectors, made by as many threads as there are processors."""
        threads = available_processes()
        with ThreadPoolExecutor(threads) as pool:
            for start in range(0, len(names), threads * _BATCH):
                batch = names[start : start + threads * _BATCH]
                articles = [self._engine.article(self._numbers[name]) for name in batch]
                yield from zip(batch, pool.map(partial(embed_article, self._embedder), articles), strict=True)

    def _all_vectors(self) -> Iterator[tuple[str, ArticleVectors]]:
        for name in self._numbers:
            one = self._made.get(name) or (self._old.of_article(name) if self._old else None)
            if one is not None:
                yield name, one

    def _save(self) -> None:
        """Make a generation with the same articles and all vectors."""
        base, embedder = self._generation, self._embedder
        table, data = pack_vectors(dict(self._all_vectors()), embedder.files.identity, embedder.dimension)

        def fill(folder: DirectoryHandle) -> tuple[Any, Any]:
            put_file(folder, DATA_FILE, data)
            write_vector_table(folder, table)
            return base.read_manifest_json(), base.read_summary_json()

        self._generation = store.build_generation(self._index, base, self._backend, fill, built=base.built)
        self._saved = time.monotonic()


def _load_usable_vectors(generation: Generation, embedder: Embedder) -> VectorStore | None:
    """Return the vectors of a generation that this model has made; None if there are none."""
    try:
        found = load_vectors(generation)
    except IndexUnusable:
        return None
    usable = found and (found.table.model, found.table.dimension) == (embedder.files.identity, embedder.dimension)
    return found if usable else None
