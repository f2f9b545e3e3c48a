"""Search results: ranked hits with snippets and marks, and their order."""

from enum import Enum

from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import NamedTuple, Record


class HitOrder(Enum):
    """The sort order of hits. Ties are broken by date, newest first, then by id."""

    RELEVANCE = "relevance"  # best first
    NEWEST = "newest"  # by the last day of the date, undated articles last
    OLDEST = "oldest"  # by the first day of the date, undated articles last
    TITLE = "title"  # by the title, letters without accents or case
    ADDED = "added"  # last added first, as the state of the user knows; articles that it does not know last


class Mark(NamedTuple):
    """A highlighted range: half-open, in characters (code points), into the text it belongs to."""

    start: int
    end: int


class Snippet(Record):
    """A passage of an article with its highlighted matches.

    `text` is one line. `marks` are sorted, do not overlap, and count from the start of `text`;
    a passage of an article that matches in no text (a search by author) has none.
    """

    field: str
    text: str
    marks: tuple[Mark, ...] = ()


class Hit(Record):
    """An article that matches a query.

    `rank` counts from 1 over all hits, not only those shown. `score` is comparable within one
    search only. `title` is the article's title as a snippet; `snippets` are the best passages.
    `alike` are the ids of matching near-duplicates that were collapsed into this hit. In a search by meaning,
    `words_score` and `meaning_score` are the parts of the score; an article found `by_meaning` has no typed word.
    """

    rank: int
    score: float
    article: Article
    title: Snippet
    snippets: tuple[Snippet, ...] = ()
    alike: tuple[str, ...] = ()
    by_meaning: bool = False
    words_score: float | None = None
    meaning_score: float | None = None


class Results(Record):
    """The results of a search: `hits` is the requested part, in order, of `total` hits.

    `collapsed` is the number of further matching articles, each a near-duplicate of a hit. `added_words` are those that
    `--expand` has ranked by beside the query; None without it. `near` are hits by meaning alone, not counted in
    `total`; None unless the search was by meaning too.
    """

    total: int
    hits: tuple[Hit, ...]
    collapsed: int = 0
    added_words: tuple[str, ...] | None = None
    near: tuple[Hit, ...] | None = None
