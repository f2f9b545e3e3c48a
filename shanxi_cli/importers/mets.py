"""METS with ALTO: a digitised issue that records the articles, so that no page is segmented.

https://www.loc.gov/standards/mets/ ; as libraries write it: the logical structure has a `div` for each article, whose
areas name the text blocks of the ALTO files beside the METS file.
"""

import os
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.alto import ElementIndex, index_elements, iter_text_blocks, read_range_texts
from shanxi_cli.importers.exports import parse_export_names
from shanxi_cli.importers.input_files import MAX_FILE_BYTES, read_input_file
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.model.article import Article
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.rules.bylines import parse_byline

_HEADING_TYPES = frozenset("HEADING HEADLINE TITLE HEADER MAIN_TITLE".split())
_AUTHOR_TYPES = frozenset("AUTHOR BYLINE".split())
_CAPTION_TYPES = frozenset("CAPTION ILLUSTRATION_CAPTION".split())


def read_mets_articles(data: bytes, path: str, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of an issue.

    Raise `PageError` if it has none, or if an ALTO file is missing.
    """
    root = parse_xml(data, shown)
    titles, date, publication = _read_descriptions(root)
    texts = _AltoTextCache(_map_file_paths(root), os.path.dirname(os.path.abspath(path)), shown)
    divs = [div for div in iter_named(root, "div") if get_attribute(div, "TYPE").upper() == "ARTICLE"]
    if not divs:
        raise PageError(shown, "a METS file without articles; import its ALTO files instead")
    areas = _map_linked_areas(root)
    for number, div in enumerate(divs, 1):
        title = titles.get(get_attribute(div, "DMDID")) or get_attribute(div, "LABEL")
        linked = texts.read_linked_texts(areas.get(get_attribute(div, "ID"), ()))
        article = _read_article(div, texts, linked, {"title": title, "date": date, "publication": publication})
        if article:
            yield ImportedPart(f"{shown} article {number}", "", Page((article,)))


def _read_article(
    div: ElementTree.Element, texts: "_AltoTextCache", linked: list[str], values: dict[str, object]
) -> Article | None:
    """Return the article of a `div`; None for one without text and title."""
    parts = {
        name: [
            text
            for part in iter_named(div, "div")
            if get_attribute(part, "TYPE").upper() in types
            for text in texts.read_area_texts(part)
        ]
        for name, types in (("heads", _HEADING_TYPES), ("captions", _CAPTION_TYPES), ("signed", _AUTHOR_TYPES))
    }
    apart = {text for group in parts.values() for text in group}
    body = [text for text in (*texts.read_area_texts(div), *linked) if text not in apart]
    title = values["title"] or " ".join(parts["heads"])
    authors = [name for text in body if (line := parse_byline(text)) for name in line.names]
    authors += [name for text in parts["signed"] for name in parse_export_names(text)]
    body = [text for text in body if not parse_byline(text)]
    if body and _fold_text(body[0]) == _fold_text(str(title)):
        del body[0]
    if not body and not title:
        return None
    return build_article(
        {**values, "title": title, "author": authors, "captions": parts["captions"]}, "\n\n".join(body)
    )


def _fold_text(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


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


def _read_descriptions(root: ElementTree.Element) -> tuple[dict[str, str], str, str]:
    """Return titles by the id of their description, the date of the issue and the newspaper's name, or empty."""
    titles: dict[str, str] = {}
    date = publication = ""
    for section in iter_named(root, "dmdSec"):
        title = next(
            (" ".join((element.text or "").split()) for element in iter_named(section, "title") if element.text), ""
        )
        titles[get_attribute(section, "ID")] = title
        issued = next((element.text or "" for element in iter_named(section, "dateIssued", "date") if element.text), "")
        if issued and not date:
            date, publication = issued.strip(), title
    return titles, date, publication


def _map_file_paths(root: ElementTree.Element) -> dict[str, str]:
    """Return the relative path of each file by its id."""
    paths = {}
    for file in iter_named(root, "file"):
        location = next((get_attribute(element, "href") for element in file if local_name(element) == "FLocat"), "")
        paths[get_attribute(file, "ID")] = location.removeprefix("file://").removeprefix("./")
    return paths


class _AltoTextCache:
    """Text blocks by file and block id; an ALTO file is read when the first of its blocks is needed."""

    def __init__(self, files: dict[str, str], folder: str, shown: str) -> None:
        self._files = files
        self._folder = folder
        self._shown = shown
        self._read: dict[str, dict[str, str]] = {}
        self._indexes: dict[str, ElementIndex] = {}
        self._bytes_left = MAX_FILE_BYTES
        self._characters_left = MAX_FILE_BYTES

    def read_area_texts(self, div: ElementTree.Element) -> list[str]:
        """Return the distinct texts of the areas below a `div`, in order."""
        texts: dict[str, None] = {}
        for area in iter_named(div, "area", "fptr"):
            file, block = get_attribute(area, "FILEID"), get_attribute(area, "BEGIN")
            text = self._load_file_blocks(file).get(block, "") if file and block else ""
            if text:
                texts[text] = None
        self._characters_left -= sum(map(len, texts))
        if self._characters_left < 0:
            raise PageError(self._shown, "its articles name the same text blocks again and again")
        return list(texts)

    def read_linked_texts(self, areas: Iterable[ElementTree.Element]) -> list[str]:
        """Return the texts of the ranges of words that areas name, in order."""
        texts: list[str] = []
        for area in areas:
            file, begin = get_attribute(area, "FILEID"), get_attribute(area, "BEGIN")
            if file and begin:
                self._load_file_blocks(file)
                texts += read_range_texts(self._indexes[file], begin, get_attribute(area, "END"))
        self._characters_left -= sum(map(len, texts))
        if self._characters_left < 0:
            raise PageError(self._shown, "its articles name the same words again and again")
        return texts

    def _load_file_blocks(self, file: str) -> dict[str, str]:
        if file not in self._read:
            name = self._files.get(file, "")
            path = os.path.join(self._folder, name)
            shown = f"{self._shown}: its ALTO file {name or file}"
            if "\0" in path or not _is_below(path, self._folder):
                raise PageError(self._shown, f"{name} is not below the folder of the METS file")
            data = read_input_file(path, shown, self._bytes_left)
            self._bytes_left -= len(data)
            root = parse_xml(data, shown)
            self._indexes[file] = index_elements(root)
            self._read[file] = dict(iter_text_blocks(root))
        return self._read[file]


def _is_below(path: str, folder: str) -> bool:
    real = os.path.realpath(folder)
    return os.path.commonpath((os.path.realpath(path), real)) == real
