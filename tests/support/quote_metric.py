"""The metric of quotes: (sentence, speaker) pairs read, against pairs marked by hand.

A file of marks has for each article a list of [paragraph, start, end, speaker, kind]: the sentence, half-open, in
characters, into the paragraph; the full name of the speaker, or the words for one without a name.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.extraction.quotes import read_speech
from shanxi_cli.model.article import Article
from shanxi_cli.model.quote import SpeakerBasis, Speech

MIN_PRECISION = 0.92
MIN_RECALL = 0.85

Mark = Sequence[Any]
Pair = tuple[int, int, int, str]


class QuoteScore(NamedTuple):
    """Counts of one article or of several; `correct_kind` counts those among `correct`."""

    marked: int = 0
    named: int = 0
    correct: int = 0
    open: int = 0
    correct_kind: int = 0

    @property
    def precision(self) -> float:
        """The share of the named that are correct; 1 when nothing is named."""
        return self.correct / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """The share of the marked that are correct; 1 when nothing is marked."""
        return self.correct / self.marked if self.marked else 1.0


def read_article_speech(article: Article) -> list[Speech]:
    """Return the speech of an article, with the people and organisations of its front matter."""
    return read_speech(article.paragraphs, article.people, article.organisations)


def score_speeches(speeches: Sequence[Speech], marks: Iterable[Mark]) -> QuoteScore:
    """Return the score of one article."""
    marked = {(n, start, end, speaker_key(speaker)): kind for n, start, end, speaker, kind in marks}
    named = {speech_pair(s): s for s in speeches if s.speaker.basis is not SpeakerBasis.OPEN}
    correct = marked.keys() & named.keys()
    kinds = sum(named[pair].voice.value == marked[pair] for pair in correct)
    return QuoteScore(len(marked), len(named), len(correct), len(speeches) - len(named), kinds)


def add_scores(scores: Iterable[QuoteScore]) -> QuoteScore:
    """Return the sum of scores."""
    return QuoteScore(*map(sum, zip(QuoteScore(), *scores, strict=True)))


def speech_pair(speech: Speech) -> Pair:
    """Return the sentence and the speaker of a speech, as marks have them."""
    return speech.paragraph, speech.start, speech.end, speaker_key(speech.speaker.name)


def speaker_key(name: str) -> str:
    """Return a name for comparison: folded, without article."""
    words = fold_text(name).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)
