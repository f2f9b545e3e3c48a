"""A dossier as a Markdown document: its text escaped, so that nothing of an article becomes markup or a tag."""

from collections.abc import Iterator, Sequence

from shanxi_cli.corpus.markdown import escape_markdown
from shanxi_cli.explore.dossier import Dossier
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Mark
from shanxi_cli.model.views import Facets, Timeline
from shanxi_cli.output.citations import format_text_citations
from shanxi_cli.output.labels import format_byline, format_date, format_source_line
from shanxi_cli.output.report.details import (
    FACET_HEADINGS,
    LEGEND,
    NARROW_HINT,
    ReportDetails,
    describe_left_out,
    list_derived_names,
    list_doubts,
    summarize_counts,
)
from shanxi_cli.output.report.rows import group_quotes, make_figure_rows
from shanxi_cli.util.sanitize import sanitize_line, sanitize_text

_HEADING_LEVEL = 3
"""Level of the heading of an article, below which its own headings stand."""


def format_markdown(dossier: Dossier, details: ReportDetails) -> str:
    """Return a dossier as CommonMark with tables."""
    blocks = [
        f"# {_escape(details.title)}",
        " · ".join(f"**{number}** {noun}" for number, noun in summarize_counts(dossier)),
        f"{_escape(details.coverage)} Made on {details.made}.",
        *(f"> {_escape(notice)}" for notice in details.notices),
        *_format_timeline(dossier.timeline),
        *(block for facets in dossier.facets for block in _format_facets(facets)),
        *_format_figures(dossier),
        *_format_quotes(dossier),
        *_format_articles(dossier),
        "## Citations",
        "\n".join(f"{n}. {_escape(line)}" for n, line in enumerate(_cite(dossier), 1)),
        "## How this was made",
        f"{_escape(details.program)}, with",
        _indent(sanitize_line(details.command)),
        "The query as it was understood:",
        _indent(sanitize_text("\n".join(dossier.understood))),
        "### What is uncertain",
        "\n".join(f"- {_escape(sentence)}" for sentence in LEGEND),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _cite(dossier: Dossier) -> list[str]:
    return format_text_citations(hit.article for hit in dossier.hits).splitlines()


def _escape(text: str) -> str:
    """Return a line of text that Markdown shows as it is."""
    return escape_markdown(sanitize_line(text).strip())


def _emphasize(text: str, marks: Sequence[Mark]) -> str:
    """Return a line of text with its marks in bold."""
    parts, at = [], 0
    for start, end in marks:
        parts += [_escape_piece(text[at:start]), f"**{_escape_piece(text[start:end])}**"]
        at = end
    return "".join([*parts, _escape_piece(text[at:])])


def _escape_piece(text: str) -> str:
    """Return a part of a line; the spaces at its ends, which separate it from the next part, stay."""
    line = sanitize_line(text)
    inner = line.strip()
    if not inner:
        return line
    before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{before}{escape_markdown(inner)}{after}"


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _format_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _format_timeline(timeline: Timeline) -> Iterator[str]:
    rows = [(period.name, f"{period.articles:,.4g}") for period in timeline.periods if period.articles]
    if rows:
        yield "## Articles by period"
        yield _format_table(("Period", "Articles"), rows)


def _format_facets(facets: Facets) -> Iterator[str]:
    yield f"## {FACET_HEADINGS[facets.field]}"
    yield _format_table(("Value", "Articles"), [(_escape(row.value), f"{row.articles:,}") for row in facets.rows])


def _format_figures(dossier: Dossier) -> Iterator[str]:
    if not dossier.figures:
        return
    yield "## Figures"
    yield describe_left_out(len(dossier.figures), dossier.figure_count, "figure", NARROW_HINT)
    refer = _Reference(dossier)
    rows = [
        (
            *(_escape(cell) for cell in (row.quantity, row.counted, row.period, row.speaker)),
            _emphasize(row.text, row.marks),
            refer(row.article),
        )
        for row in make_figure_rows(dossier.figures)
    ]
    yield _format_table(("Figure", "Of what", "Period", "Speaker", "Sentence", "Article"), rows)


def _format_quotes(dossier: Dossier) -> Iterator[str]:
    if not dossier.quotes:
        return
    yield "## Quotes"
    yield describe_left_out(len(dossier.quotes), dossier.quote_count, "quote", NARROW_HINT)
    refer = _Reference(dossier)
    for speaker in group_quotes(dossier.quotes):
        yield f"### {_escape(speaker.name)}" + (f", {_escape(speaker.facts)}" if speaker.facts else "")
        for quote in speaker.quotes:
            facts = f" ({_escape(quote.facts)})" if quote.facts else ""
            yield f"> {_emphasize(quote.text, quote.marks)}{facts} {refer(quote.article)}"


class _Reference:
    """Refers to an article by its number in the document, or by its id where it is not shown."""

    def __init__(self, dossier: Dossier) -> None:
        self._ranks = {hit.article.id: hit.rank for hit in dossier.hits}

    def __call__(self, article: Article) -> str:
        rank = self._ranks.get(article.id)
        return f"\\[{rank}\\]" if rank else _escape(article.id)


def _format_articles(dossier: Dossier) -> Iterator[str]:
    yield "## Articles"
    yield describe_left_out(len(dossier.hits), dossier.total, "article", "-n 0 makes a report of all")
    whole = {marked.article.id: marked for marked in dossier.articles}
    for hit in dossier.hits:
        yield from _format_article(hit, whole.get(hit.article.id))


def _format_article(hit: Hit, whole: MarkedArticle | None) -> Iterator[str]:
    article = hit.article
    yield f"{'#' * _HEADING_LEVEL} {hit.rank}. {_emphasize(hit.title.text, hit.title.marks)}"
    yield f"*{_escape(article.deck)}*" if article.deck else ""
    facts = (format_byline(article), format_date(article), format_source_line(article), article.id)
    yield " · ".join(_escape(fact) for fact in (*facts, article.url) if fact)
    yield from (f"> {_escape(doubt)}" for doubt in list_doubts(article))
    if whole:
        yield from _format_body(whole)
    else:
        yield from (f"> {_emphasize(snippet.text, snippet.marks)}" for snippet in hit.snippets)
    yield from (f"{kind} (derived): {_escape(names)}" for kind, names in list_derived_names(article))


def _format_body(marked: MarkedArticle) -> Iterator[str]:
    """Yield the paragraphs behind the marks of their lists and quotations, and the captions."""
    article = marked.article
    layout = article.layout or ("",) * len(article.paragraphs)
    marks = marked.marks.paragraphs if marked.marks else ((),) * len(article.paragraphs)
    for kind, text, of_text in zip(layout, article.paragraphs, marks, strict=True):
        prefix, letter = kind[:-1], kind[-1:]
        if letter == "c":
            yield _indent(sanitize_text(text))
        elif letter.isdigit():
            yield f"{'#' * min(_HEADING_LEVEL + int(letter), 6)} {_emphasize(text, of_text)}"
        else:
            yield prefix + _emphasize(text, of_text)
    for caption in article.captions:
        yield f"*Picture: {_escape(caption.text)}{f' ({_escape(caption.credit)})' if caption.credit else ''}*"
