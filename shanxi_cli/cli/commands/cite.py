"""`cite`: articles as citations."""

import sys
from collections.abc import Sequence

from shanxi_cli.cli.commands.show import find_articles
from shanxi_cli.cli.context import resolve_locations
from shanxi_cli.cli.options.common import ArchiveOptions, CitationStyle, GlobalOptions
from shanxi_cli.output import citations


def print_citations(names: Sequence[str], style: CitationStyle, where: ArchiveOptions, settings: GlobalOptions) -> int:
    """Prints the citations of the articles that `names` mean; the status is that of `show`."""
    found, status = find_articles(resolve_locations(where, settings), names, as_json=False)
    forms = {
        CitationStyle.TEXT: citations.format_text_citations,
        CitationStyle.BIBTEX: citations.format_bibtex,
        CitationStyle.CSL_JSON: citations.format_csl_json,
    }
    if found:
        sys.stdout.write(forms[style](found))
    return status
