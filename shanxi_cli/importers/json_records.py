"""Articles inside a saved answer of a programming interface: nested JSON by a stated mapping, and ninjs of IPTC.

An object is an article if it has a title, and a text under one of `TEXT_NAMES`. Its names are read by the table of
aliases and by `_NAMES`; an object in an object (`fields`, `headline: {main: ...}`) is read through.
https://iptc.org/std/ninjs/ ; the search interfaces of The Guardian, The New York Times and WordPress.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from shanxi_cli.corpus.dates import read_date
from shanxi_cli.importers.html_blocks import read_html_paragraphs
from shanxi_cli.importers.records import is_useless_value, resolve_field_name
from shanxi_cli.importers.written_dates import parse_date_line

TEXT_NAMES = (
    *("body_text", "bodytext", "articlebody", "article_body", "body_xhtml", "body_html", "bodyhtml", "bodies", "body"),
    *("fulltext", "full_text", "content_text", "content_html", "content", "article_text", "maintext", "story", "text"),
    *("article", "paragraphs", "page_text", "ocr_text", "ocr"),
)
"""Names of a text, the best first."""

_NAMES = {
    "webtitle": "title",
    "headlines": "title",
    "webpublicationdate": "date",
    "versioncreated": "date",
    "firstcreated": "date",
    "contentcreated": "date",
    "pub_date": "date",
    "publisheddate": "date",
    "sectionname": "section",
    "section_name": "section",
    "description_text": "deck",
    "standfirst": "deck",
    "by": "author",
    "byline": "author",
}
_INNER_NAMES = ("rendered", "value", "main", "original", "name", "text", "html", "plain", "content", "#text")
_MERGED = frozenset(("fields", "attributes", "_source", "item", "data", "article", "document"))
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|&(?:#\d+|[a-z]+);")
_RENDITION_NAMES = frozenset(("contenttype", "contentType", "role"))
_PICTURE_TYPES = ("picture", "graphic", "video")
_MAX_RECORDS = 100_000


def find_json_articles(value: object) -> list[dict[str, object]]:
    """Return the objects that are articles, at any depth, in document order; an article inside another is its part."""
    found: list[dict[str, object]] = []
    queue = deque([value])
    while queue and len(found) < _MAX_RECORDS:
        node = queue.popleft()
        if isinstance(node, list):
            queue.extendleft(reversed(node))
        elif isinstance(node, Mapping):
            merged = _merge_inner_objects(node)
            if _is_article(merged):
                found.append(merged)
            else:
                queue.extendleft(reversed([inner for inner in node.values() if isinstance(inner, (list, Mapping))]))
    return found


def _merge_inner_objects(node: Mapping[Any, Any]) -> dict[str, object]:
    merged = {str(name): inner for name, inner in node.items()}
    for name, inner in node.items():
        if str(name) in _MERGED and isinstance(inner, Mapping):
            merged = {**{str(n): v for n, v in inner.items()}, **{n: v for n, v in merged.items() if n != str(name)}}
    return merged


def _is_article(record: Mapping[str, object]) -> bool:
    has_title = any(_resolve_name(name) == "title" and flatten_text(value) for name, value in record.items())
    return has_title and bool(find_text_name(record))


def find_text_name(record: Mapping[str, object]) -> str:
    """Return the name of the text of an object: the first of `TEXT_NAMES` that holds one; empty for none."""
    plain = {name.strip().lower().replace("-", "_").replace(" ", "_"): name for name in record}
    return next((plain[name] for name in TEXT_NAMES if name in plain and flatten_text(record[plain[name]])), "")


def _resolve_name(name: str) -> str:
    return _NAMES.get(name.strip().lower().replace("-", "_"), "") or resolve_field_name(name)


def read_json_values(record: Mapping[str, object], text_name: str) -> tuple[dict[str, object], list[str]]:
    """Return the fields of an article by our names, and a line for every value that no field holds."""
    values: dict[str, object] = {}
    left_out: list[str] = []
    for name, value in record.items():
        if name == text_name:
            continue
        field = _resolve_name(name)
        text = flatten_value(value) if field else ""
        is_kept = bool(text) and field not in values and not is_useless_value(field, text)
        if is_kept:
            values[field] = text
        if not is_kept or (field == "date" and not _is_date(str(text))):
            left_out += [f"{path} {leaf}" for path, leaf in _iter_leaves(name, value)]
    return values, left_out


def _is_date(text: str) -> bool:
    try:
        return bool(read_date(text))
    except ValueError:
        return parse_date_line(text) is not None


def flatten_value(value: object) -> object:
    """Return a value as text, or a list of texts; empty if it holds none."""
    if isinstance(value, list):
        return [text for item in value if (text := flatten_text(item))]
    text = flatten_text(value)
    return " ".join(text.split())


def flatten_text(value: object) -> str:
    """Return the text of a value: of a string, plain or HTML; of an object that has one; of a list of these."""
    if isinstance(value, str):
        return "\n\n".join(read_html_paragraphs(_keep_breaks(value))) if _TAG.search(value) else value.strip()
    if isinstance(value, list):
        return "\n\n".join(filter(None, (flatten_text(item) for item in value)))
    if isinstance(value, Mapping):
        return next((text for name in _INNER_NAMES if (text := flatten_text(value.get(name)))), "")
    return "" if value is None or isinstance(value, bool) else str(value)


def read_json_body(value: object) -> tuple[str, list[str]]:
    """Return the text of an article, and its other renditions: `bodies` of ninjs 2 has one for each type of content."""
    items = value if isinstance(value, list) else []
    if not items or not all(isinstance(item, Mapping) and _RENDITION_NAMES & item.keys() for item in items):
        return flatten_text(value), []
    texts = [flatten_text(item) for item in items]
    best = max(texts, key=lambda text: len(text.split()))
    words = set(best.split())
    return best, [text for text in texts if not set(text.split()) <= words]


def read_json_captions(record: Mapping[str, object]) -> list[dict[str, str]]:
    """Return the captions of the pictures that an article of ninjs is associated with."""
    value = record.get("associations")
    items = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else []
    captions = []
    for item in items:
        if isinstance(item, Mapping) and item.get("type") in _PICTURE_TYPES:
            names = ("description_text", "description_html", "caption", "body_text", "headline")
            text = next((plain for name in names if (plain := flatten_text(item.get(name)))), "")
            credit = next(
                (plain for name in ("creditline", "byline", "by") if (plain := flatten_text(item.get(name)))), ""
            )
            captions += [{"text": text, "credit": credit}] if text else []
    return captions


def _keep_breaks(text: str) -> str:
    return re.sub(r"\n[ \t]*\n", "<br><br>", text)


def _iter_leaves(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _iter_leaves(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _iter_leaves(path, inner)
    elif value not in (None, ""):
        yield path, " ".join(str(value).split())
