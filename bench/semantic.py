"""Measure search by meaning: nDCG@10 and recall at 100 over judged collections, of words, of meaning and of both.

    python bench/semantic.py FOLDER [FOLDER ...]
    python bench/semantic.py --speed [ARTICLES]

A folder holds what `bench/relevance.py` describes, and queries are bags of words as there; their meaning is that of the
whole text. Prints each weight of the meaning, and for five folds of the queries the score with the weight that is best
on the other four beside that of the weight in use. Takes minutes, for the vectors; without the extra `semantic` it says
so and does nothing. With `--speed` it prints the processor time of a query over so many articles (default: 100,000) of
three passages each: of its vector, and of the comparison with all passages.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import mean, median

from ir_measures import Qrel, R, ScoredDoc, calc_aggregate, nDCG

from relevance import bag_of_words, read_articles, rows
from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Match
from shanxi_cli.errors import ShanxiError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.util.frozen_record import Record

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7)
FOLDS = 5
DEPTH = 1_000
MEASURES = (nDCG @ 10, R @ 100)
Ranking = Callable[[Sequence[Match], Mapping[int, float]], list[int]]
"""Returns the numbers of articles in order, for the matches by words and the cosines by number."""


class Judged(Record):
    """A collection: for each query the matches by words and the cosines by number; ids by number; judgements."""

    name: str
    matches: Mapping[str, Sequence[Match]]
    cosines: Mapping[str, Mapping[int, float]]
    ids: Mapping[int, str]
    qrels: Sequence[Qrel]

    def measure(self, rank: Ranking, queries: Collection[str]) -> tuple[float, float]:
        """Return nDCG@10 and recall at 100 of a ranking over these queries."""
        judged = [qrel for qrel in self.qrels if qrel.query_id in queries]
        measured = calc_aggregate(MEASURES, judged, list(self._run(rank, queries)))
        return measured[MEASURES[0]], measured[MEASURES[1]]

    def _run(self, rank: Ranking, queries: Collection[str]) -> Iterator[ScoredDoc]:
        for query in queries:
            for place, number in enumerate(rank(self.matches[query], self.cosines[query])[:DEPTH]):
                yield ScoredDoc(query, self.ids[number], -float(place))


def load_collection(folder: Path) -> Judged:
    """Return a collection with the answers by words, and the cosines of all articles to each query."""
    from shanxi_cli.semantic.build import embed_article
    from shanxi_cli.semantic.embedder import Embedder
    from shanxi_cli.semantic.model_files import find_model
    from shanxi_cli.semantic.similarity import MeaningIndex
    from shanxi_cli.semantic.vector_store import VectorStore, pack_vectors, split_data

    embedder = Embedder(find_model(os.environ))
    articles = list(read_articles(folder / "docs.jsonl"))
    engine = open_in_memory(articles)
    numbers = dict(engine.articles_with_id_prefix(""))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        vectors = list(pool.map(partial(embed_article, embedder), articles))
    pairs = zip((article.id for article in articles), vectors, strict=True)
    table, data = pack_vectors(dict(pairs), embedder.files.identity, embedder.dimension)
    index = MeaningIndex(VectorStore(table, *split_data(memoryview(data), table)), numbers)
    matches: dict[str, Sequence[Match]] = {}
    queries = {row["id"]: row["text"] for row in rows(folder / "queries.jsonl")}
    for query, text in queries.items():
        bag = bag_of_words(text)
        matches[query] = engine.search(plan_query(bag), HitOrder.RELEVANCE)[:] if bag.clauses else []
    lines = (folder / "qrels.tsv").read_text().splitlines()
    qrels = [Qrel(query, name, int(grade)) for query, name, grade in (line.split("\t") for line in lines)]
    cosines = {query: index.measure(embedder.embed(text)) for query, text in queries.items()}
    return Judged(folder.name, matches, cosines, {n: name for name, n in numbers.items()}, qrels)


def rank_by_words(matches: Sequence[Match], _: Mapping[int, float]) -> list[int]:
    """Return the order of the words."""
    return [match.number for match in matches[:DEPTH]]


def rank_by_meaning(_: Sequence[Match], cosines: Mapping[int, float]) -> list[int]:
    """Return the order of the meaning alone."""
    return sorted(cosines, key=lambda number: (-cosines[number], number))


def join_with(weight: float) -> Ranking:
    """Return the order of words and meaning, which has this weight."""
    from shanxi_cli.semantic.fusion import join_scores

    return lambda matches, cosines: [match.number for match in join_scores(matches, cosines, weight)]


def print_collection(judged: Judged) -> None:
    """Print a line for each ranking, and the folds."""
    queries = sorted({qrel.query_id for qrel in judged.qrels} & judged.matches.keys())
    rankings = {"words": rank_by_words, "meaning": rank_by_meaning}
    for name, rank in {**rankings, **{f"both, {weight:g}": join_with(weight) for weight in WEIGHTS}}.items():
        gain, recall = judged.measure(rank, set(queries))
        print(f"{judged.name:<12}{name:<12}{gain:>9.4f}{recall:>9.4f}")
    random.Random(7).shuffle(queries)
    folds = [set(queries[start::FOLDS]) for start in range(FOLDS)]
    print(f"{judged.name:<12}{'mean of folds, chosen on the others, and used':<46}", end="")
    chosen = [_choose_weight(judged, set(queries) - fold) for fold in folds]
    scores = [judged.measure(join_with(weight), fold)[0] for weight, fold in zip(chosen, folds, strict=True)]
    used = [judged.measure(join_with(0.5), fold)[0] for fold in folds]
    print(f"{mean(scores):>9.4f}{mean(used):>9.4f}  weights {' '.join(f'{weight:g}' for weight in chosen)}")


def _choose_weight(judged: Judged, queries: Collection[str]) -> float:
    return max(WEIGHTS, key=lambda weight: judged.measure(join_with(weight), queries)[0])


def print_speed(articles: int) -> None:
    """Print the median processor time in milliseconds of the two steps of a query, of nine runs."""
    import numpy as np

    from shanxi_cli.semantic.embedder import Embedder
    from shanxi_cli.semantic.model_files import find_model
    from shanxi_cli.semantic.passages import TextSpan
    from shanxi_cli.semantic.similarity import MeaningIndex
    from shanxi_cli.semantic.vector_store import ArticleVectors, VectorStore, pack_vectors, split_data

    embedder = Embedder(find_model(os.environ))
    random_bytes = np.random.default_rng(7).integers(-30, 30, (3 * articles, embedder.dimension), np.int8)
    spans = [TextSpan(0, 0)] * 3
    vectors = {f"a{n}": ArticleVectors(spans, random_bytes[3 * n : 3 * n + 3]) for n in range(articles)}
    table, data = pack_vectors(vectors, embedder.files.identity, embedder.dimension)
    numbers = {name: number for number, name in enumerate(vectors)}
    index = MeaningIndex(VectorStore(table, *split_data(memoryview(data), table)), numbers)
    query = embedder.embed("jobs lost in the mines of the north")
    for name, step in (
        ("vector", partial(embedder.embed, "jobs lost in the mines")),
        ("compare", partial(index.measure, query)),
    ):
        print(f"{name:<12}{1000 * median(_time(step) for _ in range(9)):>9.1f} ms")


def _time(step: Callable[[], object]) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started


def main(arguments: list[str]) -> int:
    """Print the table of each collection, or the speed."""
    if not arguments:
        print("semantic: skipped: name the folders of judged collections")
        return 0
    if arguments[0] == "--speed":
        print_speed(int(next(iter(arguments[1:]), "100000")))
        return 0
    try:
        collections = [load_collection(Path(folder)) for folder in arguments]
    except ShanxiError as error:
        print(f"semantic: skipped: {error}")
        return 0
    print(f"{'collection':<12}{'ranking':<12}{'nDCG@10':>9}{'R@100':>9}")
    for judged in collections:
        print_collection(judged)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
