"""Rows of a report: figures with their sentences, and quotes by speaker, as plain values for every format."""

from collections.abc import Iterable, Sequence

from shanxi_cli.matching.highlighter import merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote, SpeakerBasis, Voice
from shanxi_cli.model.results import Mark
from shanxi_cli.output.labels import format_change, format_date_range
from shanxi_cli.output.quantity_text import format_quantity
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record

OPEN_SPEAKER = "Speaker not identified"


class ReportedFigure(Record):
    """A figure: its quantity, what is counted, its period (in brackets: of the article), and its sentence with marks.

    `sort` orders quantities of one unit by value, `first` periods by their first day.
    """

    quantity: str
    counted: str
    period: str
    speaker: str
    text: str
    marks: tuple[Mark, ...]
    article: Article
    sort: str
    first: str


class ReportedQuote(Record):
    """A quote: its sentence with marks on the spoken words, and how the speaker was identified."""

    text: str
    marks: tuple[Mark, ...]
    facts: str
    article: Article


class ReportedSpeaker(Record):
    """The quotes of a speaker, with role and organisation."""

    name: str
    facts: str
    quotes: tuple[ReportedQuote, ...]


def make_figure_rows(figures: Iterable[Figure]) -> list[ReportedFigure]:
    """Return a row for each figure, in their order."""
    return [_make_figure_row(figure) for figure in figures]


def _make_figure_row(figure: Figure) -> ReportedFigure:
    quantity, article = figure.quantity, figure.article
    change = format_change(quantity.change)
    period = format_date_range(quantity.period) or (f"[{format_date_range(article.date)}]" if article.date else "")
    days = quantity.period or article.date
    return ReportedFigure(
        quantity=format_quantity(quantity),
        counted=f"{quantity.counted} ({change})" if quantity.counted and change else quantity.counted or change,
        period=period,
        speaker=figure.speaker,
        text=figure.text[figure.start : figure.end],
        marks=(Mark(max(quantity.start, figure.start) - figure.start, min(quantity.end, figure.end) - figure.start),),
        article=article,
        sort=f"{quantity.dimension.value} {quantity.unit} {quantity.value:040.6f}",
        first=f"{edtf.parse_edtf(days).first:08}" if days else "",
    )


def group_quotes(quotes: Sequence[Quote]) -> list[ReportedSpeaker]:
    """Return the quotes by speaker: most quotes first, then by name; open speakers last."""
    groups: dict[str, list[Quote]] = {}
    for quote in quotes:
        speaker = quote.speech.speaker
        groups.setdefault("" if speaker.basis is SpeakerBasis.OPEN else speaker.name, []).append(quote)
    ordered = sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0]))
    return [
        ReportedSpeaker(name or OPEN_SPEAKER, _describe_speaker(rows), tuple(map(_make_quote_row, rows)))
        for name, rows in ordered
    ]


def _describe_speaker(quotes: Sequence[Quote]) -> str:
    """Return role and organisation as the first quote that has any gives them."""
    speakers = [quote.speech.speaker for quote in quotes]
    named = next((speaker for speaker in speakers if speaker.role or speaker.organisation), None)
    return ", ".join(filter(None, (named.role, named.organisation))) if named else ""


def _make_quote_row(quote: Quote) -> ReportedQuote:
    speech = quote.speech
    start, end = speech.start, speech.end
    inside = [Mark(max(m.start, start) - start, min(m.end, end) - start) for m in speech.said]
    facts = "" if speech.voice is Voice.DIRECT else "indirect"
    if speech.speaker.basis in (SpeakerBasis.PRONOUN, SpeakerBasis.DESCRIPTION, SpeakerBasis.FAMILY_NAME):
        printed = f"[{speech.speaker.printed}: identified by {speech.speaker.basis.value}]"
        facts = f"{facts} {printed}".strip()
    return ReportedQuote(
        quote.sentence, tuple(merge_marks([m for m in inside if m.start < m.end])), facts, quote.article
    )
