"""NITF: one article of a news agency or a newspaper as XML. https://iptc.org/standards/nitf/ (3.6)."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part, parse_export_names
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

_DATES = (("date.issue", "norm"), ("pubdata", "date.publication"), ("date.release", "norm"), ("story.date", "norm"))
_PUBLICATION = {"name": "publication", "position.section": "section", "position.sequence": "page"}


class NewsItem(NamedTuple):
    """The fields of an article by our names, its paragraphs, and what belongs to neither."""

    values: dict[str, object]
    paragraphs: list[str]
    left_out: list[str]


def read_nitf_articles(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of a NITF file. Raise `PageError` if none has a headline or a text."""
    items = [parse_nitf(root) for root in iter_named(parse_xml(data, shown), "nitf")]
    items = [item for item in items if item.paragraphs or item.values.get("title")]
    if not items:
        raise PageError(shown, "NITF without the text of an article")
    for number, item in enumerate(items, 1):
        part = make_export_part(item.values, item.paragraphs, item.left_out, shown, number)
        yield part if len(items) > 1 else part._replace(name=shown)


def parse_nitf(root: ElementTree.Element) -> NewsItem:
    """Return the article of an element `nitf`."""
    read: list[ElementTree.Element] = []
    captions = _read_captions(root, read)
    content = find_first(root, "body.content")
    media = list(iter_named(root, "media"))
    paragraphs = read_xml_paragraphs(content, media) if content is not None else []
    read += _list_read_blocks(content, media)
    values: dict[str, object] = {"title": _take(root, read, "hl1") or _take(root, read, "hedline")}
    title = find_first(root, "title")
    if not values["title"] or join_text(title) == values["title"]:
        values["title"] = values["title"] or join_text(title)
        read += [title] if title is not None else []
    head = find_first(root, "body.head")
    deck = find_first(head, "abstract", "hl2") if head is not None else None
    if deck is not None:
        read.append(deck)
        known = " ".join([str(values["title"]), *paragraphs])
        values["deck"] = join_text(deck) if join_text(deck) not in known else ""
    left_out = _read_byline(head, values, read)
    values.update(_read_publication(root))
    values["captions"] = captions
    names = [get_attribute(one, "id-string") for one in iter_named(root, "doc-id")]
    names += [get_attribute(one, "ex-ref") for one in iter_named(root, "pubdata")]
    values["url"] = next((name for name in names if name.startswith(("http://", "https://"))), "")
    values["language"] = (get_attribute(root, "lang") or get_attribute(root, "baselang"))[:2]
    values["keywords"] = [key for one in iter_named(root, "keyword") if (key := get_attribute(one, "key"))]
    return NewsItem(values, paragraphs, left_out + list_unread_lines(root, set(read)))


def _take(root: ElementTree.Element, read: list[ElementTree.Element], name: str) -> str:
    """Return the text of the first element with a name, which is then read."""
    found = find_first(root, name)
    if found is None or not join_text(found):
        return ""
    read.append(found)
    return join_text(found)


def _list_read_blocks(
    content: ElementTree.Element | None, media: list[ElementTree.Element]
) -> Iterator[ElementTree.Element]:
    """Yield the elements of a body that are read whole: those without a picture below them."""
    stack = [] if content is None else [content]
    while stack:
        element = stack.pop()
        if element in media:
            continue
        if any(local_name(one) == "media" for one in element.iter()):
            stack.extend(element)
        else:
            yield element


def _read_captions(root: ElementTree.Element, read: list[ElementTree.Element]) -> list[dict[str, str]]:
    captions = []
    for media in iter_named(root, "media"):
        texts = [one for one in iter_named(media, "media-caption") if join_text(one)]
        producer = find_first(media, "media-producer")
        if texts:
            captions.append({"text": " ".join(map(join_text, texts)), "credit": join_text(producer)})
            read += [*texts, *([producer] if producer is not None else [])]
    return captions


def _read_byline(
    head: ElementTree.Element | None, values: dict[str, object], read: list[ElementTree.Element]
) -> list[str]:
    """Put the names of the bylines into the values; return the bylines as they are printed."""
    lines = [one for one in iter_named(head, "byline") if join_text(one)] if head is not None else []
    people = [join_text(person) for line in lines for person in iter_named(line, "person")]
    names = [" ".join(read_xml_paragraphs(line, list(iter_named(line, "byttl")))) for line in lines]
    values["author"] = people or [name for line in names if line for name in parse_export_names(line)]
    read += lines
    return [f"byline {' '.join(' '.join(line.itertext()).split())}" for line in lines]


def _read_publication(root: ElementTree.Element) -> dict[str, object]:
    """Return date, newspaper, section and page; their elements are listed whole as unread besides."""
    values: dict[str, object] = {}
    for name, attribute in _DATES:
        dates = (parse_stamp(get_attribute(one, attribute)) for one in iter_named(root, name))
        values.setdefault("date", next((date for date in dates if date), ""))
        if values["date"]:
            break
        del values["date"]
    pubdata = find_first(root, "pubdata")
    for attribute, field in _PUBLICATION.items():
        if pubdata is not None and (value := get_attribute(pubdata, attribute)):
            values[field] = value
    if "publication" not in values and (source := find_child(root, "body", "body.head", "distributor")) is not None:
        values["publication"] = join_text(source)
    return values
