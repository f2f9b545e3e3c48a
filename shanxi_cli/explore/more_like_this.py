"""Similar articles: those that share the most distinctive words of an article.

As Lucene's MoreLikeThis (org.apache.lucene.queries.mlt) does, search for any of the `MAX_QUERY_WORDS` stems of the
article with the highest tf x idf, and rank the matches as any search does. tf is the frequency of the stem in the
article, the title counted twice; idf is that of `engines.bm25`. A stem must occur in another article, and must be
neither a stop word nor a number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from shanxi_cli.analysis.acronyms import plain_word
from shanxi_cli.analysis.document_fields import PEOPLE_FIELDS, running_texts
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.base import Engine, Match, Matches
from shanxi_cli.engines.batches import iterate_batches
from shanxi_cli.engines.bm25 import idf
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import SimilarArticle, SimilarArticles
from shanxi_cli.query.ast import Or, Word
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.util import edtf

MAX_QUERY_WORDS = 25
MAX_SHOWN_WORDS = 8


def find_similar_articles(
    engine: Engine,
    number: int,
    ranked: Iterable[Match],
    limit: int | None,
    groups: NearDuplicates,
    *,
    collapse: bool,
) -> SimilarArticles:
    """Return the first `limit` (None: all) of articles `ranked` as similar to the article `number`, best first.

    With `collapse`, return only the best of each group of near-duplicates, and no near-duplicate of the article itself.
    """
    source = engine.article(number)
    terms = find_distinctive_terms(engine, source)
    rows: list[SimilarArticle] = []
    seen = set(groups.group_of(number)) if collapse else set()
    for match in _iterate_fetched_matches(engine, ranked):
        if limit is not None and len(rows) == limit:
            break
        if match.number == number or match.number in seen:
            continue
        article = engine.article(match.number)
        if are_retellings(source, article):
            continue
        others = groups.group_of(match.number)
        seen.update(others if collapse else ())
        alike = tuple(engine.article(other).id for other in others if other not in (match.number, number))
        shared = _shared_words(terms, article)
        rows.append(SimilarArticle(len(rows) + 1, match.score, article, shared, number in others, alike))
    return SimilarArticles(tuple(rows))


def _iterate_fetched_matches(engine: Engine, ranked: Iterable[Match]) -> Iterator[Match]:
    for batch in iterate_batches(ranked):
        engine.fetch_ahead([match.number for match in batch])
        yield from batch


def rank_by_terms(engine: Engine, number: int) -> Matches:
    """Return the articles that share a distinctive word with an article, which is one of them, the best first."""
    words = [Word(word) for word in find_distinctive_terms(engine, engine.article(number)).values()]
    if not words:
        return ()
    return engine.search(plan_query(Or(tuple(words)) if len(words) > 1 else words[0]), HitOrder.RELEVANCE)


def find_distinctive_terms(engine: Engine, article: Article) -> dict[str, str]:
    """Return the most distinctive stems of an article, the best first: stem -> its most frequent form there."""
    frequency: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for field, text in running_texts(article):
        for word, stem in word_forms(text) if field not in PEOPLE_FIELDS else ():
            if plain_word(word) not in STOP_WORDS and not word[:1].isdigit() and len(word) > 1:
                frequency[stem] += 2 if field == "title" else 1
                written.setdefault(stem, Counter())[word] += 1
    known = engine.term_stats(frequency, TermForm.STEMS)
    size = engine.article_count()
    weights = {s: frequency[s] * idf(size, term.articles) for s, term in known.items() if term.articles > 1}
    best = sorted(weights, key=lambda stem: (-round(weights[stem], 9), stem))[:MAX_QUERY_WORDS]
    return {stem: min(written[stem], key=lambda word: (-written[stem][word], word)) for stem in best}


def _shared_words(terms: dict[str, str], article: Article) -> tuple[str, ...]:
    stems = {stem for _, text in running_texts(article) for _, stem in word_forms(text)}
    return tuple(word for stem, word in terms.items() if stem in stems)[:MAX_SHOWN_WORDS]


def are_retellings(one: Article, other: Article) -> bool:
    """Return True for a retelling and its original, or two retellings of one article.

    These have the same title, apart from case and accents, and dates that overlap; an undated article overlaps all.
    """
    if not (one.is_retelling or other.is_retelling) or fold_text(one.title) != fold_text(other.title):
        return False
    return not (one.date and other.date) or edtf.parse_edtf(one.date).overlaps(edtf.parse_edtf(other.date))
