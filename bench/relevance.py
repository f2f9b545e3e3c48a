"""Measure ranking: nDCG@10 and MAP over judged collections, by ir-measures.

    python bench/relevance.py [--expand] FOLDER [FOLDER ...]

A folder holds `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query,
document, grade); without `docs.jsonl` the documents are the shipped articles, as for `bench/judged`. A query is taken
as a bag of words: the grammar has no part in it, stop words are left out as in any query. With
`--expand` queries are expanded as `shanxi search --expand` does.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import AP, Qrel, ScoredDoc, nDCG

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import Clause, Group, Occur, Word
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.search.expansion import FEEDBACK_ARTICLES, expand_query

MEASURES = (nDCG @ 10, AP)
DEPTH = 1000
SHIPPED = Path(__file__).resolve().parent.parent / "corpus"


def bag_of_words(text: str) -> Group:
    """Return the words of a text as a query that matches any of them."""
    words = [token.word for token in tokenize(text) if token.word not in STOP_WORDS]
    return Group(tuple(Clause(Occur.MAY, Word(word)) for word in words))


def measure(folder: Path, *, expand: bool = False) -> dict[Any, float]:
    """Return the value of each measure over one collection."""
    engine = open_in_memory(read_articles(folder / "docs.jsonl"))
    ids = {number: article_id for article_id, number in engine.articles_with_id_prefix("")}
    run = [hit for row in rows(folder / "queries.jsonl") for hit in answer(engine, ids, row, expand=expand)]
    lines = (folder / "qrels.tsv").read_text().splitlines()
    judged = [Qrel(query, document, int(grade)) for query, document, grade in (line.split("\t") for line in lines)]
    return dict(ir_measures.calc_aggregate(MEASURES, judged, run))


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a collection: those of `path`, or the shipped ones if it does not exist."""
    if path.exists():
        yield from (Article(row["id"], row["title"], row["text"]) for row in rows(path))
        return
    for file in sorted(SHIPPED.rglob("*.md")):
        yield parse_article(file.read_bytes(), file.stem, str(file))


def answer(engine: Engine, ids: dict[int, str], row: dict[str, str], *, expand: bool = False) -> Iterator[ScoredDoc]:
    """Return the best documents of one query, scored by their rank, so that ties keep their order."""
    query = bag_of_words(row["text"])
    if query.clauses:
        matches = engine.search(plan_query(query), HitOrder.RELEVANCE)
        if expand:
            expanded = expand_query(engine, plan_query(query), matches[:FEEDBACK_ARTICLES])
            matches = engine.search(expanded.plan, HitOrder.RELEVANCE)
        for rank, match in enumerate(matches[:DEPTH]):
            yield ScoredDoc(row["id"], ids[match.number], -float(rank))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main(arguments: list[str]) -> int:
    """Print one line per collection."""
    folders = [argument for argument in arguments if argument != "--expand"]
    if not folders:
        print("relevance: skipped: name the folders of judged collections")
        return 0
    print(f"{'collection':<16}{'nDCG@10':>9}{'MAP':>9}")
    for folder in folders:
        measured = measure(Path(folder), expand="--expand" in arguments)
        print(f"{Path(folder).name:<16}{measured[nDCG @ 10]:>9.4f}{measured[AP]:>9.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
