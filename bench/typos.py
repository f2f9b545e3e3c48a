"""Measure how far a typo lowers ranking: nDCG@10 of queries of three words, and of the same with one word misspelt.

    python bench/typos.py FOLDER [FOLDER ...]

The folders are those of `bench/relevance.py`. Three content words are drawn from each judged query, in their order,
and one typo is made in one of them that has five letters or more: two letters swapped, or one dropped, doubled,
added or changed. All draws are from one seed, so that each run measures the same queries.
"""

import random
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import ir_measures
from ir_measures import Qrel, ScoredDoc, nDCG

from relevance import rows
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.search.corrections import correct_plan
from shanxi_cli.search.joined_words import add_other_forms
from shanxi_cli.search.searcher import compile_query

SEED = 17
ROUNDS = 4
"""Queries drawn from each judged query."""
TARGET = 0.93
"""Least ratio of the score with a typo to the score without it."""
MIN_LETTERS = 5
DEPTH = 10


def draw_queries(text: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield queries of three words of a text, each as it is and with one typo; none for a text with fewer words."""
    words = [t.word for t in tokenize(text) if t.word not in STOP_WORDS and t.word.isascii() and t.word.isalpha()]
    words = list(dict.fromkeys(words))
    for _ in range(ROUNDS):
        if len(words) < 3:
            return
        chosen = [words[n] for n in sorted(draw.sample(range(len(words)), 3))]
        long = [n for n, word in enumerate(chosen) if len(word) >= MIN_LETTERS]
        if long:
            misspelt = list(chosen)
            at = draw.choice(long)
            misspelt[at] = make_typo(chosen[at], draw)
            yield " ".join(chosen), " ".join(misspelt)


def make_typo(word: str, draw: random.Random) -> str:
    """Return `word` with one edit; never `word` itself."""
    at, letter = draw.randrange(len(word) - 1), draw.choice(string.ascii_lowercase)
    edits = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    )
    edited = draw.choice(edits)
    return edited if edited != word else make_typo(word, draw)


def measure(folder: Path) -> tuple[int, float, float, float]:
    """Return the number of queries, and nDCG@10 without a typo, with one as typed, and with one corrected."""
    engine = open_in_memory(Article(row["id"], row["title"], row["text"]) for row in rows(folder / "docs.jsonl"))
    ids = {number: article_id for article_id, number in engine.articles_with_id_prefix("")}
    lines = (folder / "qrels.tsv").read_text().splitlines()
    judged = [Qrel(query, document, int(grade)) for query, document, grade in (line.split("\t") for line in lines)]
    draw = random.Random(SEED)
    runs: dict[str, list[ScoredDoc]] = {"right": [], "typed": [], "corrected": []}
    wanted: list[Qrel] = []
    count = 0
    for row in rows(folder / "queries.jsonl"):
        own = [judgement for judgement in judged if judgement.query_id == row["id"]]
        for right, misspelt in draw_queries(row["text"], draw) if own else ():
            name = str(count)
            count += 1
            wanted += [Qrel(name, judgement.doc_id, judgement.relevance) for judgement in own]
            for kind, text in (("right", right), ("typed", misspelt), ("corrected", misspelt)):
                found = answer(engine, text, correct=kind != "typed")
                runs[kind] += [ScoredDoc(name, ids[n], -float(rank)) for rank, n in enumerate(found)]
    scores = (ir_measures.calc_aggregate([nDCG @ 10], wanted, run)[nDCG @ 10] for run in runs.values())
    right_score, typed, corrected = scores
    return count, right_score, typed, corrected


def answer(engine: Engine, text: str, *, correct: bool) -> Sequence[int]:
    """Return the numbers of the best articles of a query."""
    plan = compile_query(text, WordOperator.ANY)
    if correct:
        plan = add_other_forms(engine, correct_plan(engine, plan)[0])
    return [match.number for match in engine.search(plan, HitOrder.RELEVANCE)[:DEPTH]]


def main(folders: list[str]) -> int:
    """Print one line per collection; exit status 1 where a ratio is below the target."""
    if not folders:
        print("typos: skipped: name the folders of judged collections")
        return 0
    print(f"{'collection':<16}{'queries':>8}{'right':>8}{'as typed':>10}{'corrected':>11}{'ratio':>8}")
    short = False
    for folder in folders:
        count, right, typed, corrected = measure(Path(folder))
        ratio = corrected / right
        short = short or ratio < TARGET
        print(f"{Path(folder).name:<16}{count:>8}{right:>8.4f}{typed:>10.4f}{corrected:>11.4f}{ratio:>8.3f}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
