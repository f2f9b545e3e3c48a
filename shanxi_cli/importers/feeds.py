"""RSS and Atom feeds and the export of WordPress (WXR), read by feedparser (the extra `shanxi[import]`)."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part
from shanxi_cli.importers.html_blocks import read_html_blocks, read_html_paragraphs
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_utils import reject_entities
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.frozen_record import replace_fields

_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|audio|video|playlist|wp_\w+)\b[^\]\n]{0,500}\]|\[\w[\w-]*\s+\w+=[\"'][^\]\n]{0,500}\]"
)
_CAPTION = re.compile(r"\[caption\b([^\]]{0,2000})\](.{0,5000}?)\[/caption\]", re.DOTALL)
_CAPTION_ATTRIBUTE = re.compile(r"\bcaption=([\"'])(.*?)\1", re.DOTALL)
_OPEN_CODE = re.compile(r"\[([a-z][\w-]*)[^\]\n/]{0,200}\]")
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_MAX_TEASER_WORDS = 50


def read_feed_articles(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the entries of a feed, or the posts and pages of a WordPress export; pictures and menus are left out.

    Raise `PageError` for a feed without entries.
    """
    try:
        import feedparser
    except ImportError as error:
        raise PageError(
            shown, "to read feeds, install the extra: pip install 'shanxi[import]' (in a checkout: '.[import]')"
        ) from error
    reject_entities(data, shown)
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise PageError(shown, "a feed without entries")
    source = _to_line(feed.feed.get("title", ""))
    language = str(feed.feed.get("language", ""))[:2]
    for number, entry in enumerate(feed.entries, 1):
        yield _read_entry(entry, {"publication": source, "language": language}, shown, number)


def _read_entry(entry: Mapping[str, Any], common: Mapping[str, str], shown: str, number: int) -> ImportedPart:
    kind = str(entry.get("wp_post_type", "post"))
    title = _to_line(str(entry.get("title", "")))
    texts = [str(part.get("value", "")) for part in entry.get("content", ())]
    summary = str(entry.get("summary", ""))
    is_teaser = not any(text.strip() for text in texts)
    paragraphs, captions = _read_content(max(texts, key=len, default="") if not is_teaser else summary)
    left_out = [f"link {entry['link']}"] if entry.get("link") else []
    if not is_teaser:
        body = f" {' '.join((*paragraphs, *captions))} "
        others = [paragraph for text in (summary, *texts) for group in _read_content(text) for paragraph in group]
        left_out += [paragraph for paragraph in dict.fromkeys(others) if f" {paragraph} " not in body]
    if kind not in ("post", "page") or not (title or paragraphs):
        lines = (f"{kind}: {line}" for line in (title, *paragraphs, *captions, *left_out) if line)
        return ImportedPart(f"{shown} {kind} {number}", "", Page((), (), tuple(lines)))
    values = {
        **common,
        "title": title,
        "url": str(entry.get("link", "")),
        "author": _read_authors(entry),
        "date": _find_date(entry),
        "captions": captions,
        "keywords": [str(tag.get("term")) for tag in entry.get("tags", ()) if tag.get("term")],
    }
    part = make_export_part(values, paragraphs, left_out, shown, number)
    doubts = _list_doubts(entry, len(part.page.articles[0].body.split()), is_teaser=is_teaser)
    article = replace_fields(part.page.articles[0], unsure=(*part.page.articles[0].unsure, *doubts))
    return part._replace(page=replace_fields(part.page, articles=(article,)))


def _list_doubts(entry: Mapping[str, Any], words: int, *, is_teaser: bool) -> list[str]:
    doubts = []
    if is_teaser and 0 < words < _MAX_TEASER_WORDS and str(entry.get("summary", "")).count("<p") < 2:
        doubts.append("the feed has only its summary; save the page itself")
    if entry.get("wp_status") not in (None, "publish", "inherit"):
        doubts.append(f"not published: its status is {entry['wp_status']}")
    return doubts


def _read_authors(entry: Mapping[str, Any]) -> list[str]:
    names = [_to_line(str(author.get("name") or author.get("email") or "")) for author in entry.get("authors", ())]
    return [name for name in names if name] or ([str(entry["author"])] if entry.get("author") else [])


def _find_date(entry: Mapping[str, Any]) -> str:
    """Return the date of an entry: of a post of WordPress its own, for drafts have none or a false `pubDate`."""
    for name in ("wp_post_date", "published", "updated", "created"):
        if (date := str(entry.get(name) or "")) and not date.startswith("0000"):
            return date
    return ""


def _read_content(markup: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the captions of the HTML of an entry.

    An empty line divides paragraphs too, as WordPress shows it. Captions are `figcaption`, and the shortcode `caption`
    with the text inside it or in its attribute.
    """
    captions: list[str] = []

    def take_caption(match: re.Match[str]) -> str:
        stated = _CAPTION_ATTRIBUTE.search(match[1])
        captions.extend(read_html_paragraphs(html.unescape(stated[2]) if stated else match[2]))
        return " "

    markup = _CAPTION.sub(take_caption, _BLOCK_COMMENT.sub("", markup).replace("\r\n", "\n"))
    markup = _remove_shortcodes(markup)
    paragraphs: list[str] = []
    for block in read_html_blocks(re.sub(r"\n[ \t]*\n", "<br><br>", markup)):
        group = captions if "figcaption" in block.tags else paragraphs
        group += [" ".join(piece.split()) for piece in block.text.split("\n\n") if piece.strip()]
    return paragraphs, captions


def _remove_shortcodes(markup: str) -> str:
    """Return a text without shortcodes: in pairs, known ones, or with attributes. `[sic]` is text."""
    paired = {name for name in _OPEN_CODE.findall(markup) if f"[/{name}]" in markup}
    names = "|".join(map(re.escape, sorted(paired)))
    return _SHORTCODE.sub(" ", re.sub(rf"\[/?(?:{names})\b[^\]\n]*\]", "", markup) if paired else markup)


def _to_line(markup: str) -> str:
    return " ".join(read_html_paragraphs(markup)) if re.search(r"[<&]", markup) else " ".join(markup.split())
