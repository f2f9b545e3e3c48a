"""A dossier as one page that needs no network: it is read without a script, in light, in dark and in print.

Every word of an article is escaped, and a content-security policy lets the page load nothing and run only the script
that sorts its table. Templates by Jinja2, of the extra `report`.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from shanxi_cli.explore.dossier import Dossier
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit
from shanxi_cli.output.charts.bars import draw_facets, draw_timeline
from shanxi_cli.output.charts.canvas import Canvas
from shanxi_cli.output.charts.dots import draw_figures
from shanxi_cli.output.charts.styles import DARK, LIGHT, format_chart_rules
from shanxi_cli.output.citations import format_bibtex, format_text_citations
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
from shanxi_cli.output.report.html_text import highlight_html, lay_out_html, safe_link
from shanxi_cli.output.report.rows import ReportedFigure, ReportedSpeaker, group_quotes, make_figure_rows
from shanxi_cli.util.sanitize import sanitize_line, sanitize_text


def format_html(dossier: Dossier, details: ReportDetails) -> str:
    """Return a dossier as an HTML page."""
    style, script = _read_style(), _read_part("sort.js")
    environment = Environment(
        loader=PackageLoader("shanxi_cli.output.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["line"] = sanitize_line
    return environment.get_template("template.html").render(
        details=details,
        dossier=dossier,
        policy=_make_policy(style, script),
        style=Markup(style),  # noqa: S704  # ours
        script=Markup(script),  # noqa: S704  # ours
        legend=LEGEND,
        understood=sanitize_text("\n".join(dossier.understood)),
        counts=summarize_counts(dossier),
        **_make_sections(dossier),
    )


def _make_sections(dossier: Dossier) -> dict[str, Any]:
    """Return the values of the template that come from the dossier."""
    speakers = group_quotes(dossier.quotes)
    charts = _draw_overview(dossier)
    sections = [
        ("overview", "Overview", charts),
        ("figures", "Figures", dossier.figures),
        ("quotes", "Quotes", speakers),
        ("articles", "Articles", True),
        ("citations", "Citations", True),
        ("about", "How this was made", True),
    ]
    shown = [hit.article for hit in dossier.hits]
    whole = {marked.article.id: marked for marked in dossier.articles}
    return {
        "contents": [(name, title) for name, title, there in sections if there],
        "charts": [_to_element(chart) for chart in charts],
        "figure_charts": [_to_element(chart) for chart in draw_figures(dossier.figures)],
        "figure_rows": [_escape_figure(row) for row in make_figure_rows(dossier.figures)],
        "figures_left_out": describe_left_out(len(dossier.figures), dossier.figure_count, "figure", NARROW_HINT),
        "speakers": [_escape_speaker(speaker) for speaker in speakers],
        "quotes_left_out": describe_left_out(len(dossier.quotes), dossier.quote_count, "quote", NARROW_HINT),
        "articles": [_make_article(hit, whole.get(hit.article.id)) for hit in dossier.hits],
        "articles_left_out": describe_left_out(len(shown), dossier.total, "article", "-n 0 makes a report of all"),
        "citations": format_text_citations(shown).splitlines(),
        "bibtex": sanitize_text(format_bibtex(shown)),
        "reference": _make_reference({hit.article.id: hit.rank for hit in dossier.hits}),
    }


def _draw_overview(dossier: Dossier) -> list[Canvas]:
    timeline = [draw_timeline(dossier.timeline, "Articles by period")] if dossier.timeline.periods else []
    return timeline + [draw_facets(facets, FACET_HEADINGS[facets.field]) for facets in dossier.facets]


def _to_element(chart: Canvas) -> Markup:
    return Markup(chart.to_svg())  # noqa: S704  # ElementTree has escaped it


def _escape_figure(row: ReportedFigure) -> dict[str, Any]:
    return {**vars(row), "sentence": highlight_html(row.text, row.marks)}


def _escape_speaker(speaker: ReportedSpeaker) -> dict[str, Any]:
    quotes = [{**vars(row), "sentence": highlight_html(row.text, row.marks)} for row in speaker.quotes]
    return {"name": speaker.name, "facts": speaker.facts, "quotes": quotes}


def _make_article(hit: Hit, whole: MarkedArticle | None) -> dict[str, Any]:
    article = hit.article
    facts = (format_byline(article), format_date(article), format_source_line(article), article.id)
    deck_marks = whole.marks.deck if whole and whole.marks else ()
    return {
        "rank": hit.rank,
        "title": highlight_html(hit.title.text, hit.title.marks),
        "deck": highlight_html(article.deck, deck_marks) if article.deck else "",
        "facts": " · ".join(filter(None, facts)),
        "link": safe_link(article.url),
        "doubts": list_doubts(article),
        "body": lay_out_html(whole, 3) if whole else "",
        "captions": list(_format_captions(article)),
        "passages": [_format_passage(snippet.field, snippet.text, snippet.marks) for snippet in hit.snippets],
        "derived": list_derived_names(article),
    }


def _format_passage(field: str, text: str, marks: Iterable[Any]) -> Markup:
    label = Markup('<span class="meta">{}: </span>').format(field) if field not in ("body", "deck") else Markup("")
    return label + highlight_html(text, tuple(marks))


def _format_captions(article: Article) -> Iterable[str]:
    for caption in article.captions:
        yield sanitize_line(f"{caption.text} ({caption.credit})" if caption.credit else caption.text)


def _make_reference(ranks: dict[str, int]) -> Callable[[Article], Markup]:
    """Return a function that makes the link to an article of the page; the id of one that is not on it."""

    def refer(article: Article) -> Markup:
        rank = ranks.get(article.id)
        if rank is None:
            return escape(sanitize_line(article.id))
        title = sanitize_line(f"{article.title}, {format_date(article)}")
        return Markup('<a href="#a{}" title="{}" aria-label="article {}: {}">[{}]</a>').format(
            rank, title, rank, title, rank
        )

    return refer


def _read_style() -> str:
    dark = f"@media (prefers-color-scheme:dark){{{format_chart_rules(DARK)}}}"
    printed = f"@media print{{{format_chart_rules(LIGHT)}}}"
    return _read_part("page.css") + format_chart_rules(LIGHT) + dark + printed


def _read_part(name: str) -> str:
    return (files("shanxi_cli.output.report") / name).read_text(encoding="utf-8")


def _make_policy(style: str, script: str) -> str:
    """Return a content-security policy that allows this style and this script, by their hashes, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash_source(style)}'",
            f"script-src '{_hash_source(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash_source(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
