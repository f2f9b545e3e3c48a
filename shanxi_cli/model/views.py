"""Value objects of the explore commands: facets, timelines, concordances. No engine and no printer is known here."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeAlias

from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import Record, replace_fields


class Facet(Record):
    """A value of a field with the number of articles that have it.

    `part` is the query for the value alone, `query` for the value within the counted articles. Both are empty if no
    query can express the value. `derived` is the number of these articles whose names are derived from their text.
    """

    value: str
    articles: int
    part: str
    query: str
    derived: int = 0


class Facets(Record):
    """The values of `field` in `articles` articles: `rows` is the requested part of `values` frequent ones.

    `without` is the number of articles without a value, `spread` of those whose uncertain date spans several years or
    months. `derived` is the number of articles whose values are derived from their text; None for a field that only
    authors fill.
    """

    field: str
    rows: tuple[Facet, ...]
    values: int
    articles: int
    without: int
    spread: int = 0
    derived: int | None = None


class TimelineBucket(Record):
    """A year, quarter or month, with its first and last day (ordinals, both included).

    `articles` is the number of matching articles, `hits` the number of matches in them, `among` the number of all
    articles of the archive in the period; None if not requested. An article with an uncertain date counts as the share
    of its days in the period; `uncertain` is the number of such articles.
    """

    name: str
    first: int
    last: int
    articles: float
    uncertain: int = 0
    hits: float | None = None
    among: float | None = None

    @property
    def share(self) -> float | None:
        """The share of the articles of the period that match; None if there are none, or `among` was not requested."""
        return self.articles / self.among if self.among else None


class ArticleReference(Record):
    """The earliest or latest matching article: its EDTF date and its id."""

    date: str
    article: str


class TimelineGap(Record):
    """The longest period, both days included, in which no matching article can have been printed."""

    first: int
    last: int


class Timeline(Record):
    """The buckets of a timeline in order, without gaps between the first and the last.

    `articles` is the number of articles counted, `spread` of those divided over several periods because their dates
    are uncertain. In no period are `undated` articles and those with an `open` interval. `earliest`, `latest` and
    `silence` are None if no article has a complete date.
    """

    periods: tuple[TimelineBucket, ...]
    articles: int
    spread: int
    undated: int
    open: int
    earliest: ArticleReference | None = None
    latest: ArticleReference | None = None
    silence: TimelineGap | None = None


class YearMention(Record):
    """A year mentioned in sentences, with the numbers of sentences and articles."""

    year: int
    sentences: int
    articles: int


class YearMentions(Record):
    """The years mentioned, in order. `sentences` counts the matching sentences, `silent` those without a year."""

    rows: tuple[YearMention, ...]
    sentences: int
    silent: int


class ConcordanceLine(Record):
    """A keyword in context: a match in `text`, the text of `field`.

    `start` and `end` are half-open, in characters, into `text`; `marks` are the matching words within. `paragraph` is
    the index of the paragraph of the body, and `offset` the start of it in `text`; None and 0 in other fields.
    """

    article: Article
    field: str
    text: str
    start: int
    end: int
    paragraph: int | None = None
    offset: int = 0
    marks: tuple[Mark, ...] = ()


class Concordance(Record):
    """Lines in order, iterable once, with `width` columns of context on either side (None: as fits the terminal)."""

    lines: Iterable[ConcordanceLine]
    width: int | None


class Collocate(Record):
    """A word that occurs near the matches.

    `near` of its `occurrences` are near a match, `expected` would be by chance. `score` is the log-likelihood ratio.
    """

    word: str
    near: int
    occurrences: int
    expected: float
    score: float


class Collocates(Record):
    """Collocates, highest score first."""

    rows: tuple[Collocate, ...]


class TermEntry(Record):
    """A term of the index with its numbers of articles and occurrences, and occurrences per million words."""

    word: str
    articles: int
    occurrences: int
    per_million: float


class TermList(Record):
    """The requested part, in order, of the `words` terms found."""

    rows: tuple[TermEntry, ...]
    words: int


class SimilarArticle(Record):
    """An article similar to another, with the words shared with it, the most significant first.

    `copy` is True if the two are near-duplicates; `alike` are the ids of further near-duplicates of this one.
    """

    rank: int
    score: float
    article: Article
    words: tuple[str, ...]
    copy: bool = False
    alike: tuple[str, ...] = ()


class SimilarArticles(Record):
    """The articles most similar to one, best first."""

    rows: tuple[SimilarArticle, ...]


View: TypeAlias = Facets | Timeline | YearMentions | Concordance | Collocates | TermList | SimilarArticles
"""The values that a printer of views accepts."""


def skip_rows(view: View, offset: int) -> View:
    """Return a view without its first rows."""
    if not offset:
        return view
    if isinstance(view, Timeline):
        return replace_fields(view, periods=view.periods[offset:])
    if isinstance(view, Concordance):
        return replace_fields(view, lines=islice(view.lines, offset, None))
    return replace_fields(view, rows=view.rows[offset:])
