"""NewsML-G2 and NewsML 1: items of news agencies, alone or in a message.

https://iptc.org/standards/newsml-g2/ ; https://iptc.org/standards/newsml-1/ . The text is NITF, XHTML or other XML
inside the item, or plain data. Items without text (pictures, packages) are listed as left out.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import add_left_out, make_export_part, parse_export_names
from shanxi_cli.importers.html_blocks import read_html_paragraphs
from shanxi_cli.importers.nitf import NewsItem, parse_nitf
from shanxi_cli.importers.records import split_paragraphs
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_text import (
    find_child,
    find_first,
    join_text,
    list_unread_lines,
    parse_stamp,
    read_xml_paragraphs,
)
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml

_ITEMS = frozenset(("newsItem", "NewsItem"))
_CONTENTS = frozenset(("inlineXML", "inlineData", "DataContent"))
_DATES = ("contentCreated", "firstCreated", "versionCreated", "contentModified", "FirstCreated", "DateId")
_Elements = list[ElementTree.Element]


def read_newsml_articles(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an item or a message. Raise `PageError` if none of its items has a text."""
    root = parse_xml(data, shown)
    items = [root] if local_name(root) in _ITEMS else list(iter_named(root, *_ITEMS))
    found = [(item, _parse_item(item)) for item in items]
    if not any(news.paragraphs for _, news in found):
        raise PageError(shown, "NewsML without the text of an article, only pictures, packages or other items")
    left_out = [f"export line: {line}" for line in list_unread_lines(root, set(items))]
    for item, news in found:
        left_out += [] if news.paragraphs else [f"item line: {line}" for line in list_unread_lines(item, ())]
    texts = [news for _, news in found if news.paragraphs]
    parts = (
        make_export_part(news.values, news.paragraphs, news.left_out, shown, number)
        for number, news in enumerate(texts, 1)
    )
    return add_left_out(parts, left_out)


def _parse_item(item: ElementTree.Element) -> NewsItem:
    """Return the article of an item: the longest of its contents, and the fields that the item states."""
    read: _Elements = []
    contents = [(one, _parse_content(one)) for one in iter_named(item, *_CONTENTS)]
    best, news = max(contents, key=lambda pair: sum(map(len, pair[1].paragraphs)), default=(item, NewsItem({}, [], [])))
    read += [best] if best is not item else []
    values = {name: value for name, value in news.values.items() if value}
    left_out = list(news.left_out)
    headline = _find_headline(item, read)
    paragraphs = news.paragraphs
    if headline:
        left_out += [f"title {values['title']}"] if values.get("title", headline) != headline else []
        values["title"] = headline
        paragraphs = paragraphs[1:] if paragraphs and paragraphs[0] == headline else paragraphs
    left_out += _read_authors(item, values, read)
    values.setdefault("date", _find_date(item))
    values.update(_read_metadata(item, values))
    if summary := _find_summary(item, read):
        values.setdefault("deck", summary if summary not in " ".join(paragraphs) else "")
    return NewsItem(values, paragraphs, left_out + list_unread_lines(item, set(read)))


def _parse_content(content: ElementTree.Element) -> NewsItem:
    nitf = find_first(content, "nitf")
    if nitf is not None:
        return parse_nitf(nitf)
    if not len(content):
        text = "".join(content.itertext())
        is_markup = "</" in text or "<br" in text
        return NewsItem({}, read_html_paragraphs(text) if is_markup else split_paragraphs(text), [])
    body = find_first(content, "body")
    body = content if body is None else body
    aside = [one for one in iter_named(body, "header", "footer", "nav", "aside") if _is_label_list(one)]
    paragraphs = read_xml_paragraphs(body, aside)
    outside = [] if body is content else list_unread_lines(content, {body})
    left_out = [*outside, *(line for one in aside for line in read_xml_paragraphs(one))]
    heading = next((join_text(one) for one in iter_named(body, "h1") if one not in aside), "")
    if heading and paragraphs and paragraphs[0] == heading:
        return NewsItem({"title": heading}, paragraphs[1:], left_out)
    return NewsItem({}, paragraphs, left_out)


def _is_label_list(element: ElementTree.Element) -> bool:
    """Return True for a header of labels and credits, without a paragraph of text."""
    return all(len(join_text(one).split()) < 25 for one in iter_named(element, "p"))


def _find_headline(item: ElementTree.Element, read: _Elements) -> str:
    """Return the headline of an item: the one without a role, or the first; else the title of the item."""
    heads = [one for one in iter_named(item, "headline", "HeadLine") if join_text(one)]
    plain = [one for one in heads if not get_attribute(one, "role")]
    if not heads and (title := find_child(item, "itemMeta", "title")) is not None:
        plain = [title] if join_text(title) else []
    chosen = (plain or heads)[:1]
    read += chosen
    return join_text(chosen[0]) if chosen else ""


def _read_authors(item: ElementTree.Element, values: dict[str, object], read: _Elements) -> list[str]:
    """Put the names of the bylines, or of the creators, into the values; return the bylines as they are printed."""
    lines = [one for one in iter_named(item, "by", "ByLine") if join_text(one)]
    if lines:
        read += lines
        values["author"] = [name for line in lines for name in parse_export_names(join_text(line))]
        return [f"byline {join_text(line)}" for line in lines]
    if not values.get("author"):
        creators = [one for one in iter_named(item, "creator") if "source" not in get_attribute(one, "role").lower()]
        values["author"] = [name for one in creators if (name := join_text(find_child(one, "name")))]
    return []


def _find_date(item: ElementTree.Element) -> str:
    for name in _DATES:
        for element in iter_named(item, name):
            if date := parse_stamp(join_text(element)):
                return date
    return ""


def _read_metadata(item: ElementTree.Element, known: dict[str, object]) -> dict[str, object]:
    """Return newspaper, section, language and keywords; their elements stay among the unread."""
    values: dict[str, object] = {}
    sources = [find_first(item, name) for name in ("provider", "infoSource", "Provider")]
    names = (_name_party(source) for source in sources if source is not None)
    values["url"] = _find_address(item)
    values["publication"] = known.get("publication") or next((name for name in names if name), "")
    service = find_child(item, "itemMeta", "service")
    values["section"] = known.get("section") or join_text(find_child(service, "name") if service is not None else None)
    language = find_first(item, "language", "Language")
    code = get_attribute(language, "tag") or get_attribute(language, "FormalName") if language is not None else ""
    values["language"] = (code or get_attribute(item, "lang") or str(known.get("language", "")))[:2].lower()
    words = [join_text(one) for one in iter_named(item, "keyword", "KeywordLine")]
    words += [join_text(find_child(one, "name")) for one in iter_named(item, "subject")]
    words += [
        get_attribute(p, "Value") for p in iter_named(item, "Property") if get_attribute(p, "FormalName") == "Keyword"
    ]
    earlier = known.get("keywords")
    words = [*(earlier if isinstance(earlier, list) else []), *words]
    values["keywords"] = list(dict.fromkeys(word for word in words if word))
    return {name: value for name, value in values.items() if value}


def _find_address(item: ElementTree.Element) -> str:
    """Return the address of an item: its own, or a representation of it on the web; empty for a name (`urn:`)."""
    names = [get_attribute(item, "guid"), *(get_attribute(one, "href") for one in iter_named(item, "altLoc", "webLoc"))]
    names += [join_text(one) for one in iter_named(item, "altId", "PublicIdentifier")]
    return next((name for name in names if name.startswith(("http://", "https://"))), "")


def _name_party(source: ElementTree.Element) -> str:
    party = find_first(source, "Party")
    names = (join_text(find_child(source, "name")), get_attribute(source, "literal"))
    return next((name for name in names if name), get_attribute(party, "FormalName") if party is not None else "")


def _find_summary(item: ElementTree.Element, read: _Elements) -> str:
    for one in iter_named(item, "description", "SubHeadLine"):
        role = get_attribute(one, "role").lower()
        if join_text(one) and (local_name(one) == "SubHeadLine" or "summary" in role or "abstract" in role):
            read.append(one)
            return join_text(one)
    return ""
