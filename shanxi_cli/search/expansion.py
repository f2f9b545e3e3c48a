"""Query expansion by pseudo-relevance feedback: rank by words of the best articles too.

As Rocchio's (SMART, 1971), with the first articles taken as relevant: of the stems of the first `FEEDBACK_ARTICLES`
the `ADDED_WORDS` with the highest sum of BM25 weights are added, each for `ADDED_WEIGHT` of a word that was typed. They
change the order alone: an article still has to match the query as typed, and only what was typed is highlighted.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from shanxi_cli.analysis.document_fields import PEOPLE_FIELDS, running_texts
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import word_forms
from shanxi_cli.engines.base import Engine, Match
from shanxi_cli.engines.bm25 import BM25_B, BM25_K1, idf
from shanxi_cli.model.article import Article
from shanxi_cli.query.ast import Clause, Group, Occur, Word
from shanxi_cli.query.plan.lookups import PhraseLookup, TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.util.frozen_record import Record

FEEDBACK_ARTICLES = 10
ADDED_WORDS = 20
ADDED_WEIGHT = 0.1


class ExpandedQuery(Record):
    """A plan that matches the same articles as the original, and the words that it ranks by in addition, best first."""

    plan: QueryPlan
    words: tuple[str, ...]


def expand_query(engine: Engine, plan: QueryPlan, best: Sequence[Match]) -> ExpandedQuery:
    """Return the plan with the most typical words of the articles of `best`, the first matches of the plan."""
    words = _find_typical_words(engine, plan, engine.articles([match.number for match in best[:FEEDBACK_ARTICLES]]))
    added = (Clause(Occur.MAY, Word(word), ADDED_WEIGHT) for word in words)
    query = Group((Clause(Occur.MUST, plan.query), *added))
    return ExpandedQuery(plan_query(query, plan.leaves), words)


def _find_typical_words(engine: Engine, plan: QueryPlan, best: Sequence[Article]) -> tuple[str, ...]:
    """Return the stems that weigh most in the articles and are not in the query, each in its most frequent form."""
    lookups = (lookup for leaf in plan.iterate_leaves() for lookup in leaf.lookups)
    typed = {term for lookup in lookups if isinstance(lookup, PhraseLookup) for term in lookup.terms}
    written: dict[str, Counter[str]] = defaultdict(Counter)
    texts = [_count_stems(article, written) for article in best]
    for stem in typed & written.keys():
        del written[stem]
    size, mean = engine.article_count(), engine.word_count() / max(1, engine.article_count())
    weights: dict[str, float] = defaultdict(float)
    known = engine.term_stats(written, TermForm.STEMS)
    for stem, stats in ((stem, stats) for stem, stats in known.items() if stats.articles > 1):
        for counts in texts:
            norm = BM25_K1 * (1 - BM25_B + BM25_B * counts.total() / mean)
            weights[stem] += idf(size, stats.articles) * counts[stem] / (counts[stem] + norm)
    ranked = sorted(weights, key=lambda stem: (-round(weights[stem], 9), stem))
    return tuple(min(written[s], key=lambda word: (-written[s][word], word)) for s in ranked[:ADDED_WORDS])


def _count_stems(article: Article, written: dict[str, Counter[str]]) -> Counter[str]:
    """Count the stems of the running text of an article, without its people, and their forms in `written`."""
    counts: Counter[str] = Counter()
    for field, text in running_texts(article):
        for word, stem in word_forms(text) if field not in PEOPLE_FIELDS else ():
            counts[stem] += 1
            if word not in STOP_WORDS and word.isalpha() and len(word) > 1:
                written[stem][word] += 1
    return counts
