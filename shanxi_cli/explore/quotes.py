"""The quotes of an archive: what somebody said in the sentences that a query finds, chosen, ordered and counted.

An article matches as it does in `list`; of its sentences (or paragraphs) those count that match by themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.extraction.quotes import read_speech
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import HitOrder, QuoteGrouping, QuoteOrder, Scope
from shanxi_cli.model.quote import Quote, QuoteSummary, SpeakerBasis, Speech, Voice
from shanxi_cli.query.ast import And, Exact, Or
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.passage_filter import PassageFilter
from shanxi_cli.util.frozen_record import Record


class QuoteFilter(Record):
    """Which quotes: of whom, of which organisation, in which voice; empty and None ask for any."""

    by: str = ""
    organisation: str = ""
    voice: Voice | None = None

    def holds(self, speech: Speech) -> bool:
        """True when a quote is one of them. An open speaker is nobody's."""
        speaker = speech.speaker
        return (
            (not self.by or matches_name(self.by, speaker.name))
            and (not self.organisation or matches_name(self.organisation, speaker.organisation))
            and self.voice in (None, speech.voice)
        )


ANY_QUOTE = QuoteFilter()


def matches_name(words: str, name: str) -> bool:
    """True when the words stand together in a name, whatever their case and accents."""
    wanted, have = [t.word for t in tokenize(words)], [t.word for t in tokenize(name)]
    return bool(wanted) and any(have[n : n + len(wanted)] == wanted for n in range(len(have)))


def find_quotes(
    engine: Engine, query: QueryPlan, asked: QuoteFilter = ANY_QUOTE, scope: Scope = Scope.SENTENCE
) -> list[Quote]:
    """The quotes that a checked query finds, in the order of `list`, the newest article first."""
    truth = PassageFilter(engine, query)
    found = []
    for match in engine.search(_narrow_to_speaker(query, asked), HitOrder.NEWEST):
        article = engine.article(match.number)
        speech = [s for s in find_speech(article) if asked.holds(s)]
        quantities = engine.quantities(match.number) if speech and truth.needs_quantities else ()
        for one in speech:
            text = article.paragraphs[one.paragraph]
            here = quantities[one.paragraph] if quantities else ()
            start, end = (0, len(text)) if scope is Scope.PARAGRAPH else (one.start, one.end)
            inside = tuple(q for q in here if start <= q.start < end)
            if scope is Scope.ARTICLE or truth.matches(match.number, text[start:end], inside):
                found.append(Quote(article, text, one))
    return found


def _narrow_to_speaker(query: QueryPlan, asked: QuoteFilter) -> QueryPlan:
    """`query` in articles that have every word of the speaker's name, in their text or among their people."""
    names = [Or((Exact(t.word), Exact(t.word, "person"))) for t in tokenize(asked.by)]
    return plan_query(And((query.query, *names)), query.leaves) if names else query


def find_speech(article: Article) -> list[Speech]:
    """The speech of an article, with the people and organisations that its front matter names."""
    return read_speech(article.paragraphs, article.people, article.organisations)


def sort_quotes(found: Iterable[Quote], order: QuoteOrder) -> list[Quote]:
    """The quotes of `find_quotes` in another order; open speakers come last."""
    match order:
        case QuoteOrder.DATE:
            return list(found)
        case QuoteOrder.SPEAKER:
            return sorted(found, key=lambda q: (not q.speech.speaker.name, q.speech.speaker.name.casefold()))
        case QuoteOrder.ARTICLE:
            return sorted(found, key=lambda q: q.article.id)


def summarize_quotes(found: Iterable[Quote], by: QuoteGrouping) -> list[QuoteSummary]:
    """How many quotes each group has: the most first, years and articles in their order; those of no group last."""
    all_of: Counter[str] = Counter()
    direct: Counter[str] = Counter()
    for quote in found:
        group = _group_key(quote, by)
        all_of[group] += 1
        direct[group] += quote.speech.voice is Voice.DIRECT
    made = [QuoteSummary(group, number, direct[group], number - direct[group]) for group, number in all_of.items()]
    by_number = by in (QuoteGrouping.SPEAKER, QuoteGrouping.ORGANISATION)
    return sorted(made, key=lambda s: (not s.group, -s.quotes if by_number else 0, s.group))


def _group_key(quote: Quote, by: QuoteGrouping) -> str:
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


def count_speakers(found: Sequence[Quote]) -> list[tuple[str, int]]:
    """Those who speak, with how often, the most frequent first; without the open ones."""
    counted = Counter(q.speech.speaker.name for q in found if q.speech.speaker.basis is not SpeakerBasis.OPEN)
    return counted.most_common()
