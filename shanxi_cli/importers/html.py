"""Saved web pages with one article: JSON-LD first, then meta tags, then the text of the page."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from shanxi_cli.errors import PageError
from shanxi_cli.importers.markup import simplify_markup
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.segmentation.page import Page

_ARTICLE_TYPE_PATTERN = re.compile(r"Article\Z|\AReport|Posting\Z|\AReview")
_SKIPPED_TAGS = frozenset(
    "script style nav header footer aside form noscript svg button template iframe figcaption".split()
)
_BLOCK_TAGS = frozenset("p h1 h2 h3 h4 li blockquote".split())
_FLUSHING_TAGS = _BLOCK_TAGS | {"figcaption", "title"}
_VOID_TAGS = frozenset("area base br col embed hr img input link meta source track wbr".split())
_META_FIELDS = {
    name: field
    for field, names in {
        "title": "og:title twitter:title dc.title citation_title headline",
        "author": "author article:author dc.creator byl citation_author parsely-author",
        "date": "article:published_time date pubdate dc.date publishdate datepublished citation_publication_date",
        "publication": "og:site_name dc.publisher citation_journal_title application-name",
        "section": "article:section",
        "deck": "og:description description",
        "keywords": "keywords news_keywords",
    }.items()
    for name in names.split()
}
"""The name of a meta tag -> our field; the first that a page has wins."""


class _ArticleHTMLParser(HTMLParser):
    """A parser that collects meta values, captions and paragraphs.

    `paragraphs` holds the tag, the text, and True inside `article` or `main`.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, Any] = {}
        self.title = ""
        self.language = ""
        self.captions: list[str] = []
        self.paragraphs: list[tuple[str, str, bool]] = []  # tag, text, inside <article>
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()  # of the open tags, for pages that open thousands
        self._blocks: list[str] = []  # the open tags that are blocks
        self._skipped = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")[:2]
        if tag == "meta":
            name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
            field = _META_FIELDS.get(name)
            if field and values.get("content") and field not in self.meta:
                self.meta[field] = values["content"]
        if tag == "time" and values.get("datetime"):
            self.meta.setdefault("date", values["datetime"])
        if tag == "br":
            self._text.append("\n")
        if tag in _VOID_TAGS:
            return
        if tag in _FLUSHING_TAGS:
            self._flush()
        self._open.append(tag)
        self._counts[tag] += 1
        self._skipped += tag in _SKIPPED_TAGS
        if tag in _BLOCK_TAGS:
            self._blocks.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._counts[tag]:
            return
        if tag in _FLUSHING_TAGS:
            self._flush()
        closed = ""
        while closed != tag:
            closed = self._open.pop()
            self._counts[closed] -= 1
            self._skipped -= closed in _SKIPPED_TAGS
            if closed in _BLOCK_TAGS:
                self._blocks.pop()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _flush(self) -> None:
        plain, self._text = " ".join("".join(self._text).split()), []
        if not plain or not self._open:
            return
        if self._counts["title"]:
            self.title = self.title or plain
        elif self._counts["figcaption"]:
            self.captions.append(plain)
        elif not self._skipped and self._blocks:
            inside = bool(self._counts["article"] or self._counts["main"])
            self.paragraphs.append((self._blocks[-1], plain, inside))

    def close(self) -> None:
        self._flush()
        super().close()


def read_html_article(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a saved page, from its bytes; as `read_webpage`."""
    return iter([read_webpage(decode_text(data, shown), shown)])


def read_webpage(text: str, shown: str) -> ImportedPart:
    """Return the article of a saved page. Raise `PageError` for a page without the text of an article."""
    page = simplify_markup(text)
    parser = _ArticleHTMLParser()
    parser.feed(page.text)
    parser.close()
    record = next(_iter_news_articles(page.linked_data), {})
    values = {**parser.meta, **_extract_values(record)}
    body = str(record.get("articleBody") or "")
    if len(body) < 200:
        body = _extract_body(parser) or body
    heading = next((text for tag, text, _ in parser.paragraphs if tag == "h1"), "")
    values["title"] = values.get("title") or heading or re.split(r"\s+[|–—-]\s+", parser.title)[0]
    values["publication"] = values.get("publication") or _name_behind_title(parser.title, str(values["title"]))
    if not body.strip():
        raise PageError(shown, "a web page without the text of an article")
    if values.get("deck") and str(values["deck"])[:60] in body:
        del values["deck"]  # the beginning of the text again
    values.setdefault("language", parser.language)
    values["captions"] = parser.captions
    if str(values.get("author", "")).startswith("http"):
        del values["author"]
    return ImportedPart(shown, "", Page((build_article(values, body),)))


def _name_behind_title(page_title: str, title: str) -> str:
    """Return the site that the title of a page names behind that of its article: `Dam holds | Ridge Daily`."""
    rest = page_title.removeprefix(title) if title else ""
    parts = re.split(r"\s+[|–—·-]\s+", rest)
    return parts[-1].strip() if len(parts) > 1 and not parts[0].strip() else ""


def _iter_news_articles(scripts: list[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the articles in JSON-LD, at any depth of lists and graphs."""
    for script in scripts:
        try:
            queue = deque([json.loads(script)])
        except (ValueError, RecursionError):
            continue
        while queue:
            value = queue.popleft()
            if isinstance(value, list):
                queue += value
            elif isinstance(value, dict):
                kinds = value.get("@type") or ""
                if any(
                    isinstance(kind, str) and _ARTICLE_TYPE_PATTERN.search(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield value
                queue += [value[name] for name in ("@graph", "mainEntity") if name in value]


def _extract_values(record: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "headline": "title",
        "name": "title",
        "alternativeHeadline": "deck",
        "author": "author",
        "creator": "author",
        "contributor": "contributors",
        "datePublished": "date",
        "articleSection": "section",
        "publisher": "publication",
        "isPartOf": "publication",
        "printPage": "page",
        "inLanguage": "language",
        "keywords": "keywords",
    }
    values: dict[str, Any] = {}
    for theirs, ours in names.items():
        if record.get(theirs) and ours not in values:
            values[ours] = record[theirs]
    return values


def _extract_body(parser: _ArticleHTMLParser) -> str:
    inside = [(tag, text) for tag, text, own in parser.paragraphs if own] or [
        (tag, text) for tag, text, _ in parser.paragraphs
    ]
    plain = [text for tag, text in inside if tag == "p" or (tag == "blockquote")]
    return "\n\n".join(text for text in plain if len(text.split()) > 3 or text[-1:] in '.!?”"')
