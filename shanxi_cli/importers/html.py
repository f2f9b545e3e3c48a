"""Saved web pages with one article: JSON-LD first, then meta tags, then the text of the page."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import parse_export_names
from shanxi_cli.importers.html_addresses import find_page_address, find_saved_address
from shanxi_cli.importers.html_extraction import extract_web_text
from shanxi_cli.importers.html_page import MarkedPage, read_marked_page
from shanxi_cli.importers.mail import read_mhtml_page
from shanxi_cli.importers.markup import simplify_markup
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.frozen_record import replace_fields

_ARTICLE_TYPE_PATTERN = re.compile(r"Article\Z|\AReport|Posting\Z|\AReview")
_TEXT_TAGS = frozenset("p blockquote li h2 h3 h4 pre".split())
_SHORT_TEXT_TAGS = frozenset("li h2 h3 h4".split())
_MIN_KEPT_SHARE = 0.4
_WITHOUT_EXTRA = "read without trafilatura, so menus or teasers may be in it; pip install 'shanxi[import]'"


def read_html_article(data: bytes, shown: str, address: str = "") -> Iterator[ImportedPart]:
    """Return the article of a saved page, from its bytes; as `read_webpage`."""
    return iter([read_webpage(decode_text(data, shown), shown, address)])


def read_mhtml_article(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a page saved as MHTML."""
    return read_mhtml_page(data, shown, read_html_article)


def read_webpage(text: str, shown: str, address: str = "") -> ImportedPart:
    """Return the article of a saved page. Raise `PageError` for a page without the text of an article.

    `address` is the one that the page was saved from, if its file is not the page alone.
    """
    page = simplify_markup(text)
    marked = read_marked_page(page.text)
    record = next(_iter_news_articles(page.linked_data), {})
    values = {**marked.meta, **_extract_values(record)}
    extracted = extract_web_text(text)
    heading = next((plain for tag, plain, _ in marked.paragraphs if tag == "h1"), "")
    body = _drop_boilerplate(extracted.body, marked)
    body = _drop_first_line(body, (str(values.get("title", "")), heading))
    if not body:
        body = str(record.get("articleBody") or "")
        body = body if len(body) >= 200 else _extract_body(marked) or body
    if marked.byline and not values.get("author"):
        values["author"] = parse_export_names(marked.byline)
    values["author"] = values.get("author") or extracted.author
    values["date"] = values.get("date") or marked.page_date or extracted.date
    values["url"] = find_page_address(marked, record, address or find_saved_address(text))
    values["title"] = values.get("title") or heading or re.split(r"\s+[|–—-]\s+", marked.title)[0]
    values["publication"] = values.get("publication") or _name_behind_title(marked.title, str(values["title"]))
    if not body.strip():
        raise PageError(shown, "a web page without the text of an article")
    if values.get("deck") and str(values["deck"])[:60] in body:
        del values["deck"]  # the beginning of the text again
    values.setdefault("language", marked.language)
    values["captions"] = marked.captions
    if str(values.get("author", "")).startswith("http"):
        del values["author"]
    article = build_article(values, body)
    if not extracted.installed:
        article = replace_fields(article, unsure=(*article.unsure, _WITHOUT_EXTRA))
    known = f" {' '.join(f'{article.title} {article.publication} {body}'.split())} "
    texts = [*re.split(r"\s+[|–—·-]\s+", marked.title), *(plain for _, plain, _ in marked.paragraphs)]
    others = [plain for plain in texts if f" {plain} " not in known]
    dropped = tuple(f"web page: {plain}" for plain in (*dict.fromkeys(others), *marked.boilerplate) if plain)
    return ImportedPart(shown, "", Page((article,), (), dropped))


def _drop_boilerplate(body: str, marked: MarkedPage) -> str:
    """Return a text without paragraphs that stand only in menus, teasers and comments.

    Where these are most of the text, the names of the classes mislead, and it stays whole.
    """
    unwanted = set(marked.boilerplate) - {text for _, text, _ in marked.paragraphs}
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


def _extract_body(marked: MarkedPage) -> str:
    inside = [(tag, text) for tag, text, own in marked.paragraphs if own] or [
        (tag, text) for tag, text, _ in marked.paragraphs
    ]
    start = next((n + 1 for n, (tag, _) in enumerate(inside) if tag == "h1"), 0)
    is_marked = any(own for _, _, own in marked.paragraphs)
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
