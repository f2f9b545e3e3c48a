"""METS with ALTO: a digitised issue whose articles have their true borders, so that nothing has to be guessed.

https://www.loc.gov/standards/mets/ ; as libraries write it: the logical structure has a `div` for each article, whose
areas name the text blocks of the ALTO files beside.
"""

import os
from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.alto import iter_text_blocks
from shanxi_cli.importers.records import build_article
from shanxi_cli.importers.text import TextBlock
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.segmentation.page import Page
from shanxi_cli.segmentation.rules.bylines import parse_byline

_HEADING_TYPES = frozenset("HEADING HEADLINE TITLE HEADER MAIN_TITLE".split())
_CAPTION_TYPES = frozenset("CAPTION ILLUSTRATION_CAPTION".split())


def read_mets_articles(data: bytes, path: str, shown: str) -> Iterator[TextBlock]:
    """The articles of an issue, each a part. `PageError` where it has none, or an ALTO file is missing."""
    root = parse_xml(data, shown)
    titles, date, publication = _read_descriptions(root)
    texts = _AltoTextCache(_map_file_paths(root), os.path.dirname(os.path.abspath(path)), shown)
    found = [div for div in iter_named(root, "div") if get_attribute(div, "TYPE").upper() == "ARTICLE"]
    if not found:
        raise PageError(shown, "a METS file without articles; import its ALTO files instead")
    for number, div in enumerate(found, 1):
        heads = [
            text
            for each in iter_named(div, "div")
            if get_attribute(each, "TYPE").upper() in _HEADING_TYPES
            for text in texts.of(each)
        ]
        captions = [
            text
            for each in iter_named(div, "div")
            if get_attribute(each, "TYPE").upper() in _CAPTION_TYPES
            for text in texts.of(each)
        ]
        body = [text for text in texts.of(div) if text not in heads and text not in captions]
        title = titles.get(get_attribute(div, "DMDID")) or get_attribute(div, "LABEL") or " ".join(heads)
        authors = [name for text in body if (line := parse_byline(text)) for name in line.names]
        body = [text for text in body if not parse_byline(text)]
        values = {"title": title, "date": date, "publication": publication, "author": authors, "captions": captions}
        if body or title:
            yield TextBlock(f"{shown} article {number}", "", Page((build_article(values, "\n\n".join(body)),)))


def _read_descriptions(root: ElementTree.Element) -> tuple[dict[str, str], str, str]:
    """Titles by the id of their description; the day of the issue and the newspaper's name, empty where not told."""
    titles: dict[str, str] = {}
    date = publication = ""
    for section in iter_named(root, "dmdSec"):
        title = next((" ".join((each.text or "").split()) for each in iter_named(section, "title") if each.text), "")
        titles[get_attribute(section, "ID")] = title
        issued = next((each.text or "" for each in iter_named(section, "dateIssued", "date") if each.text), "")
        if issued and not date:
            date, publication = issued.strip(), title
    return titles, date, publication


def _map_file_paths(root: ElementTree.Element) -> dict[str, str]:
    """The place of each file, by its id."""
    found = {}
    for file in iter_named(root, "file"):
        place = next((get_attribute(each, "href") for each in file if local_name(each) == "FLocat"), "")
        found[get_attribute(file, "ID")] = place.removeprefix("file://").removeprefix("./")
    return found


class _AltoTextCache:
    """The text blocks that areas name; an ALTO file is read when the first of its blocks is asked for."""

    def __init__(self, files: dict[str, str], folder: str, shown: str) -> None:
        self._files = files
        self._folder = folder
        self._shown = shown
        self._read: dict[str, dict[str, str]] = {}

    def of(self, div: ElementTree.Element) -> list[str]:
        """The texts of the areas below a `div`, in their order, each once."""
        texts: list[str] = []
        for area in iter_named(div, "area", "fptr"):
            file, block = get_attribute(area, "FILEID"), get_attribute(area, "BEGIN")
            text = self._blocks(file).get(block, "") if file and block else ""
            if text and text not in texts:
                texts.append(text)
        return texts

    def _blocks(self, file: str) -> dict[str, str]:
        if file not in self._read:
            path = os.path.join(self._folder, self._files.get(file, ""))
            if os.path.commonpath((os.path.realpath(path), os.path.realpath(self._folder))) != os.path.realpath(
                self._folder
            ):
                raise PageError(self._shown, f"{self._files[file]} is not below the folder of the METS file")
            try:
                with open(path, "rb") as handle:
                    self._read[file] = dict(iter_text_blocks(parse_xml(handle.read(), path)))
            except OSError as error:
                raise PageError(
                    self._shown, f"its ALTO file {self._files.get(file) or file} cannot be read: {error.strerror}"
                ) from error
        return self._read[file]
