"""Labels of articles and quantities, the same in every format that people read."""

from typing import TYPE_CHECKING

from shanxi_cli.model.article import RETELLING_EDITION, Article
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.model.quantity import Change


def format_byline(article: Article) -> str:
    """Return `By A and B; with contributions by C; a retelling, not the newspaper's own words`, or an empty text."""
    parts = []
    if article.author:
        parts.append("By " + join_names(article.author))
    if article.contributors:
        parts.append(
            ("with contributions by " if parts else "With contributions by ") + join_names(article.contributors)
        )
    if article.is_retelling:
        parts.append(
            "a retelling, not the newspaper's own words" if parts else "A retelling, not the newspaper's words"
        )
    elif article.edition:
        parts.append(f"edition: {article.edition}")
    return "; ".join(parts)


def join_names(names: tuple[str, ...]) -> str:
    """Return `A`, `A and B`, or `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def format_date(article: Article) -> str:
    """Return the date as people and the query language write it: `2021-07-22..2021-08-31`, or `undated`."""
    return format_date_range(article.date) or "undated"


def format_date_range(edtf: str) -> str:
    """Return an EDTF date as a date range of a query; an empty text for an empty date."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return start
    return f"{'' if start == '..' else start}..{'' if end == '..' else end}"


def format_date_line(article: Article) -> str:
    """Return the date, followed by its note in parentheses."""
    return format_date(article) + (f" ({article.date_note})" if article.date_note else "")


def format_source_line(article: Article) -> str:
    """Return publication, section and page, leaving out the unknown ones."""
    page = f"page {article.page}" if article.page else ""
    return ", ".join(part for part in (article.publication, article.section, page) if part)


def format_retelling(article: Article) -> str:
    """Return `retelling` for a retelling, an empty text for any other article."""
    return RETELLING_EDITION if article.is_retelling else ""


def format_copy_count(number: int) -> str:
    """Return `(+2 near-duplicates)`; an empty text for 0."""
    return f"(+{pluralize(number, 'near-duplicate')})" if number else ""


def format_change(change: "Change | None") -> str:
    """Return `rise year-on-year`; an empty text for None."""
    return " ".join(part for part in change if part) if change else ""
