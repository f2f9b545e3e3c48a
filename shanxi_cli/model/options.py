"""Options shared by several commands: sort orders, groupings, units of time."""

from enum import Enum


class Scope(Enum):
    """The unit of text in which the words and names of a query must occur for a figure or quote to be listed."""

    SENTENCE = "sentence"  # the sentence of the figure
    PARAGRAPH = "paragraph"
    ARTICLE = "article"  # all figures of matching articles


class FigureOrder(Enum):
    """The sort order of figures. Ties are broken by article, newest first, then by position."""

    DATE = "date"  # by date of the article, newest first
    VALUE = "value"  # by unit, then largest first
    ARTICLE = "article"  # by id of the article


class FigureGrouping(Enum):
    """The key that figures are grouped by; values of different units are never in one group."""

    UNIT = "unit"
    YEAR = "year"  # of the period of the figure, else of the article
    ARTICLE = "article"


class Unit(Enum):
    """The length of the buckets of a timeline."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Level(Enum):
    """The level of places that facets count by."""

    COUNTRY = "country"
    PROVINCE = "province"  # of China
    CITY = "city"  # of Shanxi, including its districts and counties
    COUNTY = "county"  # of Shanxi, and districts


class FacetOrder(Enum):
    """The sort order of facets. Ties are broken by value."""

    COUNT = "count"  # most articles first
    VALUE = "value"  # alphabetically; years and months by time


class ConcordanceOrder(Enum):
    """The sort order of a concordance."""

    DATE = "date"  # by article, newest first, then by position
    LEFT = "left"  # by the words before the match, nearest first
    RIGHT = "right"  # by the words after the match


class TermOrder(Enum):
    """The sort order of a list of terms."""

    COUNT = "count"  # most occurrences first
    ARTICLES = "articles"  # most articles first
    WORD = "word"  # alphabetically


class QuoteOrder(Enum):
    """The sort order of quotes. Ties are broken by article, newest first, then by position."""

    DATE = "date"  # by date of the article, newest first
    SPEAKER = "speaker"  # by name, unidentified speakers last
    ARTICLE = "article"  # by id of the article


class QuoteGrouping(Enum):
    """The key that quotes are grouped by."""

    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    YEAR = "year"  # of the article
    ARTICLE = "article"


class CitationStyle(Enum):
    """Citation formats."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    RIS = "ris"
    APA = "apa"
    CHICAGO = "chicago"
