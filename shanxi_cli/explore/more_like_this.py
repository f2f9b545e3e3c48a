"""Articles that are like one: those that have its most telling words.

As Lucene's MoreLikeThis (org.apache.lucene.queries.mlt): of the article's words, by stems, the `MOST_WORDS` with
the highest tf x idf are searched for, any of them, and what is found is ranked as any search is. tf is how often
the article has the word, those of the title once more; idf is that of `language.ranking`. A word has to be in
another article, and must be no stop word nor a number.
"""

from collections import Counter

from shanxi_cli.analysis.document_fields import texts
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import fold, forms
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.bm25 import idf
from shanxi_cli.model.nouns import Article, Order
from shanxi_cli.model.views import Neighbour, Neighbours
from shanxi_cli.query.ast import Or, Query, Word
from shanxi_cli.query.plan.planner import Layer
from shanxi_cli.search.searcher import Alike
from shanxi_cli.util import edtf

MOST_WORDS = 25
SHOWN_WORDS = 8
RETELLING = "retelling"


def neighbours(engine: Engine, number: int, limit: int | None, groups: Alike, collapse: bool) -> Neighbours:
    """The nearest `limit` (None: all) articles of the article `number`.

    With `collapse`, of articles that are nearly the same text only the nearest is given, and none that is nearly
    the same as the article itself.
    """
    asked = engine.article(number)
    telling = telling_words(engine, asked)
    if not telling:
        return Neighbours(())
    words = [Word(word) for word in telling.values()]
    query: Query = Or(tuple(words)) if len(words) > 1 else words[0]
    rows: list[Neighbour] = []
    seen = set(groups.of(number)) if collapse else set()
    for match in engine.search(query, Order.RELEVANCE):
        if limit is not None and len(rows) == limit:
            break
        if match.number == number or match.number in seen:
            continue
        article = engine.article(match.number)
        if are_one_story(asked, article):
            continue
        others = groups.of(match.number)
        seen.update(others if collapse else ())
        alike = tuple(engine.article(other).id for other in others if other not in (match.number, number))
        shared = _shared(telling, article)
        rows.append(Neighbour(len(rows) + 1, match.score, article, shared, number in others, alike))
    return Neighbours(tuple(rows))


def telling_words(engine: Engine, article: Article) -> dict[str, str]:
    """The most telling words of an article, the most telling first: stem -> the form it has there most often."""
    often: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for field, text in texts(article):
        for word, stem in forms(text):
            if word not in STOP_WORDS and not word[:1].isdigit() and len(word) > 1:
                often[stem] += 2 if field == "title" else 1
                written.setdefault(stem, Counter())[word] += 1
    known = engine.frequencies(often, Layer.STEMS)
    size = engine.size()
    weights = {s: often[s] * idf(size, term.articles) for s, term in known.items() if term.articles > 1}
    best = sorted(weights, key=lambda stem: (-round(weights[stem], 9), stem))[:MOST_WORDS]
    return {stem: min(written[stem], key=lambda word: (-written[stem][word], word)) for stem in best}


def _shared(telling: dict[str, str], article: Article) -> tuple[str, ...]:
    stems = {stem for _, text in texts(article) for _, stem in forms(text)}
    return tuple(word for stem, word in telling.items() if stem in stems)[:SHOWN_WORDS]


def are_one_story(one: Article, other: Article) -> bool:
    """True for a retelling and its original, or two retellings of one: the same title, and dates that share a day.

    Case and accents do not matter, and an undated article may be of any day.
    """
    if RETELLING not in (one.edition, other.edition) or fold(one.title) != fold(other.title):
        return False
    return not (one.date and other.date) or edtf.parse(one.date).overlaps(edtf.parse(other.date))
