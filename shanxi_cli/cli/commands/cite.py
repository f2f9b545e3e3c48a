"""`cite`: citations of articles."""

import sys

from shanxi_cli.cli.commands.show import find_articles
from shanxi_cli.cli.context import Session, read_ids, resolve_locations
from shanxi_cli.cli.options.articles import CitationStyle, CiteOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.cli.query_plans import parse_day_options
from shanxi_cli.model.article import Article
from shanxi_cli.output import citations
from shanxi_cli.query.ast import Dated
from shanxi_cli.util.edtf import parse_edtf

_FORMATTERS = {
    CitationStyle.TEXT: citations.format_text_citations,
    CitationStyle.BIBTEX: citations.format_bibtex,
    CitationStyle.CSL_JSON: citations.format_csl_json,
}


def run_cite(options: CiteOptions, settings: GlobalOptions) -> int:
    """Print the citations of articles; exit status as for `show`, and 1 where the options leave none."""
    require_at_most_one({"--count": options.count, "--quiet": options.quiet})
    days = parse_day_options(options.filter)
    within = None if options.filter.within is None else set(read_ids(options.filter.within))
    session = Session(resolve_locations(options.archive, settings), quiet=options.quiet)
    found, status = find_articles(session, options.article, as_json=False)
    articles = [article for article in found if _is_selected(article, days, within)]
    if options.count:
        print(len(articles))
    elif articles and not options.quiet:
        sys.stdout.write(_FORMATTERS[options.style](articles))
    return status if articles else max(status, 1)


def _is_selected(article: Article, days: Dated | None, within: set[str] | None) -> bool:
    """Return True for an article of these days and among these ids; None of either selects all."""
    if within is not None and article.id not in within:
        return False
    return days is None or bool(article.date and parse_edtf(article.date).overlaps(days.days))
