"""Quantities extracted from text, and the figures that place them in an article."""

from enum import Enum
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import Record


class Relation(Enum):
    """The relation of a printed number to the true one."""

    EQUAL = "="  # 91 households; only 30,000 yuan
    ABOUT = "~"  # about, some, around, a couple of
    NEARLY = "~<"  # nearly, almost, close to: about as many, but not quite
    LESS = "<"  # less than, below, fewer than
    AT_MOST = "<="  # up to, at most, no more than
    MORE = ">"  # more than, over, surpassing
    AT_LEAST = ">="  # at least, no less than, or more


class Dimension(Enum):
    """The dimension of a quantity. Its values share one unit, except for money, durations and counts."""

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
    """A rise or fall, and what it is compared with.

    `direction` is `rise`, `fall` or empty if the text gives only the basis. `basis` is the
    printed comparison (`year-on-year`, `from 2015`, `than corn farming`), or empty.
    """

    direction: str
    basis: str = ""


class Quantity(Record):
    """A number in a text with its unit, and what the sentence says about it.

    `text` is the quantity as printed, with its modifier, unit and counted noun; `start` and `end`
    are its offsets: half-open, in characters, into its paragraph. `value` is in `unit`, the one
    unit of its `dimension`; `high` is the upper end of a range, never below `value`. `rate` is
    the denominator (`year`, `hectare`, `person`), a singular noun. `counted` is the noun phrase,
    as printed, of what is counted or measured. `period` is the EDTF date that the quantity refers
    to. These three are empty if the text does not say. `same_as` is the index, among the
    quantities of the same paragraph, of the same amount in another unit.
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
    """A quantity with its place in an article.

    `paragraph` is the index of its paragraph in the body, `text` that paragraph. `start` and
    `end` are the offsets of its sentence: half-open, in characters, into `text`, as are those of
    the quantity. `same_as` is the same amount in another unit. `speaker` is the name of who is quoted with it, empty
    for nobody and for an open speaker. `rules` names the rules that read it, each as `pass: rule`; they are looked up
    only where they are asked for.
    """

    article: Article
    paragraph: int
    text: str
    start: int
    end: int
    quantity: Quantity
    same_as: Quantity | None = None
    speaker: str = ""
    rules: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence as printed."""
        return self.text[self.start : self.end]


class FigureSummary(Record):
    """Summary of the figures of one group and unit: their number, minimum, median and maximum."""

    group: str
    unit: str
    figures: int
    least: float
    median: float
    greatest: float
