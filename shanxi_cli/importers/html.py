"""Saved web pages with one article: JSON-LD first, then meta tags, then the text of the page."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import parse_export_names
from shanxi_cli.importers.html_extraction import extract_web_text
from shanxi_cli.importers.mail import read_mhtml_page
from shanxi_cli.importers.markup import simplify_markup
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.written_dates import find_written_date
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.frozen_record import replace_fields

_ARTICLE_TYPE_PATTERN = re.compile(r"Article\Z|\AReport|Posting\Z|\AReview")
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
_TEXT_TAGS = frozenset("p blockquote li h2 h3 h4 pre".split())
_SHORT_TEXT_TAGS = frozenset("li h2 h3 h4".split())
_MIN_KEPT_SHARE = 0.4
_WITHOUT_EXTRA = "read without trafilatura, so menus or teasers may be in it; pip install 'shanxi[import]'"
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
        self.byline = ""
        self.boilerplate: list[str] = []
        self.page_date = ""
        self._marks: list[str] = []  # of each open tag: `b` for boilerplate, `y` for a byline, `d` for a date, or empty

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


def read_html_article(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a saved page, from its bytes; as `read_webpage`."""
    return iter([read_webpage(decode_text(data, shown), shown)])


def read_mhtml_article(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a page saved as MHTML."""
    return read_mhtml_page(data, shown, read_html_article)


def read_webpage(text: str, shown: str) -> ImportedPart:
    """Return the article of a saved page. Raise `PageError` for a page without the text of an article."""
    page = simplify_markup(text)
    parser = _ArticleHTMLParser()
    parser.feed(page.text)
    parser.close()
    record = next(_iter_news_articles(page.linked_data), {})
    values = {**parser.meta, **_extract_values(record)}
    extracted = extract_web_text(text)
    heading = next((plain for tag, plain, _ in parser.paragraphs if tag == "h1"), "")
    body = _drop_boilerplate(extracted.body, parser)
    body = _drop_first_line(body, (str(values.get("title", "")), heading))
    if not body:
        body = str(record.get("articleBody") or "")
        body = body if len(body) >= 200 else _extract_body(parser) or body
    if parser.byline and not values.get("author"):
        values["author"] = parse_export_names(parser.byline)
    values["author"] = values.get("author") or extracted.author
    values["date"] = values.get("date") or parser.page_date or extracted.date
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
    article = build_article(values, body)
    if not extracted.installed:
        article = replace_fields(article, unsure=(*article.unsure, _WITHOUT_EXTRA))
    known = f" {' '.join(f'{article.title} {body}'.split())} "
    others = [plain for _, plain, _ in parser.paragraphs if f" {plain} " not in known]
    dropped = tuple(f"web page: {plain}" for plain in (*dict.fromkeys(others), *parser.boilerplate))
    return ImportedPart(shown, "", Page((article,), (), dropped))


def _drop_boilerplate(body: str, parser: _ArticleHTMLParser) -> str:
    """Return a text without paragraphs that stand only in menus, teasers and comments.

    Where these are most of the text, the names of the classes mislead, and it stays whole.
    """
    unwanted = set(parser.boilerplate) - {text for _, text, _ in parser.paragraphs}
    kept = [paragraph for paragraph in body.split("\n\n") if " ".join(paragraph.split()) not in unwanted]
    return "\n\n".join(kept) if sum(map(len, kept)) >= _MIN_KEPT_SHARE * len(body) else body


def _drop_first_line(body: str, titles: tuple[str, ...]) -> str:
    """Return a text without the headline at its beginning."""
    first, _, rest = body.partition("\n\n")
    return rest if rest and any(first == " ".join(title.split()) for title in titles if title) else body


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
    start = next((n + 1 for n, (tag, _) in enumerate(inside) if tag == "h1"), 0)
    is_marked = any(own for _, _, own in parser.paragraphs)
    return "\n\n".join(text for tag, text in inside[start:] if _is_paragraph(tag, text, is_marked=is_marked))


def _is_paragraph(tag: str, text: str, *, is_marked: bool) -> bool:
    """Return True for text of an article; short lists and headings are, where the page marks its article."""
    if tag == "h1":
        return False
    if _is_sentence(text) or (is_marked and tag in _SHORT_TEXT_TAGS):
        return True
    return tag in _TEXT_TAGS and len(text.split()) > 3


def _is_sentence(text: str) -> bool:
    return text[-1:] in '.!?”"。！？」'
