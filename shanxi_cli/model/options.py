"""Choices of a reader that are more than one command's: orders, groupings, units of time."""

from enum import Enum


class HitOrder(Enum):
    """How hits are ordered. Ties are broken by date, newest first, then by id."""

    RELEVANCE = "relevance"  # best first
    NEWEST = "newest"  # by the last day of the date, undated articles last
    OLDEST = "oldest"  # by the first day of the date, undated articles last
    TITLE = "title"  # by the title, letters without accents or case


class Scope(Enum):
    """Where the words of a query have to stand together for a figure to be listed."""

    SENTENCE = "sentence"  # in the sentence of the figure
    PARAGRAPH = "paragraph"
    ARTICLE = "article"  # all figures of the articles that match


class FigureOrder(Enum):
    """The order of figures. Ties are in the order of the articles, the newest first, and of their text."""

    DATE = "date"  # by the article's date, the newest first
    VALUE = "value"  # unit by unit, the largest first
    ARTICLE = "article"  # by the article's id


class FigureGrouping(Enum):
    """What figures are counted by; values of different units are never counted together."""

    UNIT = "unit"
    YEAR = "year"  # of the period that the figure speaks of, else of the article
    ARTICLE = "article"


class Unit(Enum):
    """How long the periods of a timeline are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Level(Enum):
    """What places are counted as."""

    CITY = "city"  # with their districts and counties


class ConcordanceOrder(Enum):
    """The order of the lines of a concordance."""

    DATE = "date"  # by the article, the newest first, and as they stand in it
    LEFT = "left"  # by the words before the place, the nearest first
    RIGHT = "right"  # by the words behind it


class TermOrder(Enum):
    """The order of the words of a vocabulary."""

    COUNT = "count"  # by occurrences, the most first
    ARTICLES = "articles"  # by articles, the most first
    WORD = "word"  # by the alphabet


class QuoteOrder(Enum):
    """The order of quotes. Ties are in the order of the articles, the newest first, and of their text."""

    DATE = "date"  # by the article's date, the newest first
    SPEAKER = "speaker"  # by the speaker's name, open ones last
    ARTICLE = "article"  # by the article's id


class QuoteGrouping(Enum):
    """What quotes are counted by."""

    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    YEAR = "year"  # of the article
    ARTICLE = "article"
