"""Quotes of the sentences that a query finds: filtered, sorted and counted.

Articles match as in `list`; of their sentences (or paragraphs), those count that match by themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.explore.sentences import ScopeFilter, last_year
from shanxi_cli.model.options import QuoteGrouping, QuoteOrder, Scope
from shanxi_cli.model.quote import Quote, QuoteSummary, SpeakerBasis, Speech, Voice
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import And, Exact, Or
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import search_matches
from shanxi_cli.search.similar_words import MAX_SIMILAR_WORDS, rank_similar_names
from shanxi_cli.util.frozen_record import Record


class QuoteFilter(Record):
    """A filter of quotes by speaker, organisation and voice; empty and None accept any."""

    by: str = ""
    organisation: str = ""
    voice: Voice | None = None

    def matches(self, speech: Speech) -> bool:
        """Return True when the filter accepts a speech. An unidentified speaker matches no name."""
        speaker = speech.speaker
        return (
            (not self.by or matches_name(self.by, speaker.name))
            and (not self.organisation or matches_name(self.organisation, speaker.organisation))
            and self.voice in (None, speech.voice)
        )


ANY_QUOTE = QuoteFilter()


def matches_name(words: str, name: str) -> bool:
    """Return True when a name contains the words as a phrase, ignoring case and accents."""
    phrase, name_words = [t.word for t in tokenize(words)], [t.word for t in tokenize(name)]
    return bool(phrase) and any(name_words[n : n + len(phrase)] == phrase for n in range(len(name_words)))


def find_quotes(
    engine: Engine,
    query: QueryPlan,
    accepted: QuoteFilter = ANY_QUOTE,
    scope: Scope = Scope.SENTENCE,
    within: Collection[str] | None = None,
) -> Iterator[Quote]:
    """Yield the quotes that a checked query finds, the newest article first.

    `within` has the ids of the articles to search, None for all. An article is read when its quotes are asked for.
    """
    sentences = ScopeFilter(engine, query, scope)
    found = search_matches(engine, narrow_to_speaker(query, accepted.by), HitOrder.NEWEST, within)
    for number in iterate_fetched(engine, (match.number for match in found), sentences.prepare):
        speeches = [speech for speech in engine.speech(number) if accepted.matches(speech)]
        if not speeches:
            continue
        article = engine.article(number)
        quantities = engine.quantities(number) if sentences.needs_quantities else ()
        for speech in speeches:
            text = article.paragraphs[speech.paragraph]
            near = quantities[speech.paragraph] if quantities else ()
            names = {"person": speech.speaker.name, "org": speech.speaker.organisation}
            if sentences.matches(number, text, (speech.start, speech.end), near, names):
                yield Quote(article, text, speech)


def narrow_to_speaker(query: QueryPlan, name: str) -> QueryPlan:
    """Return `query` narrowed to articles with every word of the speaker's name in their text or among their people."""
    names = [Or((Exact(t.word), Exact(t.word, "person"))) for t in tokenize(name)]
    return plan_query(And((query.query, *names)), query.leaves) if names else query


def sort_quotes(quotes: Iterable[Quote], order: QuoteOrder) -> list[Quote]:
    """Sort the quotes of `find_quotes`; by speaker, unidentified speakers come last."""
    match order:
        case QuoteOrder.DATE:
            return list(quotes)
        case QuoteOrder.SPEAKER:
            return sorted(quotes, key=lambda q: (not q.speech.speaker.name, q.speech.speaker.name.casefold()))
        case QuoteOrder.ARTICLE:
            return sorted(quotes, key=lambda q: q.article.id)


def summarize_quotes(quotes: Iterable[Quote], by: QuoteGrouping) -> list[QuoteSummary]:
    """Count the quotes of each group.

    Speakers and organisations are sorted by count, the largest first, years and articles by name; quotes without a
    group come last.
    """
    total: Counter[str] = Counter()
    direct: Counter[str] = Counter()
    for quote in quotes:
        group = _group_key(quote, by)
        total[group] += 1
        direct[group] += quote.speech.voice is Voice.DIRECT
    summaries = [QuoteSummary(group, number, direct[group], number - direct[group]) for group, number in total.items()]
    by_count = by in (QuoteGrouping.SPEAKER, QuoteGrouping.ORGANISATION)
    return sorted(summaries, key=lambda s: (not s.group, -s.quotes if by_count else 0, s.group))


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
            return last_year(quote.article.date)


def count_speakers(quotes: Iterable[Quote]) -> list[tuple[str, int]]:
    """Count the quotes of each identified speaker, the most frequent first."""
    counts = Counter(q.speech.speaker.name for q in quotes if q.speech.speaker.basis is not SpeakerBasis.OPEN)
    return counts.most_common()


def find_similar_speakers(quotes: Sequence[Quote], accepted: QuoteFilter) -> list[tuple[str, int]]:
    """Return the names most similar to the speaker or organisation of a filter that no quote has, with their quotes.

    The list is empty where the quotes have the name.
    """
    speakers = [quote.speech.speaker for quote in quotes if quote.speech.speaker.basis is not SpeakerBasis.OPEN]
    for wanted, names in (
        (accepted.by, [speaker.name for speaker in speakers]),
        (accepted.organisation, [quote.speech.speaker.organisation for quote in quotes]),
    ):
        if wanted and (similar := find_similar_names(wanted, names)):
            return similar
    return []


def find_similar_names(wanted: str, names: Sequence[str]) -> list[tuple[str, int]]:
    """Return the names, or parts of them, most similar to a name that is not among them, with the number of each.

    The list is empty where `names`, one a row, have the name.
    """
    if any(matches_name(wanted, name) for name in names):
        return []
    parts = rank_similar_names(wanted, Counter(names))[:MAX_SIMILAR_WORDS]
    return [(part, sum(matches_name(part, name) for name in names)) for part in parts]
