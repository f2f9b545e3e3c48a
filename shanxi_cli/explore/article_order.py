"""The order of articles that no query has ranked: of similar articles and citations."""

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.util import edtf


def article_sort_key(article: Article, order: HitOrder) -> tuple[int, str, str]:
    """Return the sort key of an article in an order of hits; by relevance all are equal, and a stable sort keeps them.

    So are they by `HitOrder.ADDED`, as an article does not know when it was first seen.

    Undated articles come last, and ties are broken by id, as in the results of a query.
    """
    days = edtf.parse_edtf(article.date) if article.date else None
    match order:
        case HitOrder.RELEVANCE | HitOrder.ADDED:
            return 0, "", ""
        case HitOrder.NEWEST:
            return -days.last if days else 1, "", article.id
        case HitOrder.OLDEST:
            return days.first if days else edtf.LAST_DAY + 1, "", article.id
        case HitOrder.TITLE:
            return 0, fold_text(article.title), article.id
