"""Speech read from text, its speakers, and the quotes that are made of them."""

from enum import Enum
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import Record


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


class QuoteSummary(Record):
    """The quotes of one group: how many, and how many of each voice."""

    group: str
    quotes: int
    direct: int
    indirect: int
