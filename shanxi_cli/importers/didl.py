"""DIDL (MPEG-21) of Delpher, the newspapers and radio bulletins of the National Library of the Netherlands.

An issue is `didl.xml`; the text of each article is a file of its own beside it, with `title` and `p`. The zip files of
Delpher's open archive are laid out so. https://www.kb.nl/en/research-find/datasets/delpher-newspapers
"""

import os
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import add_left_out, make_export_part, parse_export_language
from shanxi_cli.importers.input_files import MAX_FILE_BYTES, read_input_file
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_text import find_first, join_text, parse_stamp, read_xml_paragraphs
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.segmentation.page import Page

_LISTED = "identifier subject alternative publisher issuenumber edition temporal spatial source issued type".split()


class _Issue(NamedTuple):
    """Fields that the articles of an issue share, the folder of their texts, and lines about the issue itself."""

    common: dict[str, object]
    folder: str
    shown: str
    lines: list[str]
    pages: dict[str, str]


def read_didl_articles(data: bytes, path: str, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an issue; one whose text is missing is the problem of its part.

    Raise `PageError` if no text of the issue is beside the file.
    """
    root = parse_xml(data, shown)
    top = find_first(root, "Item")
    if top is None:
        raise PageError(shown, "DIDL without items")
    issue = _read_issue(top, os.path.dirname(os.path.abspath(path)), shown)
    items = [item for item in iter_named(top, "Item") if _find_text_names(item) and not _is_zone(item)]
    left = MAX_FILE_BYTES
    parts: list[ImportedPart] = []
    for number, item in enumerate(items, 1):
        part, size = _read_article(item, issue, number, left)
        left -= size
        parts.append(part)
    if not any(part.page.articles for part in parts):
        names = ", ".join(name for item in items[:1] for name in _find_text_names(item)) or "the texts of its articles"
        raise PageError(shown, f"DIDL without its texts; put {names} into its folder")
    return add_left_out(parts, issue.lines)


def read_delpher_text(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a text file of Delpher alone: its headline and paragraphs."""
    title, paragraphs = _parse_text(data, shown)
    if not paragraphs:
        raise PageError(shown, "a text of Delpher without paragraphs")
    return iter([make_export_part({"title": title}, paragraphs, (), shown, 1)._replace(name=shown)])


def _parse_text(data: bytes, shown: str) -> tuple[str, list[str]]:
    root = parse_xml(data, shown)
    title = find_first(root, "title")
    return join_text(title), read_xml_paragraphs(root, [] if title is None else [title])


def _read_issue(top: ElementTree.Element, folder: str, shown: str) -> _Issue:
    record = find_first(top, "dcx")
    common: dict[str, object] = {}
    lines: list[str] = []
    for element in record if record is not None else ():
        name, text = local_name(element), join_text(element)
        if name == "title" and "publication" not in common:
            common["publication"] = text
        elif name == "date" and "date" not in common:
            common["date"] = parse_stamp(text) or text
        elif name == "language":
            code = text if len(text) == 2 else parse_export_language(text)
            common.setdefault("language", code)
        elif text:
            lines.append(f"issue line: {name} {text}")
    pages = {
        get_attribute(item, "identifier"): join_text(find_first(item, "nativePageNumber"))
        for item in iter_named(top, "Item")
        if find_first(item, "nativePageNumber") is not None
    }
    return _Issue(common, folder, shown, lines, pages)


def _is_zone(item: ElementTree.Element) -> bool:
    """Return True for the part of an article that a page has."""
    return bool(get_attribute(item, "article_id"))


def _find_text_names(item: ElementTree.Element) -> list[str]:
    """Return the names that the text of an item may have beside the issue; empty for an item without text."""
    names: list[str] = []
    for component in item:
        role = next((join_text(one) for one in iter_named(component, "Statement")), "")
        if local_name(component) != "Component" or role != "ocr":
            continue
        for resource in iter_named(component, "Resource"):
            ref = get_attribute(resource, "ref")
            names += [get_attribute(resource, "filename"), "" if "://" in ref else ref]
    return [os.path.basename(name) for name in names if name]


def _read_article(item: ElementTree.Element, issue: _Issue, number: int, limit: int) -> tuple[ImportedPart, int]:
    """Return the article of an item and the size of its text file."""
    names = _find_text_names(item)
    path = next((p for name in names if os.path.isfile(p := os.path.join(issue.folder, name))), "")
    path = path or _find_only_text(issue.folder)
    label = f"{issue.shown} article {number}"
    if not path:
        problem = f"there is no file {names[0]} beside it; put it into its folder"
        return ImportedPart(label, "", Page(()), problem), 0
    data = read_input_file(path, label, limit)
    title, paragraphs = _parse_text(data, f"{issue.shown}: {os.path.basename(path)}")
    record = find_first(item, "dcx")
    values = dict(issue.common)
    stated = join_text(find_first(record, "title")) if record is not None else ""
    values["title"] = stated or title
    left_out = [title] if title and " ".join(title.split()) != values["title"] else []
    for element in record if record is not None else ():
        if local_name(element) in _LISTED and join_text(element):
            left_out.append(f"{local_name(element)} {join_text(element)}")
    subject = find_first(record, "subject") if record is not None else None
    values["section"] = join_text(subject)
    values["page"] = _find_page(item, issue)
    addresses = [join_text(one) for one in iter_named(record, "identifier")] if record is not None else []
    values["url"] = next((one for one in addresses if one.startswith("http")), "")
    return make_export_part(values, paragraphs, left_out, issue.shown, number), len(data)


def _find_only_text(folder: str) -> str:
    """Return the path of the only file of text in a folder, whatever its name; empty if there are several."""
    names = [name for name in os.listdir(folder) if name.lower().endswith("text.xml")]
    return os.path.join(folder, names[0]) if len(names) == 1 else ""


def _find_page(item: ElementTree.Element, issue: _Issue) -> str:
    part = find_first(item, "article-part")
    return issue.pages.get(get_attribute(part, "pageid"), "") if part is not None else ""
