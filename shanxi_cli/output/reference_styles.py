"""Articles as references in the styles of APA and Chicago, in plain text, and as RIS records.

Only the form of a newspaper article is written, since articles are nothing else. Names are not split, as articles do
not say which part is the family name; one with a comma (`Lee, Ann`) is family and given name. Titles keep their
capitals: which words are names is not known. Plain text has no italics.

APA: Publication Manual of the American Psychological Association, 7th edition, section 10.1, examples 15 to 17; section
9.8 (up to 20 authors), 9.12 (no author), 9.17 (no date), 9.21 (description in brackets).
Chicago: The Chicago Manual of Style, 17th edition, bibliography entries: sections 14.191 to 14.200 (newspapers: no
pages, no initial The, no author: the newspaper instead), 14.76 (more than ten authors), 14.145 (no date).
RIS: the format of Reference Manager, type NEWS, with the tags that Zotero and EndNote read for it.
"""

from calendar import month_name, monthrange
from collections.abc import Iterable, Sequence

from shanxi_cli.model.article import Article
from shanxi_cli.output.citation_parts import (
    RETELLING_NOTE,
    citation_note,
    is_plain_date,
    printed_page,
    read_cited_date,
)
from shanxi_cli.util.sanitize import sanitize_line

_MAX_APA_AUTHORS = 20
_SHOWN_APA_AUTHORS = 19
_MAX_CHICAGO_AUTHORS = 10
_SHOWN_CHICAGO_AUTHORS = 7
_SENTENCE_ENDS = (".", "?", "!")


def format_apa(articles: Iterable[Article]) -> str:
    """Return one reference per line: `Lee, A. (2021, July 14). Title. Newspaper, A4.`."""
    return "".join(sanitize_line(_format_apa(article)) + "\n" for article in articles)


def format_chicago(articles: Iterable[Article]) -> str:
    """Return one bibliography entry per line: `Lee, Ann. “Title.” Newspaper, July 14, 2021.`."""
    return "".join(sanitize_line(_format_chicago(article)) + "\n" for article in articles)


def format_ris(articles: Iterable[Article]) -> str:
    """Return one RIS record of type NEWS per article, separated by empty lines."""
    return "\n".join(_format_ris(article) for article in articles)


def _format_apa(article: Article) -> str:
    date = _format_date(article, year_first=True)
    title = article.title + (" [Retelling of a newspaper article]" if article.is_retelling else "")
    pages = printed_page(article) if article.publication else ""
    source = ", ".join(part for part in (article.publication, pages) if part)
    authors = _join_apa_authors([_abbreviate_given_name(name) for name in article.author])
    head = [authors, f"({date})", title] if authors else [title, f"({date})"]
    cited = [_end_sentence(part) for part in [*head, source] if part]
    return " ".join([*cited, *filter(None, [article.url])])


def _join_apa_authors(names: Sequence[str]) -> str:
    if len(names) > _MAX_APA_AUTHORS:
        return f"{', '.join(names[:_SHOWN_APA_AUTHORS])}, . . . {names[-1]}"
    return ", & ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def _abbreviate_given_name(name: str) -> str:
    """Return `Lee, A. M.` for `Lee, Ann Mary`; a name without a comma as it is."""
    family, comma, given = (part.strip() for part in name.partition(","))
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family}, {initials}" if comma and initials else family


def _format_chicago(article: Article) -> str:
    date = _format_date(article, year_first=False)
    newspaper = article.publication.removeprefix("The ")
    title = _end_sentence(article.title.translate({ord("“"): "‘", ord("”"): "’"}))
    authors = _join_chicago_authors(article.author)
    head = [_end_sentence(authors or newspaper)] if authors or newspaper else []
    source = ", ".join([newspaper, date] if authors and newspaper else [date[:1].upper() + date[1:]])
    note = [RETELLING_NOTE] if article.is_retelling else []
    address = [f"{article.url}."] if article.url else []
    return " ".join([*head, f"“{title}”", _end_sentence(source), *address, *note])


def _join_chicago_authors(names: Sequence[str]) -> str:
    """Return the first name as it is, and the others with the given name first."""
    ordered = [name if n == 0 else _put_given_name_first(name) for n, name in enumerate(names)]
    if len(ordered) > _MAX_CHICAGO_AUTHORS:
        return f"{', '.join(ordered[:_SHOWN_CHICAGO_AUTHORS])}, et al."
    return ", and ".join(part for part in (", ".join(ordered[:-1]), ordered[-1]) if part) if ordered else ""


def _put_given_name_first(name: str) -> str:
    family, _, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}".strip()


def _end_sentence(text: str) -> str:
    """Return `text` with a full stop, unless it ends a sentence already."""
    return text if text.rstrip("”’\"')").endswith(_SENTENCE_ENDS) and not text.endswith(")") else f"{text}."


def _format_date(article: Article, *, year_first: bool) -> str:
    """Return the date of an article in words, `2021, July 14` or `July 14, 2021`; `n.d.` for none."""
    cited = read_cited_date(article.date)
    if cited is None:
        return "n.d."
    days = _drop_whole_units(cited.days)
    if cited.circa and len(cited.days) == 1:  # one end of an open interval
        days = (days[0][:1],)
    first, last = days[0], days[-1]
    if len(days) == 1 or first[0] != last[0]:
        shown = "–".join(_place_year(day[0], _format_month_day(day), len(day), year_first=year_first) for day in days)
    else:
        same_month = len(first) > 2 and first[1] == last[1]
        end = str(last[2]) if same_month else _format_month_day(last)
        shown = _place_year(first[0], f"{_format_month_day(first)}–{end}", len(first), year_first=year_first)
    return f"ca. {shown}" if cited.circa else shown


def _drop_whole_units(days: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Return two days as months or years, where they are the first and the last day of these."""
    if len(days) == 1:
        return days
    (_, *first), (year, *last) = days
    if (first, last) == ([1, 1], [12, 31]):
        exact = 1
    elif first[1] == 1 and last[1] == monthrange(year, last[0])[1]:
        exact = 2
    else:
        return days
    return tuple(dict.fromkeys(day[:exact] for day in days))


def _place_year(year: int, rest: str, exact: int, *, year_first: bool) -> str:
    """Return the year before or behind the month and the day; `exact` is the number of parts that the date has."""
    if not rest:
        return f"{year:04}"
    return f"{year:04}, {rest}" if year_first else f"{rest}{',' * (exact > 2)} {year:04}"


def _format_month_day(day: tuple[int, ...]) -> str:
    return " ".join([*(_MONTHS[month] for month in day[1:2]), *map(str, day[2:3])])


_MONTHS = tuple(month_name)  # English unless a program calls `setlocale`, which this one does not


def _format_ris(article: Article) -> str:
    """Return a record; a date that is not a plain day, month or year is in the note."""
    cited, plain = read_cited_date(article.date), is_plain_date(article.date)
    note = citation_note(article) if plain else f"EDTF date: {article.date}. {citation_note(article)}"
    tags = [
        ("TY", "NEWS"),
        ("ID", article.id),
        ("TI", article.title),
        *(("AU", name) for name in article.author),
        ("T2", article.publication),
        ("SE", article.section),
        ("SP", printed_page(article)),
        ("PY", f"{cited.days[0][0]:04}" if cited else ""),
        ("DA", "/".join(f"{part:02}" for part in cited.days[0]) if cited and plain else ""),
        ("LA", article.language),
        ("UR", article.url),
        ("AB", article.deck),
        *(("KW", keyword) for keyword in article.keywords),
        ("N1", note),
    ]
    lines = [f"{tag}  - {sanitize_line(value).strip()}" for tag, value in tags if value.strip()]
    return "\n".join([*lines, "ER  - ", ""])
