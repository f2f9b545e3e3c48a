"""`cite`: citations of articles."""

import shutil
import sys
from collections.abc import Sequence

from shanxi_cli.answers.query_plans import parse_day_options
from shanxi_cli.cli.commands.show import find_articles
from shanxi_cli.cli.context import Session, read_ids, resolve_locations
from shanxi_cli.cli.options.articles import CiteOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.article_order import article_sort_key
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import CitationStyle
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output.citation_styles import format_citations
from shanxi_cli.query.ast import Dated
from shanxi_cli.util.edtf import parse_edtf
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.word_wrap import wrap_words

_PROSE = (CitationStyle.TEXT, CitationStyle.APA, CitationStyle.CHICAGO, CitationStyle.BIBTEX)
"""Styles whose lines may be broken."""


def run_cite(options: CiteOptions, settings: GlobalOptions) -> int:
    """Print the citations of articles; exit status as for `show`, and 1 where the options leave none."""
    style = _choose_style(options)
    days = parse_day_options(options.filter)
    within = None if options.filter.within is None else set(read_ids(options.filter.within))
    session = Session(resolve_locations(options.archive, settings), quiet=options.quiet)
    found, status = find_articles(session, options.article, as_json=options.json)
    articles = [article for article in found if _is_selected(article, days, within)]
    if options.sort:
        order = HitOrder(options.sort.value)
        articles.sort(key=lambda article: article_sort_key(article, order))
    part = articles[options.offset : options.offset + options.limit if options.limit else None]
    if options.count:
        print(len(articles))
    elif part and not options.quiet:
        text = _format_ids(part, options) if options.ids else format_citations(part, style)
        sys.stdout.write(_fold_lines(text) if style in _PROSE and sys.stdout.isatty() and not options.ids else text)
    return status if articles else max(status, 1)


def _choose_style(options: CiteOptions) -> CitationStyle:
    """Return the style of the options. `UsageError` where two of them choose what is printed."""
    given = {"--format": options.style, "--json": options.json, "--ids": options.ids}
    require_at_most_one({**given, "--count": options.count, "--quiet": options.quiet})
    if options.null and not options.ids:
        raise UsageError("--null is for --ids: citations have several lines")
    return CitationStyle.CSL_JSON if options.json else options.style or CitationStyle.TEXT


def _format_ids(articles: Sequence[Article], options: CiteOptions) -> str:
    return "".join(sanitize_line(article.id) + ("\0" if options.null else "\n") for article in articles)


def _fold_lines(text: str) -> str:
    """Return citations with lines that fit into the terminal; in BibTeX a line break is a space."""
    window = shutil.get_terminal_size().columns
    return "".join(f"{line}\n" for each in text.splitlines() for line in wrap_words(each, window, "    "))


def _is_selected(article: Article, days: Dated | None, within: set[str] | None) -> bool:
    """Return True for an article of these days and among these ids; None of either selects all."""
    if within is not None and article.id not in within:
        return False
    return days is None or bool(article.date and parse_edtf(article.date).overlaps(days.days))
