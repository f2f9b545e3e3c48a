"""A saved web page as it is marked up: meta values, addresses, captions and paragraphs, with what is boilerplate."""

import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, NamedTuple

from shanxi_cli.importers.written_dates import find_written_date

_SKIPPED_TAGS = frozenset(
    "script style nav header footer aside form noscript svg button template iframe figcaption".split()
)
_BLOCK_TAGS = frozenset("p h1 h2 h3 h4 h5 li blockquote div section article main td dd dt pre body".split())
_BOILERPLATE_PATTERN = re.compile(
    r"(?i)(?:\A|[-_])(?:related|comments?|newsletter|promos?|share|sharing|social|sidebar|menu|navbar|navigation|footer"
    r"|advert\w*|ads?|teasers?|recommend\w*|recirc\w*|subscri\w*|breadcrumbs?|cookies?|disqus|most-?(?:read|popular)"
    r"|read-?more|signup|biography|author-?bio|masthead|copyright|tags?)(?:\Z|[-_])"
)
_BYLINE_PATTERN = re.compile(r"(?i)(?:\A|[-_])(?:byline|author|authors|writer)(?:\Z|[-_]name\Z)")
_DATE_PATTERN = re.compile(r"(?i)(?:\A|[-_])(?:date|pubdate|published|timestamp|dateline-?date|publish-?date)\Z")
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


class MarkedPage(NamedTuple):
    """Values and texts that the markup of a page marks as such.

    `meta` has values by our names, `addresses` the links `canonical` and `og:url`. `paragraphs` holds the tag, the
    text, and True inside `article` or `main`; `boilerplate` is the text of menus, teasers and comments.
    """

    meta: dict[str, Any]
    addresses: dict[str, str]
    title: str
    language: str
    captions: list[str]
    paragraphs: list[tuple[str, str, bool]]
    byline: str
    page_date: str
    boilerplate: list[str]


def read_marked_page(markup: str) -> MarkedPage:
    """Return the values and texts of a page whose markup `simplify_markup` has prepared."""
    parser = _PageParser()
    parser.feed(markup)
    parser.close()
    return MarkedPage(
        parser.meta,
        parser.addresses,
        parser.title,
        parser.language,
        parser.captions,
        parser.paragraphs,
        parser.byline,
        parser.page_date,
        parser.boilerplate,
    )


class _PageParser(HTMLParser):
    """A parser that collects the fields of `MarkedPage`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, Any] = {}
        self.title = ""
        self.addresses: dict[str, str] = {}  # `canonical` and `og:url`
        self.language = ""
        self.captions: list[str] = []
        self.paragraphs: list[tuple[str, str, bool]] = []  # tag, text, inside <article>
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()  # of the open tags, for pages that open thousands
        self._blocks: list[str] = []  # the open tags that are blocks
        self._skipped = 0
        self._text: list[str] = []
        self.byline = ""
        self.boilerplate: list[str] = []
        self.page_date = ""
        self._marks: list[str] = []  # of each open tag: `b` for boilerplate, `y` for a byline, `d` for a date, or empty

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")[:2]
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.addresses.setdefault("canonical", values.get("href", ""))
        if tag == "meta":
            name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
            field = _META_FIELDS.get(name)
            if field and values.get("content") and field not in self.meta:
                self.meta[field] = values["content"]
            if name == "og:url":
                self.addresses.setdefault(name, values.get("content", ""))
        if tag == "time" and values.get("datetime"):
            self.meta.setdefault("date", values["datetime"])
        if tag == "br":
            self._text.append("\n")
        if tag in _VOID_TAGS:
            return
        mark = _classify_element(tag, values)
        if tag in _FLUSHING_TAGS or (mark in ("y", "d") and not self._marks_any("yd")):
            self._flush()
        self._marks.append(mark)
        self._open.append(tag)
        self._counts[tag] += 1
        self._skipped += tag in _SKIPPED_TAGS or mark == "b"
        if tag in _BLOCK_TAGS:
            self._blocks.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._counts[tag]:
            return
        if tag in _FLUSHING_TAGS or (self._open and self._open[-1] == tag and self._marks[-1] in ("y", "d")):
            self._flush()
        closed = ""
        while closed != tag:
            closed = self._open.pop()
            self._counts[closed] -= 1
            self._skipped -= closed in _SKIPPED_TAGS or self._marks[-1] == "b"
            self._marks.pop()
            if closed in _BLOCK_TAGS:
                self._blocks.pop()

    def _marks_any(self, marks: str) -> bool:
        return any(mark in self._marks for mark in marks)

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
        elif self._skipped:
            self.boilerplate.append(plain)
        elif "y" in self._marks and len(plain) < 150:
            self.byline = f"{self.byline} {plain}".strip()
        elif "d" in self._marks and (found := find_written_date(plain)) and len(plain) < 80:
            self.page_date = self.page_date or found.date
        elif self._blocks:
            inside = bool(self._counts["article"] or self._counts["main"])
            self.paragraphs.append((self._blocks[-1], plain, inside))

    def close(self) -> None:
        self._flush()
        super().close()


def _classify_element(tag: str, values: Mapping[str, str]) -> str:
    """Return `b` for an element of boilerplate, `y` for a byline, `d` for a date, else an empty string."""
    names = [*values.get("class", "").split(), values.get("id", "")]
    if tag not in ("html", "body", "main", "article") and any(map(_BOILERPLATE_PATTERN.search, names)):
        return "b"
    if values.get("rel") == "author" or any(map(_BYLINE_PATTERN.search, names)):
        return "y"
    return "d" if tag == "time" or any(map(_DATE_PATTERN.search, names)) else ""
