"""The nouns of looking round: facets, timelines, concordances and their like. They know no engine and no printer."""

from collections.abc import Iterable
from typing import TypeAlias

from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import Record


class Facet(Record):
    """A value of a field, how many of the articles have it, and what finds them: `part` alone those of the archive,
    `query` those among the articles. Both are empty where no query can say the value."""

    value: str
    articles: int
    part: str
    query: str


class Facets(Record):
    """The values of `field` among `articles` articles: the `rows` asked for of `values` frequent ones.

    `without` articles have no value; `spread` have a date that is not certain enough to be of one year, or month.
    """

    field: str
    rows: tuple[Facet, ...]
    values: int
    articles: int
    without: int
    spread: int = 0


class TimelineBucket(Record):
    """A year, quarter or month, with its first and last day (numbers, both included).

    `articles` is how many are of it, `hits` how many matches those have, `among` how many articles of the archive are
    of it; None for what was not asked for. An article of an uncertain date counts in part, by the share of its days
    that fall into the period; `uncertain` is how many do.
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
        """Which part of the period's articles match; None where there are none, or it was not asked for."""
        return self.articles / self.among if self.among else None


class ArticleReference(Record):
    """An article that is the first, or the last, to match: its EDTF date and its id."""

    date: str
    article: str


class TimelineGap(Record):
    """The longest stretch of days, both included, in which no article that matches can have been printed."""

    first: int
    last: int


class Timeline(Record):
    """Periods in their order, none left out between the first and the last.

    `articles` are counted; `spread` of them over several periods, for their dates are uncertain. `undated` have no
    date, `open` one without beginning or end, and are in no period. None where no article has a whole date.
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
    """A year that sentences speak of, in how many sentences and articles."""

    year: int
    sentences: int
    articles: int


class YearMentions(Record):
    """The years that sentences speak of, in their order; `sentences` match, `silent` of them name no year."""

    rows: tuple[YearMention, ...]
    sentences: int
    silent: int


class ConcordanceLine(Record):
    """A place of a concordance: the text of `field` it stands in, and where.

    `start` and `end` are half-open, in characters, into `text`; `marks` are what matches within. `paragraph` is
    the index of the paragraph of the body, and `offset` where that begins in `text`; None and 0 elsewhere.
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
    """Lines in their order, to be gone through once, with `width` columns of text on either side (None: as fits)."""

    lines: Iterable[ConcordanceLine]
    width: int | None


class Collocate(Record):
    """A word that stands near the places: `near` of its `occurrences` do, where `expected` would by chance.

    `score` is the log-likelihood ratio.
    """

    word: str
    near: int
    occurrences: int
    expected: float
    score: float


class Collocates(Record):
    """Collocates, the most telling first."""

    rows: tuple[Collocate, ...]


class TermEntry(Record):
    """A word of the vocabulary: its articles and occurrences, and these in a million words."""

    word: str
    articles: int
    occurrences: int
    per_million: float


class TermList(Record):
    """The first of the `words` of a vocabulary, in the order that was asked for."""

    rows: tuple[TermEntry, ...]
    words: int


class SimilarArticle(Record):
    """An article that is like another, with the words of that one which make it so, the most telling first.

    `copy` where the two are nearly the same text; `alike` are the ids of others that are nearly the same as this one.
    """

    rank: int
    score: float
    article: Article
    words: tuple[str, ...]
    copy: bool = False
    alike: tuple[str, ...] = ()


class SimilarArticles(Record):
    """The nearest articles of one, the nearest first."""

    rows: tuple[SimilarArticle, ...]


View: TypeAlias = Facets | Timeline | YearMentions | Concordance | Collocates | TermList | SimilarArticles
"""What a printer of views can show."""
