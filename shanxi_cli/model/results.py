"""Search results: hits in their order, with snippets and marks."""

from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import Record


class Mark(NamedTuple):
    """A matched place: half-open, in characters (code points), into the text it belongs to."""

    start: int
    end: int


class Snippet(Record):
    """A passage of an article and the places in it that match.

    `text` is one line. `marks` are sorted, do not overlap, and count from the start of `text`;
    a passage shown because nothing in the text matches (a search by author) has none.
    """

    field: str
    text: str
    marks: tuple[Mark, ...] = ()


class Hit(Record):
    """An article that answers a query.

    `rank` counts from 1 over all hits, not only those shown. `score` is comparable within one
    answer only. `title` is the article's title as a snippet; `snippets` are the best passages.
    `alike` are the ids of other articles that match and are nearly the same text, where those are no hits of their own.
    """

    rank: int
    score: float
    article: Article
    title: Snippet
    snippets: tuple[Snippet, ...] = ()
    alike: tuple[str, ...] = ()


class Results(Record):
    """The answer to a query: there are `total` hits, `hits` are those asked for, in their order.

    `collapsed` more articles match, each nearly the same text as a hit.
    """

    total: int
    hits: tuple[Hit, ...]
    collapsed: int = 0
