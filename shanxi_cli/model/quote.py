"""Speech extracted from text, its speakers, and the quotes that place it in an article."""

from enum import Enum
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark
from shanxi_cli.util.frozen_record import Record


class Voice(Enum):
    """The kind of speech."""

    DIRECT = "direct"  # in quotation marks
    INDIRECT = "indirect"  # in the writer's words, perhaps with quoted ones among them


class SpeechRule(Enum):
    """The pattern by which a sentence was recognized as speech."""

    SAID = "X said"  # subject and verb, before or beside the speech
    INVERTED = "said X"
    ACCORDING = "according to X"
    IN_THE_WORDS = "in the words of X"
    SAYING = "X ..., saying"
    CONTINUED = "quotation goes on"  # attributed in an adjacent sentence or the previous paragraph
    ALONE = "quotation alone"  # no speaker is named


class SpeakerBasis(Enum):
    """The evidence that identifies a speaker. A speaker who could only be guessed is open."""

    FULL_NAME = "full name"
    FAMILY_NAME = "family name"  # one person mentioned before has it
    PRONOUN = "pronoun"  # coreference with one candidate
    DESCRIPTION = "description"  # `the executive`, with one candidate
    ORGANISATION = "organisation"
    NAME = "name"  # not introduced anywhere in the article
    UNNAMED = "unnamed"  # `officials`, `a resident`
    OPEN = "open"


class Speaker(NamedTuple):
    """A speaker, as printed and as identified.

    `name` is the full name, for an unnamed speaker the description (`county official`), empty for an open one.
    `role` and `organisation` are empty if the article does not give them.
    """

    printed: str
    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


class Speech(Record):
    """A sentence that reports speech.

    `paragraph` is an index into the paragraphs of the article. `start` and `end` are the offsets of the sentence:
    half-open, in characters, into that paragraph. `said` are the ranges, in the same paragraph, of the spoken words:
    those within quotation marks, without the marks, or the reported clause.
    """

    voice: Voice
    rule: SpeechRule
    speaker: Speaker
    paragraph: int
    start: int
    end: int
    said: tuple[Mark, ...] = ()


class Quote(Record):
    """A speech with its article; `text` is its paragraph, which the offsets of the speech refer to."""

    article: Article
    text: str
    speech: Speech

    @property
    def sentence(self) -> str:
        """The sentence as printed."""
        return self.text[self.speech.start : self.speech.end]

    @property
    def said(self) -> str:
        """The spoken words alone; parts that the attribution separates are joined by an ellipsis."""
        return " … ".join(self.text[start:end] for start, end in self.speech.said)


class QuoteSummary(Record):
    """Summary of the quotes of one group: their number, in total and by voice."""

    group: str
    quotes: int
    direct: int
    indirect: int
