"""METS with ALTO: a digitised issue that records the articles, so that no page is segmented.

https://www.loc.gov/standards/mets/ ; as libraries write it: the logical structure has a `div` for each article, whose
areas name the text blocks of the ALTO files. Without such articles (NDNP) each page is segmented, with the date and
the newspaper of the issue.
"""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.alto import read_alto_pages
from shanxi_cli.importers.exports import add_left_out, make_export_part, parse_export_names
from shanxi_cli.importers.mets_files import AltoFiles
from shanxi_cli.importers.mets_metadata import IssueDescription, is_placeholder, read_descriptions
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.rules.bylines import parse_byline
from shanxi_cli.util.frozen_record import replace_fields

_KINDS = {
    name: kind
    for kind, names in {
        "head": "HEADING HEADLINE TITLE HEADER MAIN_TITLE OVERLINE SUBHEADLINE SUBTITLE",
        "signed": "AUTHOR BYLINE",
        "caption": "CAPTION ILLUSTRATION_CAPTION",
        "body": "BODY BODY_CONTENT INSIDEHEADING",
    }.items()
    for name in names.split()
}
"""The type of a `div` in an article -> the kind of its text; inside a body only authors and captions are told apart."""

_UNITS = frozenset("ARTICLE SECTION ADVERTISEMENT DEATH_NOTICE OBITUARY".split())
"""Types of parts that are none of the article or section around them."""
_BODIES = frozenset("BODY BODY_CONTENT INSIDEHEADING".split())


class _Issue(NamedTuple):
    """The files, descriptions, page numbers and linked areas of an issue."""

    files: AltoFiles
    described: IssueDescription
    pages: dict[str, str]
    linked: dict[str, list[ElementTree.Element]]
    shown: str

    def find_page(self, file: str) -> str:
        """Return the page number of an ALTO file: as the issue counts it, else as the file does; empty without."""
        return self.pages.get(file, "") or self.files.find_page_number(file)


def read_mets_articles(data: bytes, path: str, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an issue, or its pages; text of no article is left out.

    Raise `PageError` if it has none, or if an ALTO file is missing.
    """
    root = parse_xml(data, shown)
    described = read_descriptions(root)
    files = AltoFiles(root, os.path.dirname(os.path.abspath(path)), shown)
    issue = _Issue(files, described, _map_pages(root, described), _map_linked_areas(root), shown)
    parents = {child: parent for parent in root.iter() for child in parent}
    divs = [div for div in iter_named(root, "div") if _is_article(div)]
    if not any(get_attribute(div, "TYPE").upper() == "ARTICLE" for div in divs):
        yield from _read_pages(issue)
        return
    parts = [_read_article(div, issue, number, _find_section(div, parents)) for number, div in enumerate(divs, 1)]
    publication = described.publication or _read_headline(root, files)
    others = [f"{_name_kind(div)}: {text}" for div, text in _iter_other_texts(root, files)]
    others += [f"other text: {text}" for text in files.list_unread()]
    for part in add_left_out(parts, others):
        articles = tuple(
            article if article.publication else replace_fields(article, publication=publication)
            for article in part.page.articles
        )
        yield part._replace(page=replace_fields(part.page, articles=articles))


def _is_article(div: ElementTree.Element) -> bool:
    """Return True for an article, and for a section with paragraphs of its own."""
    kind = get_attribute(div, "TYPE").upper()
    return kind == "ARTICLE" or (kind == "SECTION" and any(name == "body" for name, _ in _iter_areas(div, "other")))


def _read_article(div: ElementTree.Element, issue: _Issue, number: int, section: str) -> ImportedPart:
    """Return the article of a `div`; without text there is none, and its headline and captions are left over."""
    texts: dict[str, list[str]] = {"head": [], "signed": [], "caption": [], "body": [], "other": []}
    areas = [*_iter_areas(div, "body"), *(("body", area) for area in issue.linked.get(get_attribute(div, "ID"), ()))]
    for kind, area in areas:
        texts[kind] += issue.files.read_area(area)
    values = issue.described.find_values(get_attribute(div, "DMDID"))
    label = get_attribute(div, "LABEL")
    title = str(values.get("title") or ("" if is_placeholder(label) else label) or " ".join(texts["head"]))
    body = texts["body"]
    if body and _fold_text(body[0]) == _fold_text(title):
        del body[0]
    left_out = [*texts["signed"], *(text for text in body if parse_byline(text))]
    known = _fold_text(f"{title}{values.get('deck', '')}")
    left_out += [text for text in texts["head"] if _fold_text(text) not in known]
    if not body:
        captions = tuple(Caption(text) for text in texts["caption"])
        lines = [f"empty article: {text}" for text in (title, *left_out) if text]
        return ImportedPart(f"{issue.shown} article {number}", "", Page((), captions, tuple(lines)))
    authors = [name for text in body if (line := parse_byline(text)) for name in line.names]
    authors += [name for text in texts["signed"] for name in parse_export_names(text)]
    body = [text for text in body if not parse_byline(text)]
    page = next((issue.find_page(get_attribute(area, "FILEID")) for _, area in areas), "")
    common = {"date": issue.described.date, "publication": issue.described.publication, "page": page}
    own = {"title": title, "author": values.get("author") or authors, "captions": texts["caption"], "section": section}
    return make_export_part({**common, **values, **own}, body, left_out, issue.shown, number)


def _iter_areas(
    div: ElementTree.Element, kind: str, *, inside: bool = False
) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the kind and the element of each area of an article, without those of an article inside it."""
    for child in div:
        name = local_name(child)
        if name == "div":
            type_name = get_attribute(child, "TYPE").upper()
            if type_name in _UNITS:
                continue
            new = _KINDS.get(type_name, kind)
            new = kind if inside and new == "head" else new
            yield from _iter_areas(child, new, inside=inside or type_name in _BODIES)
        elif name in ("fptr", "area"):
            yield from ((kind, area) for area in iter_named(child, "area", "fptr") if get_attribute(area, "BEGIN"))


def _fold_text(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _find_section(div: ElementTree.Element, parents: dict[ElementTree.Element, ElementTree.Element]) -> str:
    """Return the name of the section that an article is in; empty for none."""
    above = parents.get(div)
    while above is not None:
        if get_attribute(above, "TYPE").upper() == "SECTION":
            return get_attribute(above, "LABEL")
        above = parents.get(above)
    return ""


def _map_pages(root: ElementTree.Element, described: IssueDescription) -> dict[str, str]:
    """Return the number of the page of each file by its id: as it is printed, else counted."""
    pages: dict[str, str] = {}
    for div in iter_named(root, "div"):
        if get_attribute(div, "TYPE").lower().rpartition(":")[2].rpartition("_")[2] != "page":
            continue
        number = described.find_number(get_attribute(div, "DMDID")) or get_attribute(div, "ORDERLABEL")
        for area in iter_named(div, "fptr", "area"):
            if file := get_attribute(area, "FILEID"):
                pages.setdefault(file, number or get_attribute(div, "ORDER"))
    return pages


def _map_linked_areas(root: ElementTree.Element) -> dict[str, list[ElementTree.Element]]:
    """Return the areas of the pages that belong to each logical `div`, by its id: METS 1.8 of the British Library."""
    pieces = {get_attribute(div, "ID"): div for div in iter_named(root, "div") if get_attribute(div, "ID")}
    linked: dict[str, list[ElementTree.Element]] = {}
    for group in iter_named(root, "smLinkGrp"):
        ids = [get_attribute(link, "href").lstrip("#") for link in iter_named(group, "smLocatorLink")]
        if ids and get_attribute(pieces.get(ids[0], group), "TYPE").upper() == "ARTICLE":
            divs = [pieces[name] for name in ids[1:] if name in pieces]
            linked.setdefault(ids[0], []).extend(area for div in divs for area in iter_named(div, "area"))
    return linked


def _iter_other_texts(root: ElementTree.Element, files: AltoFiles) -> Iterator[tuple[ElementTree.Element, str]]:
    """Yield the texts of the areas of all other parts with a type: adverts, notices, the heading of the paper."""
    for div in iter_named(root, "div"):
        areas: Iterable[ElementTree.Element] = (
            one for child in div if local_name(child) == "fptr" for one in child.iter()
        )
        for area in areas:
            if get_attribute(area, "BEGIN") and os.path.isfile(files.find_path(get_attribute(area, "FILEID"))):
                for text in files.read_area(area):
                    yield div, text


def _name_kind(div: ElementTree.Element) -> str:
    return get_attribute(div, "TYPE").lower().replace("_", " ") or "other text"


def _read_headline(root: ElementTree.Element, files: AltoFiles) -> str:
    """Return the name of the newspaper as its first page prints it; empty if no part is marked so."""
    for div in iter_named(root, "div"):
        if get_attribute(div, "TYPE").upper() in ("TITLESECTION", "TITLE_SECTION"):
            heads = [one for one in iter_named(div, "div") if get_attribute(one, "TYPE").upper() == "HEADLINE"]
            return " ".join(get_attribute(one, "LABEL") for one in heads) or " ".join(
                text for one in heads for area in iter_named(one, "area") for text in files.read_area(area)
            )
    return ""


def _read_pages(issue: _Issue) -> Iterator[ImportedPart]:
    """Yield the pages of an issue without articles, each segmented; a page without words is left out."""
    files = [file for file, name in issue.files.paths.items() if issue.files.is_alto(file)]
    if not files:
        raise PageError(issue.shown, "a METS file without articles; import its ALTO files instead")
    for file in files:
        label = f"{issue.shown}: {issue.files.paths[file]}"
        try:
            parts = list(read_alto_pages(issue.files.read_bytes(file), label))
        except PageError as error:
            yield ImportedPart(label, "", Page((), (), (f"page: {error.reason}",)))
            continue
        for part in parts:
            own = {
                "date": issue.described.date,
                "page": issue.find_page(file),
                "publication": issue.described.publication,
            }
            missing = {name: value for name, value in own.items() if value and not getattr(part.page, name)}
            yield part._replace(page=replace_fields(part.page, **missing))
