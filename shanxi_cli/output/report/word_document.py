"""A dossier as a Word document, by python-docx of the extra `report`: headings, tables, marks and a list of sources."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt

from shanxi_cli.explore.dossier import Dossier
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Mark
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

_SMALL = Pt(9)
_CODE_FONT = "Courier New"


def format_docx(dossier: Dossier, details: ReportDetails) -> bytes:
    """Return a dossier as the bytes of a DOCX file."""
    writer = _Writer(dossier)
    writer.write_head(details)
    writer.write_overview()
    writer.write_figures()
    writer.write_quotes()
    writer.write_articles()
    writer.write_sources(details)
    return writer.to_bytes()


class _Writer:
    """A document that is written from its beginning to its end."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._document = Document()
        self._ranks = {hit.article.id: hit.rank for hit in dossier.hits}
        self._whole = {marked.article.id: marked for marked in dossier.articles}

    def to_bytes(self) -> bytes:
        """Return the document as a file."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def write_head(self, details: ReportDetails) -> None:
        """Write title, counts and notices."""
        self._document.core_properties.title = sanitize_line(details.title)[:255]
        self._document.core_properties.author = details.program
        self._document.core_properties.comments = ""
        self._heading(details.title, 0)
        self._line(" · ".join(f"{number} {noun}" for number, noun in summarize_counts(self._dossier)))
        self._line(f"{details.coverage} Made on {details.made}.", small=True)
        for notice in details.notices:
            self._line(notice, style="Intense Quote")

    def write_overview(self) -> None:
        """Write the articles by period and by the values of each field."""
        periods = [period for period in self._dossier.timeline.periods if period.articles]
        if periods:
            self._heading("Articles by period", 1)
            self._table(("Period", "Articles"), [(p.name, f"{p.articles:,.4g}") for p in periods])
        for facets in self._dossier.facets:
            self._heading(FACET_HEADINGS[facets.field], 1)
            self._table(("Value", "Articles"), [(row.value, f"{row.articles:,}") for row in facets.rows])

    def write_figures(self) -> None:
        """Write the figures with their sentences."""
        dossier = self._dossier
        if not dossier.figures:
            return
        self._heading("Figures", 1)
        self._line(describe_left_out(len(dossier.figures), dossier.figure_count, "figure", NARROW_HINT), small=True)
        header = ("Figure", "Of what", "Period", "Speaker", "Sentence", "Article")
        rows = [
            (r.quantity, r.counted, r.period, r.speaker, (r.text, r.marks), self._refer(r.article))
            for r in make_figure_rows(dossier.figures)
        ]
        self._table(header, rows)

    def write_quotes(self) -> None:
        """Write the quotes by speaker."""
        dossier = self._dossier
        if not dossier.quotes:
            return
        self._heading("Quotes", 1)
        self._line(describe_left_out(len(dossier.quotes), dossier.quote_count, "quote", NARROW_HINT), small=True)
        for speaker in group_quotes(dossier.quotes):
            self._heading(speaker.name + (f", {speaker.facts}" if speaker.facts else ""), 2)
            for quote in speaker.quotes:
                paragraph = self._document.add_paragraph(style="Quote")
                _add_marked(paragraph, quote.text, quote.marks)
                facts = f" ({quote.facts})" if quote.facts else ""
                paragraph.add_run(sanitize_line(f"{facts} {self._refer(quote.article)}"))

    def write_articles(self) -> None:
        """Write the articles: their best passages, or all of their text."""
        dossier = self._dossier
        self._heading("Articles", 1)
        left_out = describe_left_out(len(dossier.hits), dossier.total, "article", "-n 0 makes a report of all")
        self._line(left_out, small=True)
        for hit in dossier.hits:
            self._write_article(hit)

    def write_sources(self, details: ReportDetails) -> None:
        """Write citations, and how the report was made."""
        self._heading("Citations", 1)
        for line in format_text_citations(hit.article for hit in self._dossier.hits).splitlines():
            self._line(line, style="List Number")
        self._heading("How this was made", 1)
        self._line(f"{details.program}, with {details.command}")
        self._line("The query as it was understood:")
        self._code("\n".join(self._dossier.understood))
        self._heading("What is uncertain", 2)
        for sentence in LEGEND:
            self._line(sentence, style="List Bullet")

    def _write_article(self, hit: Hit) -> None:
        article = hit.article
        self._heading(f"{hit.rank}. {article.title}", 2)
        self._line(article.deck, style="Subtitle")
        facts = (format_byline(article), format_date(article), format_source_line(article), article.id, article.url)
        self._line(" · ".join(filter(None, facts)), small=True)
        for doubt in list_doubts(article):
            self._line(doubt, style="Intense Quote")
        whole = self._whole.get(article.id)
        if whole:
            self._write_body(whole)
        for snippet in () if whole else hit.snippets:
            _add_marked(self._document.add_paragraph(style="Quote"), snippet.text, snippet.marks)
        for kind, names in list_derived_names(article):
            self._line(f"{kind} (derived): {names}", small=True)

    def _write_body(self, marked: MarkedArticle) -> None:
        article = marked.article
        layout = article.layout or ("",) * len(article.paragraphs)
        marks = marked.marks.paragraphs if marked.marks else ((),) * len(article.paragraphs)
        for kind, text, of_text in zip(layout, article.paragraphs, marks, strict=True):
            prefix, letter = kind[:-1], kind[-1:]
            if letter == "c":
                self._code(text)
            elif letter.isdigit():
                self._heading(text, 3)
            else:
                style = "Quote" if prefix.startswith("> ") else None
                paragraph = self._document.add_paragraph(prefix.replace("> ", "").replace("- ", "• "), style=style)
                _add_marked(paragraph, text, of_text)
        for caption in article.captions:
            self._line(f"Picture: {caption.text}" + (f" ({caption.credit})" if caption.credit else ""), small=True)

    def _heading(self, text: str, level: int) -> None:
        self._document.add_heading(_clean(text), level)

    def _line(self, text: str, style: str | None = None, *, small: bool = False) -> None:
        """Write a paragraph; none for an empty text."""
        if text:
            run = self._document.add_paragraph(style=style).add_run(_clean(text))
            run.font.size = _SMALL if small else None

    def _code(self, text: str) -> None:
        run = self._document.add_paragraph().add_run(sanitize_text(text))
        run.font.name = _CODE_FONT
        run.font.size = _SMALL

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        table = self._document.add_table(rows=1 + len(rows), cols=len(header), style="Light Grid Accent 1")
        for cells, row in zip([table_row.cells for table_row in table.rows], [header, *rows], strict=True):
            for cell, value in zip(cells, row, strict=True):
                text, marks = value if isinstance(value, tuple) else (value, ())
                paragraph = cell.paragraphs[0]
                _add_marked(paragraph, text, marks)
                for run in paragraph.runs:
                    run.font.size = _SMALL

    def _refer(self, article: Article) -> str:
        rank = self._ranks.get(article.id)
        return f"[{rank}]" if rank else article.id


def _clean(text: str) -> str:
    return sanitize_line(text).strip()


def _add_marked(paragraph: Any, text: str, marks: Sequence[Mark]) -> None:
    """Add a line of text, its marks on a yellow ground."""
    at = 0
    for start, end in marks:
        if start > at:
            paragraph.add_run(sanitize_line(text[at:start]))
        paragraph.add_run(sanitize_line(text[start:end])).font.highlight_color = WD_COLOR_INDEX.YELLOW
        at = end
    if at < len(text):
        paragraph.add_run(sanitize_line(text[at:]))
