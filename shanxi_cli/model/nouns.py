"""The nouns: an article, a hit, a snippet. They know neither where they come from nor how they are shown."""

from enum import Enum
from typing import NamedTuple

from shanxi_cli.util.frozen_record import Record


class Person(NamedTuple):
    """Somebody an article speaks of; role and organisation are empty where the article names none."""

    name: str
    role: str = ""
    organisation: str = ""


class Caption(NamedTuple):
    """The text under a picture, and who is credited for the picture (empty when nobody is)."""

    text: str
    credit: str = ""


class Article(Record):
    """One newspaper article.

    `id` is the stem of its file and unique in an archive. `date` is EDTF as `dates.parse` reads
    it, or empty when the article is undated; `date_note` says how an estimated date was found.
    `body` is plain text in NFC, its paragraphs separated by one empty line, none at the ends.
    `edition` is empty for the newspaper's own words, `retelling` for words that are not.
    `title_note` says how a title was found that the newspaper did not print. `source` is the page
    that an imported article was read from, `repairs` what was mended in it, `unsure` what somebody
    should look at. Every field is text of one line, or a tuple of such, but for `body`.
    """

    id: str
    title: str
    body: str
    deck: str = ""
    author: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    date: str = ""
    date_note: str = ""
    publication: str = ""
    section: str = ""
    page: str = ""
    language: str = ""
    type: str = "article"
    edition: str = ""
    places: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    title_note: str = ""
    author_note: str = ""
    source: str = ""
    repairs: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body, in order; none for an empty body."""
        return self.body.split("\n\n") if self.body else []


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


class HitOrder(Enum):
    """How hits are ordered. Ties are broken by date, newest first, then by id."""

    RELEVANCE = "relevance"  # best first
    NEWEST = "newest"  # by the last day of the date, undated articles last
    OLDEST = "oldest"  # by the first day of the date, undated articles last
    TITLE = "title"  # by the title, letters without accents or case


class Relation(Enum):
    """How a printed number stands to the true one."""

    EQUAL = "="  # 91 households; only 30,000 yuan
    ABOUT = "~"  # about, some, around, a couple of
    NEARLY = "~<"  # nearly, almost, close to: about as many, but not quite
    LESS = "<"  # less than, below, fewer than
    AT_MOST = "<="  # up to, at most, no more than
    MORE = ">"  # more than, over, surpassing
    AT_LEAST = ">="  # at least, no less than, or more


class Dimension(Enum):
    """What a quantity measures. Values of one dimension share one unit, but for money, durations and counts."""

    MONEY = "money"  # the unit is an ISO 4217 code
    PERCENT = "percent"  # a share or a rate of change
    POINTS = "points"  # a difference of two percentages
    AREA = "area"
    LENGTH = "length"
    VOLUME = "volume"
    WEIGHT = "weight"
    SPEED = "speed"
    POWER = "power"
    ENERGY = "energy"
    VOLTAGE = "voltage"
    TEMPERATURE = "temperature"
    DATA = "data"
    DURATION = "duration"  # second to year, each its own unit: a month has no fixed number of days
    AGE = "age"
    TIMES = "times"  # five times the income, a tenfold rise
    COUNT = "count"  # the unit is a singular noun, or empty where the text names none


class Change(NamedTuple):
    """That a quantity is a rise or a fall, and against what.

    `direction` is `rise`, `fall` or empty where the text tells only the basis. `basis` is the
    printed comparison (`year-on-year`, `from 2015`, `than corn farming`), or empty.
    """

    direction: str
    basis: str = ""


class Quantity(Record):
    """A number of a text with its unit, and what the sentence says about it.

    `text` is the quantity as printed, with its approximator, unit and counted noun; `start` and
    `end` are its place: half-open, in characters, into the paragraph it was read from. `value` is
    in `unit`, the one unit of its `dimension`; `high` is the upper end of a range, never below
    `value`. `rate` is what it is reckoned by (`year`, `hectare`, `person`), a singular noun.
    `counted` is the noun phrase, as printed, of what is counted or measured. `period` is the EDTF
    date that the quantity speaks of. All three are empty where the text does not say. `same_as`
    is the index, among the quantities of the same paragraph, of the same amount in another unit.
    """

    text: str
    start: int
    end: int
    value: float
    unit: str
    dimension: Dimension
    high: float | None = None
    relation: Relation = Relation.EQUAL
    rate: str = ""
    change: Change | None = None
    counted: str = ""
    period: str = ""
    same_as: int | None = None


class Figure(Record):
    """A quantity of an article where it stands.

    `paragraph` is the index of its paragraph, `text`, in the body; the places of the quantity and
    `start` and `end`, those of its sentence, are in that text. `same_as` is the amount that it
    repeats in another unit, or that repeats it.
    """

    article: Article
    paragraph: int
    text: str
    start: int
    end: int
    quantity: Quantity
    same_as: Quantity | None = None

    @property
    def sentence(self) -> str:
        """The sentence as printed."""
        return self.text[self.start : self.end]


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


class FigureSummary(Record):
    """The figures of one group and unit: how many, and the least, middle and greatest of their values."""

    group: str
    unit: str
    figures: int
    least: float
    median: float
    greatest: float


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


class Voice(Enum):
    """How speech is given."""

    DIRECT = "direct"  # in quotation marks
    INDIRECT = "indirect"  # in the writer's words, be it with some quoted ones among them


class SpeechRule(Enum):
    """What shows that a sentence is somebody's speech."""

    SAID = "X said"  # a subject with its verb, before or beside what was said
    INVERTED = "said X"
    ACCORDING = "according to X"
    IN_THE_WORDS = "in the words of X"
    SAYING = "X ..., saying"
    CONTINUED = "quotation goes on"  # the attribution is in a sentence beside, or in the paragraph before
    ALONE = "quotation alone"  # nobody is named


class SpeakerBasis(Enum):
    """What tells who a speaker is. Whoever would have to be guessed is open."""

    FULL_NAME = "full name"
    FAMILY_NAME = "family name"  # one person before has it
    PRONOUN = "pronoun"  # one candidate remains
    DESCRIPTION = "description"  # `the executive`: one candidate remains
    ORGANISATION = "organisation"
    NAME = "name"  # one that the article explains nowhere
    UNNAMED = "unnamed"  # officials, a resident
    OPEN = "open"


class Speaker(NamedTuple):
    """Who speaks: as printed, and who that is.

    `name` is the full name, of an unnamed speaker the description (`county official`), empty when it is open.
    `role` and `organisation` are empty where the article does not tell them.
    """

    printed: str
    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


class Speech(Record):
    """A sentence in which somebody says something.

    `start` and `end` are the place of the sentence: half-open, in characters, into the paragraph of that index. `said`
    are the places in the paragraph of what was said: the words in quotation marks, without the marks, or the clause.
    """

    voice: Voice
    rule: SpeechRule
    speaker: Speaker
    paragraph: int
    start: int
    end: int
    said: tuple[Mark, ...] = ()


class Quote(Record):
    """A speech of an article; `text` is its paragraph, into which the places of the speech count."""

    article: Article
    text: str
    speech: Speech

    @property
    def sentence(self) -> str:
        """The sentence as printed."""
        return self.text[self.speech.start : self.speech.end]

    @property
    def said(self) -> str:
        """What was said alone; what the attribution cut is joined with an ellipsis."""
        return " … ".join(self.text[start:end] for start, end in self.speech.said)


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


class QuoteSummary(Record):
    """The quotes of one group: how many, and how many of each voice."""

    group: str
    quotes: int
    direct: int
    indirect: int
