"""The styles of citations, and the function that formats each."""

from collections.abc import Callable, Iterable, Mapping

from shanxi_cli.model.article import Article
from shanxi_cli.model.options import CitationStyle
from shanxi_cli.output import citations, reference_styles

_FORMATTERS: Mapping[CitationStyle, Callable[[Iterable[Article]], str]] = {
    CitationStyle.TEXT: citations.format_text_citations,
    CitationStyle.BIBTEX: citations.format_bibtex,
    CitationStyle.CSL_JSON: citations.format_csl_json,
    CitationStyle.RIS: reference_styles.format_ris,
    CitationStyle.APA: reference_styles.format_apa,
    CitationStyle.CHICAGO: reference_styles.format_chicago,
}


def format_citations(articles: Iterable[Article], style: CitationStyle) -> str:
    """Return the citations of articles in a style, ready to be printed."""
    return _FORMATTERS[style](articles)
