"""`cite`: citations of articles."""

import sys

from shanxi_cli.cli.commands.show import find_articles
from shanxi_cli.cli.context import Session, resolve_locations
from shanxi_cli.cli.options.articles import CitationStyle, CiteOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.output import citations

_FORMATTERS = {
    CitationStyle.TEXT: citations.format_text_citations,
    CitationStyle.BIBTEX: citations.format_bibtex,
    CitationStyle.CSL_JSON: citations.format_csl_json,
}


def run_cite(options: CiteOptions, settings: GlobalOptions) -> int:
    """Print the citations of articles; exit status as for `show`."""
    session = Session(resolve_locations(options.archive, settings))
    articles, status = find_articles(session, options.article, as_json=False)
    if articles:
        sys.stdout.write(_FORMATTERS[options.style](articles))
    return status
