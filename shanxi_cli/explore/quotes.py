"""The quotes of an archive: what somebody said in the sentences that a query finds, chosen, ordered and counted.

An article matches as it does in `list`; of its sentences (or paragraphs) those count that match by themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from shanxi_cli.analysis.tokenizer import tokens
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.quotes import read_speech
from shanxi_cli.model.nouns import (
    Article,
    Basis,
    Order,
    Quote,
    QuoteGrouping,
    QuoteSorting,
    QuoteSummary,
    Scope,
    Speech,
    Voice,
)
from shanxi_cli.query.ast import And, Exact, Or, Query
from shanxi_cli.search.passage_filter import Truth
from shanxi_cli.util.frozen_record import Record


class Asked(Record):
    """Which quotes: of whom, of which organisation, in which voice; empty and None ask for any."""

    by: str = ""
    organisation: str = ""
    voice: Voice | None = None

    def holds(self, speech: Speech) -> bool:
        """True when a quote is one of them. An open speaker is nobody's."""
        speaker = speech.speaker
        return (
            (not self.by or is_named(self.by, speaker.name))
            and (not self.organisation or is_named(self.organisation, speaker.organisation))
            and self.voice in (None, speech.voice)
        )


ANYBODY = Asked()


def is_named(words: str, name: str) -> bool:
    """True when the words stand together in a name, whatever their case and accents."""
    wanted, have = [t.word for t in tokens(words)], [t.word for t in tokens(name)]
    return bool(wanted) and any(have[n : n + len(wanted)] == wanted for n in range(len(have)))


def quotes(engine: Engine, query: Query, asked: Asked = ANYBODY, scope: Scope = Scope.SENTENCE) -> list[Quote]:
    """The quotes that a checked query finds, in the order of `list`, the newest article first."""
    truth = Truth(engine, query)
    found = []
    for match in engine.search(_narrowed(query, asked), Order.NEWEST):
        article = engine.article(match.number)
        speech = [s for s in speech_of(article) if asked.holds(s)]
        quantities = engine.quantities(match.number) if speech and truth.measures else ()
        for one in speech:
            text = article.paragraphs[one.paragraph]
            here = quantities[one.paragraph] if quantities else ()
            start, end = (0, len(text)) if scope is Scope.PARAGRAPH else (one.start, one.end)
            inside = tuple(q for q in here if start <= q.start < end)
            if scope is Scope.ARTICLE or truth.of(match.number, text[start:end], inside):
                found.append(Quote(article, text, one))
    return found


def _narrowed(query: Query, asked: Asked) -> Query:
    """`query` in articles that have every word of the speaker's name, in their text or among their people."""
    names = [Or((Exact(t.word), Exact(t.word, "person"))) for t in tokens(asked.by)]
    return And((query, *names)) if names else query


def speech_of(article: Article) -> list[Speech]:
    """The speech of an article, with the people and organisations that its front matter names."""
    return read_speech(article.paragraphs, article.people, article.organisations)


def ordered(found: Iterable[Quote], order: QuoteSorting) -> list[Quote]:
    """The quotes of `quotes` in another order; open speakers come last."""
    match order:
        case QuoteSorting.DATE:
            return list(found)
        case QuoteSorting.SPEAKER:
            return sorted(found, key=lambda q: (not q.speech.speaker.name, q.speech.speaker.name.casefold()))
        case QuoteSorting.ARTICLE:
            return sorted(found, key=lambda q: q.article.id)


def grouped(found: Iterable[Quote], by: QuoteGrouping) -> list[QuoteSummary]:
    """How many quotes each group has: the most first, years and articles in their order; those of no group last."""
    all_of: Counter[str] = Counter()
    direct: Counter[str] = Counter()
    for quote in found:
        group = _group(quote, by)
        all_of[group] += 1
        direct[group] += quote.speech.voice is Voice.DIRECT
    made = [QuoteSummary(group, number, direct[group], number - direct[group]) for group, number in all_of.items()]
    by_number = by in (QuoteGrouping.SPEAKER, QuoteGrouping.ORGANISATION)
    return sorted(made, key=lambda s: (not s.group, -s.quotes if by_number else 0, s.group))


def _group(quote: Quote, by: QuoteGrouping) -> str:
    speaker = quote.speech.speaker
    match by:
        case QuoteGrouping.SPEAKER:
            return speaker.name
        case QuoteGrouping.ORGANISATION:
            return speaker.organisation
        case QuoteGrouping.ARTICLE:
            return quote.article.id
        case QuoteGrouping.YEAR:
            start, _, end = quote.article.date.partition("/")
            return (end if end and end != ".." else start)[:4]


def speakers(found: Sequence[Quote]) -> list[tuple[str, int]]:
    """Those who speak, with how often, the most frequent first; without the open ones."""
    counted = Counter(q.speech.speaker.name for q in found if q.speech.speaker.basis is not Basis.OPEN)
    return counted.most_common()
