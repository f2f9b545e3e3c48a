"""Records: articles as names and values, or as a file with the front matter of another program."""

import re
from collections.abc import Mapping
from typing import Any

from shanxi_cli.corpus.dates import read_date
from shanxi_cli.corpus.field_aliases import resolve_field_alias
from shanxi_cli.corpus.field_reader import clean_address, is_known_field
from shanxi_cli.corpus.front_matter_formats import parse_front_matter, split_front_matter
from shanxi_cli.corpus.markdown import has_markup, render_markdown
from shanxi_cli.corpus.titles import take_heading
from shanxi_cli.errors import ArticleError, PageError
from shanxi_cli.importers.record_aliases import RECORD_ALIASES
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.written_dates import parse_date_line
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.passes.cleanup import clean_line
from shanxi_cli.segmentation.supplied_title import SUPPLIED_TITLE_NOTE, make_supplied_title
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates

_TEXT_FIELDS = (
    "title",
    "deck",
    "date",
    "date_note",
    "publication",
    "section",
    "page",
    "language",
    "type",
    "edition",
    "url",
)
_LIST_FIELDS = ("author", "contributors", "places", "organisations", "keywords")
_SHORT_DATE = re.compile(r"(\d\d?)\.(\d\d?)\.(\d\d)")
_FIRST_YEAR = "69"
"""Of two digits, this is 1969 and 68 is 2068, as in POSIX (`strptime`)."""
_PAGE_IN_NAME_PATTERN = re.compile(
    r"(?P<name>.*\w[\w.]*)[,;|]?\s+(?:[Pp]age|[Pp]g\.?|[Pp]\.)\s*(?P<page>[A-Z]?\d{1,3})\.?"
)
"""A newspaper with the page behind it, as keepers of clippings write it: `The Holm Courier, Page 15`."""
_PARAGRAPH_BREAK_PATTERN = re.compile(r"\n[ \t]*\n+")


def resolve_field_name(name: str) -> str:
    """Return our field for a name that another program uses; empty if there is none."""
    known, _ = resolve_field_alias(name)
    return known if known in (*_TEXT_FIELDS, *_LIST_FIELDS, "captions") else RECORD_ALIASES.get(known, "")


def build_article(values: Mapping[str, object], body: str) -> Article:
    """Build an article from named values and a body.

    Unknown fields are ignored; an invalid date is noted in `unsure`.
    """
    ours: dict[str, Any] = {field: values[name] for field, name in _choose_names(values).items()}
    doubts = []
    lines: dict[str, Any] = {name: _clean_text(ours[name]) for name in _TEXT_FIELDS if name in ours}
    date, doubt = _parse_date(lines.pop("date", ""))
    if doubt:
        doubts.append(doubt)
    if "page" not in lines and (printed := _PAGE_IN_NAME_PATTERN.fullmatch(lines.get("publication", ""))):
        lines |= {"publication": printed["name"].rstrip(" ,;|"), "page": printed["page"]}
    lists: dict[str, Any] = {name: _parse_list(ours[name]) for name in _LIST_FIELDS if name in ours}
    paragraphs = split_paragraphs(body)
    title = lines.pop("title", "")
    note = ""
    if not title:
        title, note = make_supplied_title(paragraphs[0] if paragraphs else ""), SUPPLIED_TITLE_NOTE
    captions = tuple(_parse_captions(ours.get("captions", [])))
    text = "\n\n".join(paragraphs)
    return Article(
        id="",
        title=title,
        body=text,
        title_note=note,
        date=date,
        captions=captions,
        unsure=tuple(doubts),
        **lines,
        **lists,
    )


def _choose_names(values: Mapping[str, object]) -> dict[str, str]:
    """Return the name whose value is used for each of our fields: the one of the highest rank."""
    chosen: dict[str, str] = {}
    for name, value in sorted(values.items(), key=lambda item: resolve_field_alias(item[0])[1]):
        field = resolve_field_name(name)
        if field and value not in (None, "", [], {}) and not is_useless_value(field, value):
            chosen.setdefault(field, name)
    return chosen


def list_unused_values(values: Mapping[str, object]) -> list[str]:
    """Return a line for each value that `build_article` does not use: its name and the value."""
    used = set(_choose_names(values).values())
    return [f"{name} {value}" for name, value in values.items() if name not in used and value not in (None, "", [], {})]


def is_useless_value(field: str, value: object) -> bool:
    """Return True for `published: true`, which is no date, and for an address that is none of the web."""
    if field == "url":
        return not clean_address(str(value))
    return field == "date" and str(value).strip().lower() in ("true", "false", "yes", "no")


def split_paragraphs(body: str) -> list[str]:
    """Return the paragraphs of an article's text, split at empty lines or, without them, at line ends."""
    body = replace_surrogates(body).replace("\r\n", "\n").replace("\r", "\n").strip()
    pieces = _PARAGRAPH_BREAK_PATTERN.split(body)
    if len(pieces) == 1 and max((len(line) for line in body.split("\n")), default=0) > 130:
        pieces = body.split("\n")
    cleaned = (
        " ".join(" ".join(clean_line(re.sub(r"\A#{1,6}\s+", "", line))[0] for line in piece.split("\n")).split())
        for piece in pieces
    )
    return [piece for piece in cleaned if piece]


def _clean_text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        value = next((item for item in value if item), "")
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("headline") or ""
    return " ".join(clean_line(" ".join(replace_surrogates(str(value)).split()))[0].split())


def _parse_list(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = re.split(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+and\s+", re.sub(r"\A[Bb][Yy]\s+", "", " ".join(value.split())))
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(text for item in items if (text := _clean_text(item)))


def _parse_captions(value: object) -> list[Caption]:
    items = value if isinstance(value, list) else [value]
    captions = []
    for item in items:
        if isinstance(item, Mapping):
            captions.append(Caption(_clean_text(item.get("text", "")), _clean_text(item.get("credit", ""))))
        else:
            captions.append(Caption(_clean_text(item)))
    return [caption for caption in captions if caption.text]


def _parse_date(value: str) -> tuple[str, str]:
    """Return a date as EDTF and empty, or empty and the doubt about it."""
    if not value:
        return "", ""
    if short := _SHORT_DATE.fullmatch(value):
        century = 19 if short[3] >= _FIRST_YEAR else 20
        value = f"{short[1]}.{short[2]}.{century}{short[3]}"
    try:
        return read_date(value), ""
    except ValueError:
        if found := parse_date_line(value):
            return found.date, ""
        return "", f"its date could not be read: {value}"


def read_front_matter_article(text: str, shown: str) -> ImportedPart | None:
    """Return the article of a file with front matter (YAML, TOML or JSON); None if it has none or does not close it.

    Raise `PageError` for broken front matter.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        split = split_front_matter(text, shown)
    except ArticleError:
        return None
    if not split.kind:
        return None
    try:
        values = {name: value for name, (value, _) in parse_front_matter(split, shown, is_known_field).items()}
    except ArticleError as error:
        if error.reason.startswith("broken TOML"):
            raise PageError(shown, error.reason.replace("TOML", "TOML in its front matter", 1)) from error
        raise PageError(shown, f"its front matter cannot be read: {error.reason}") from error
    body = split.body
    if not any(resolve_field_name(name) == "title" for name in values):
        title, body = take_heading(body)
        values |= {"title": title} if title else {}
    left_out = tuple(f"field: {line}" for line in list_unused_values(values))
    if not has_markup(body):
        return ImportedPart(shown, "", Page((build_article(values, body),), (), left_out))
    body = normalize_nfc(replace_surrogates(body)).strip("\n")
    rendered = render_markdown(body)
    article = build_article(values, rendered.body)
    article = replace_fields(article, body=rendered.body, layout=rendered.layout, links=rendered.links, markup=body)
    return ImportedPart(shown, "", Page((article,), (), left_out))
