"""ALTO files of a METS file: the texts of its areas, and the words that no area names."""

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.alto import join_words
from shanxi_cli.importers.archives import unpack_gzip
from shanxi_cli.importers.input_files import MAX_FILE_BYTES, read_input_file
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml


class AltoIndex(NamedTuple):
    """The elements of an ALTO file in document order: their numbers, by id, and the text blocks with their numbers."""

    order: dict[ElementTree.Element, int]
    ids: dict[str, ElementTree.Element]
    blocks: list[ElementTree.Element]
    starts: list[int]


class AltoFiles:
    """The ALTO files that a METS file names; each is read when the first of its areas is needed.

    The text of an area is read once: a second area that names it adds nothing.
    """

    def __init__(self, root: ElementTree.Element, folder: str, shown: str) -> None:
        self.paths = _map_file_paths(root)
        self._folder = folder
        self._shown = shown
        self._indexes: dict[str, AltoIndex] = {}
        self._read: set[ElementTree.Element] = set()
        self._bytes_left = MAX_FILE_BYTES

    def read_area(self, area: ElementTree.Element) -> list[str]:
        """Return the texts of an area by block: of one block, or of a range of words, lines or blocks."""
        file, begin = get_attribute(area, "FILEID"), get_attribute(area, "BEGIN")
        if not file or not begin:
            return []
        index = self._load(file)
        first, last = index.ids.get(begin), index.ids.get(get_attribute(area, "END") or begin)
        if first is None or last is None:
            return []
        numbers = range(index.order[first], max(index.order[element] for element in last.iter()) + 1)
        at = max(0, bisect_right(index.starts, numbers.start) - 1)
        texts = []
        for block in index.blocks[at : bisect_right(index.starts, numbers.stop - 1)]:
            if text := self._take_words(block, index, numbers):
                texts.append(text)
        return texts

    def _take_words(self, block: ElementTree.Element, index: AltoIndex, numbers: range) -> str:
        lines = []
        for line in iter_named(block, "TextLine"):
            words = [one for one in line if index.order[one] in numbers and one not in self._read]
            self._read.update(words)
            lines.append(words)
        return join_words(lines)

    def find_path(self, file: str) -> str:
        """Return the path of a named file; empty for an unknown one."""
        name = self.paths.get(file, "")
        return os.path.join(self._folder, name) if name else ""

    def is_alto(self, file: str) -> bool:
        """Return True for a named file that exists and begins as ALTO does."""
        path = self.find_path(file)
        if not path.lower().endswith(".xml") or not _is_near(path, self._folder) or not os.path.isfile(path):
            return False
        with open(path, "rb") as handle:
            return bool(re.search(rb"<(?:\w+:)?alto[\s>]", handle.read(20_000)))

    def find_page_number(self, file: str) -> str:
        """Return the number that an ALTO file gives its page; empty for none."""
        pages = [one for one in self._load(file).order if local_name(one) == "Page"] if file else []
        names = ("PRINTED_IMG_NR", "PHYSICAL_IMG_NR")
        return next((number for page in pages for name in names if (number := get_attribute(page, name))), "")

    def list_unread(self) -> Iterator[str]:
        """Yield the texts of all named ALTO files, block by block, that no area has named."""
        for index in [self._load(file) for file in self.paths if self.is_alto(file)]:
            for block in index.blocks:
                if text := self._take_words(block, index, range(len(index.order))):
                    yield text

    def read_bytes(self, file: str) -> bytes:
        """Return the bytes of a named file. Raise `PageError` if it is missing, or not in or beside the folder."""
        name = self.paths.get(file, "")
        path = os.path.join(self._folder, name)
        if "\0" in path or not _is_near(path, self._folder):
            raise PageError(self._shown, f"{name} is not below the folder of the METS file, nor in one beside it")
        label = f"{self._shown}: its ALTO file {name or file}"
        if not os.path.exists(path) and os.path.isfile(f"{path}.gz"):
            data = unpack_gzip(read_input_file(f"{path}.gz", label, self._bytes_left), label)
        else:
            data = read_input_file(path, label, self._bytes_left)
        self._bytes_left -= len(data)
        return data

    def _load(self, file: str) -> AltoIndex:
        if file not in self._indexes:
            root = parse_xml(self.read_bytes(file), f"{self._shown}: its ALTO file {self.paths.get(file) or file}")
            order = {element: number for number, element in enumerate(root.iter())}
            ids = {name: element for element in order if (name := get_attribute(element, "ID"))}
            blocks = [element for element in order if local_name(element) == "TextBlock"]
            self._indexes[file] = AltoIndex(order, ids, blocks, [order[block] for block in blocks])
        return self._indexes[file]


def _map_file_paths(root: ElementTree.Element) -> dict[str, str]:
    """Return the relative path of each file by its id."""
    paths = {}
    for file in iter_named(root, "file"):
        location = next((get_attribute(element, "href") for element in file if local_name(element) == "FLocat"), "")
        paths[get_attribute(file, "ID")] = location.removeprefix("file://").removeprefix("./").replace("\\", "/")
    return paths


def _is_near(path: str, folder: str) -> bool:
    """Return True for a path below a folder, or in a folder beside it: the layout `toc/` and `ocr/`."""
    real, inside = os.path.realpath(path), os.path.realpath(folder)
    if os.path.commonpath((real, inside)) == inside:
        return True
    return os.path.dirname(os.path.dirname(real)) == os.path.dirname(inside)
