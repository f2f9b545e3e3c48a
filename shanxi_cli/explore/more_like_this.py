"""Articles that are like one: those that have its most telling words.

As Lucene's MoreLikeThis (org.apache.lucene.queries.mlt): of the article's words, by stems, the `MAX_QUERY_WORDS` with
the highest tf x idf are searched for, any of them, and what is found is ranked as any search is. tf is how often
the article has the word, those of the title once more; idf is that of `language.ranking`. A word has to be in
another article, and must be no stop word nor a number.
"""

from collections import Counter

from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.bm25 import idf
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import HitOrder
from shanxi_cli.model.views import SimilarArticle, SimilarArticles
from shanxi_cli.query.ast import Or, Query, Word
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.search.searcher import NearDuplicates
from shanxi_cli.util import edtf

MAX_QUERY_WORDS = 25
MAX_SHOWN_WORDS = 8
RETELLING_EDITION = "retelling"


def find_similar_articles(
    engine: Engine, number: int, limit: int | None, groups: NearDuplicates, collapse: bool
) -> SimilarArticles:
    """The nearest `limit` (None: all) articles of the article `number`.

    With `collapse`, of articles that are nearly the same text only the nearest is given, and none that is nearly
    the same as the article itself.
    """
    asked = engine.article(number)
    telling = find_distinctive_terms(engine, asked)
    if not telling:
        return SimilarArticles(())
    words = [Word(word) for word in telling.values()]
    query: Query = Or(tuple(words)) if len(words) > 1 else words[0]
    rows: list[SimilarArticle] = []
    seen = set(groups.group_of(number)) if collapse else set()
    for match in engine.search(plan_query(query), HitOrder.RELEVANCE):
        if limit is not None and len(rows) == limit:
            break
        if match.number == number or match.number in seen:
            continue
        article = engine.article(match.number)
        if are_retellings(asked, article):
            continue
        others = groups.group_of(match.number)
        seen.update(others if collapse else ())
        alike = tuple(engine.article(other).id for other in others if other not in (match.number, number))
        shared = _shared_words(telling, article)
        rows.append(SimilarArticle(len(rows) + 1, match.score, article, shared, number in others, alike))
    return SimilarArticles(tuple(rows))


def find_distinctive_terms(engine: Engine, article: Article) -> dict[str, str]:
    """The most telling words of an article, the most telling first: stem -> the form it has there most often."""
    often: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for field, text in running_texts(article):
        for word, stem in word_forms(text):
            if word not in STOP_WORDS and not word[:1].isdigit() and len(word) > 1:
                often[stem] += 2 if field == "title" else 1
                written.setdefault(stem, Counter())[word] += 1
    known = engine.term_stats(often, TermForm.STEMS)
    size = engine.article_count()
    weights = {s: often[s] * idf(size, term.articles) for s, term in known.items() if term.articles > 1}
    best = sorted(weights, key=lambda stem: (-round(weights[stem], 9), stem))[:MAX_QUERY_WORDS]
    return {stem: min(written[stem], key=lambda word: (-written[stem][word], word)) for stem in best}


def _shared_words(telling: dict[str, str], article: Article) -> tuple[str, ...]:
    stems = {stem for _, text in running_texts(article) for _, stem in word_forms(text)}
    return tuple(word for stem, word in telling.items() if stem in stems)[:MAX_SHOWN_WORDS]


def are_retellings(one: Article, other: Article) -> bool:
    """True for a retelling and its original, or two retellings of one: the same title, and dates that share a day.

    Case and accents do not matter, and an undated article may be of any day.
    """
    if RETELLING_EDITION not in (one.edition, other.edition) or fold_text(one.title) != fold_text(other.title):
        return False
    return not (one.date and other.date) or edtf.parse_edtf(one.date).overlaps(edtf.parse_edtf(other.date))
