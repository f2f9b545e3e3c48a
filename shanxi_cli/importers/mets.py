"""METS with ALTO: a digitised issue that records the articles, so that no page is segmented.

https://www.loc.gov/standards/mets/ ; as libraries write it: the logical structure has a `div` for each article, whose
areas name the text blocks of the ALTO files beside the METS file.
"""

import os
from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.alto import iter_text_blocks
from shanxi_cli.importers.input_files import MAX_FILE_BYTES, read_input_file
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.rules.bylines import parse_byline

_HEADING_TYPES = frozenset("HEADING HEADLINE TITLE HEADER MAIN_TITLE".split())
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
    for number, div in enumerate(divs, 1):
        heads = [
            text
            for part in iter_named(div, "div")
            if get_attribute(part, "TYPE").upper() in _HEADING_TYPES
            for text in texts.read_area_texts(part)
        ]
        captions = [
            text
            for part in iter_named(div, "div")
            if get_attribute(part, "TYPE").upper() in _CAPTION_TYPES
            for text in texts.read_area_texts(part)
        ]
        apart = {*heads, *captions}
        body = [text for text in texts.read_area_texts(div) if text not in apart]
        title = titles.get(get_attribute(div, "DMDID")) or get_attribute(div, "LABEL") or " ".join(heads)
        authors = [name for text in body if (line := parse_byline(text)) for name in line.names]
        body = [text for text in body if not parse_byline(text)]
        values = {"title": title, "date": date, "publication": publication, "author": authors, "captions": captions}
        if body or title:
            yield ImportedPart(f"{shown} article {number}", "", Page((build_article(values, "\n\n".join(body)),)))


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

    def _load_file_blocks(self, file: str) -> dict[str, str]:
        if file not in self._read:
            name = self._files.get(file, "")
            path = os.path.join(self._folder, name)
            shown = f"{self._shown}: its ALTO file {name or file}"
            if "\0" in path or not _is_below(path, self._folder):
                raise PageError(self._shown, f"{name} is not below the folder of the METS file")
            data = read_input_file(path, shown, self._bytes_left)
            self._bytes_left -= len(data)
            self._read[file] = dict(iter_text_blocks(parse_xml(data, shown)))
        return self._read[file]


def _is_below(path: str, folder: str) -> bool:
    real = os.path.realpath(folder)
    return os.path.commonpath((os.path.realpath(path), real)) == real
