"""How bylines, dates and sources are put into words, the same for every form that people read."""

from shanxi_cli.model.article import Article


def format_byline(article: Article) -> str:
    """`By A and B; with contributions by C; a retelling, not the newspaper's own words`; empty for none of these."""
    parts = []
    if article.author:
        parts.append("By " + join_names(article.author))
    if article.contributors:
        parts.append(
            ("with contributions by " if parts else "With contributions by ") + join_names(article.contributors)
        )
    if article.edition == "retelling":
        parts.append(
            "a retelling, not the newspaper's own words" if parts else "A retelling, not the newspaper's words"
        )
    elif article.edition:
        parts.append(f"edition: {article.edition}")
    return "; ".join(parts)


def join_names(names: tuple[str, ...]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def format_date(article: Article) -> str:
    """The date as a reader and the query language both understand it: `2021-07-22..2021-08-31`, or `undated`."""
    return format_date_range(article.date) or "undated"


def format_date_range(edtf: str) -> str:
    """An EDTF date as a limit of a query; empty for none."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return start
    return f"{'' if start == '..' else start}..{'' if end == '..' else end}"


def format_date_line(article: Article) -> str:
    """The date with the note on it."""
    return format_date(article) + (f" ({article.date_note})" if article.date_note else "")


def format_source_line(article: Article) -> str:
    """Publication, section and page, those that are known."""
    page = f"page {article.page}" if article.page else ""
    return ", ".join(part for part in (article.publication, article.section, page) if part)


def format_copy_count(number: int) -> str:
    """`(+2 alike)`; empty for none."""
    return f"(+{number:,} alike)" if number else ""
