"""`cite`: articles as citations."""

import sys
from collections.abc import Sequence

from shanxi_cli.cli.commands.show import found_articles
from shanxi_cli.cli.context import locations
from shanxi_cli.cli.options.common import CitationStyle, Settings, Where
from shanxi_cli.output import citations


def cite_articles(names: Sequence[str], style: CitationStyle, where: Where, settings: Settings) -> int:
    """Prints the citations of the articles that `names` mean; the status is that of `show`."""
    found, status = found_articles(locations(where, settings), names, as_json=False)
    forms = {
        CitationStyle.TEXT: citations.text,
        CitationStyle.BIBTEX: citations.bibtex,
        CitationStyle.CSL_JSON: citations.csl_json,
    }
    if found:
        sys.stdout.write(forms[style](found))
    return status
