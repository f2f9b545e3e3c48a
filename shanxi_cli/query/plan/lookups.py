"""Lookups: what a leaf of a query looks for, in the words and stems that index and texts share."""

from enum import Enum
from typing import TypeAlias

from shanxi_cli.analysis.fuzzy_words import is_similar_word
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.util.edtf import DateInterval
from shanxi_cli.util.frozen_record import Record


class TermForm(Enum):
    """The form of the words that a lookup compares."""

    STEMS = "stems"
    WORDS = "words"


class PhraseLookup(Record):
    """Terms together in one text of `field` (empty: in any text of the article).

    Without `max_gap` they are side by side in this order; with it in any order, with at most so many other words
    among them. There is at least one term.
    """

    field: str
    layer: TermForm
    terms: tuple[str, ...]
    max_gap: int | None = None


class ExpansionLookup(Record):
    """All words of `field` that begin with `word` (`edits` is None), or are at most `edits` away from it."""

    field: str
    word: str
    edits: int | None

    def matches(self, word: str) -> bool:
        """Return True if a word of the text belongs to the expansion."""
        if self.edits is None:
            return word.startswith(self.word)
        return is_similar_word(self.word, word, self.edits)


class CodeLookup(Record):
    """A whole value of a field of codes, folded; with `prefix` only its beginning."""

    field: str
    value: str
    prefix: bool = False


class DayLookup(Record):
    """Articles with one of `days`."""

    days: DateInterval


class DateLookup(DayLookup):
    """Articles whose date shares a day with `days`."""


class AddedLookup(DayLookup):
    """Articles that were first seen on one of `days`, as `Engine.set_first_seen` tells."""


Lookup: TypeAlias = PhraseLookup | ExpansionLookup | CodeLookup | DateLookup | AddedLookup | QuantityRange
