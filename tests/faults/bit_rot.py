"""Flip bits of an index behind the back of the file system, and read all that the flipped page feeds.

Which page feeds what is found by recording: every reading is run on the sound index, and the pages that it uses are
noted with a checksum of its result.
"""

import os
import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.whoosh import mmap_files
from shanxi_cli.engines.whoosh.postings import list_segments, read_segments
from shanxi_cli.engines.whoosh.schema import ALL_COLUMNS
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.snapshot import CORPUS_FILE, SUMMARY_FILE, Generation
from shanxi_cli.util.page_checksums import PAGE_BYTES

SAMPLE = 20
ROWS = 400

Page = tuple[str, int]
"""A file of the index, and the number of a page in it."""


class Reading(NamedTuple):
    """Something that is read: what it is called, and how it is read from an engine and its generation."""

    name: str
    read: Callable[[Any, Generation], object]


class Counts(NamedTuple):
    """Flips, how many of them were reported, how many change nothing that is read; readings, and silent ones."""

    flips: int
    reported: int
    harmless: int
    readings: int
    silent: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.flips:,} flips: {self.reported:,} reported, {self.harmless:,} harmless, "
            f"{len(self.silent)} silent; {self.readings:,} readings compared"
        )


def readings(engine: Any) -> Iterator[Reading]:
    """Yield everything that can be read from an index: every term, column and article, and its other files."""
    yield Reading(CORPUS_FILE, lambda _, generation: generation.read_manifest_json())
    yield Reading(SUMMARY_FILE, lambda _, generation: generation.read_summary_json())
    yield Reading("near-duplicates", lambda engine, _: engine.near_duplicate_groups())
    reader = engine._read.reader
    for field in sorted(name for name in reader.schema.names() if reader.schema[name].indexed):
        terms = engine._read.expand(field, b"")
        for prefix in sorted({term[:2] for term in terms}):
            yield Reading(f"{field}:{prefix!r}*", partial(_expand, field, prefix))
        for term in terms:
            yield Reading(f"{field}:{term!r}", partial(_read_term, field, term))
    for name in ALL_COLUMNS:
        yield Reading(f"column {name}", partial(_load_column, name))
        for number in random.Random(name).sample(range(len(engine._read.all)), min(ROWS, len(engine._read.all))):
            yield Reading(f"{name} of {number}", partial(_read_row, name, number))
    for number in engine._read.all:
        yield Reading(f"article {number}", partial(_read_article, number))


def _expand(field: str, prefix: bytes, engine: Any, _: Generation) -> object:
    return engine._read.expand(field, prefix)


def _load_column(name: str, engine: Any, _: Generation) -> object:
    return [column.load() for column, _ in engine._read._column(name)]


def _read_row(name: str, number: int, engine: Any, _: Generation) -> object:
    return engine._read.row(name, number)


def _read_article(number: int, engine: Any, _: Generation) -> object:
    return engine.article(number), engine.quantities(number)


def _read_term(field: str, term: bytes, engine: Any, _: Generation) -> object:
    reader = engine._read.reader
    infos = [leaf.term_info(field, term) for leaf, _ in list_segments(reader) if (field, term) in leaf]
    statistics = [(info.doc_frequency(), info.weight()) for info in infos]
    lists = read_segments(reader, field, term)
    return statistics, [(list(one.numbers), list(one.weights), list(one.values())) for one in lists]


class Recording:
    """A sound index: its readings with the checksums of their results, and which of them use each page."""

    def __init__(self, index: Path) -> None:
        self.index = index
        generation, engine = open_engine(index)
        self.folder = generation.folder
        self.all = list(readings(engine))
        self.results: list[int] = []
        self.users: dict[Page, list[int]] = defaultdict(list)
        for number, reading in enumerate(self.all):
            engine._read._columns.clear()  # so that every reading of a column opens it
            with _recorded_pages() as pages:
                self.results.append(_checksum(reading.read(engine, generation)))
            for page in pages:
                self.users[page].append(number)
        for number, name in enumerate((CORPUS_FILE, SUMMARY_FILE)):
            for at in range(0, (self.folder / name).stat().st_size, PAGE_BYTES):
                self.users[name, at // PAGE_BYTES].append(number)

    def files(self) -> list[Path]:
        """The files that a byte of decides what is read."""
        return [self.index / "CURRENT", *sorted(self.folder.iterdir())]

    def flip(self, chance: random.Random, *, by_file: bool) -> tuple[Path, int, int]:
        """A random file, byte and bit: of any file alike, or of any byte of the index alike."""
        files = self.files()
        weights = [1 if by_file else path.stat().st_size for path in files]
        [path] = chance.choices(files, weights)
        return path, chance.randrange(path.stat().st_size), chance.randrange(8)

    def compare(self, page: Page, chance: random.Random) -> tuple[int, int, list[str]]:
        """Read what a page feeds and a sample of the rest; readings, those that reported damage, those that differ."""
        sample = chance.sample(range(len(self.all)), min(SAMPLE, len(self.all)))
        chosen = dict.fromkeys([*self.users.get(page, ()), *sample])
        try:
            generation, engine = open_engine(self.index)
        except IndexUnusable:
            return 1, 1, []
        reported, silent = 0, []
        for number in chosen:
            try:
                if _checksum(_translated(self.all[number], engine, generation)) != self.results[number]:
                    silent.append(f"{page}: {self.all[number].name}")
            except IndexUnusable:
                reported += 1
        engine.close()
        return len(chosen), reported, silent


def flip_bits(recording: Recording, flips: int, seed: int) -> Counts:
    """Flip single bits, one after the other: half of them of any byte, half of any file and any of its bytes."""
    chance = random.Random(seed)
    reported, harmless, compared, silent = 0, 0, 0, list[str]()
    for number in range(flips):
        path, at, bit = recording.flip(chance, by_file=number % 2 == 1)
        with flipped_bit(path, at, bit):
            readings, damaged, different = recording.compare((path.name, at // PAGE_BYTES), chance)
        compared += readings
        reported += bool(damaged)
        harmless += not damaged and not different
        silent += different
    return Counts(flips, reported, harmless, compared, tuple(silent))


@contextmanager
def flipped_bit(path: Path, at: int, bit: int) -> Iterator[None]:
    """Flip a bit of a file and leave its times as they were; afterwards the bit is as before."""
    times = path.stat()

    def turn() -> None:
        with path.open("r+b") as file:
            file.seek(at)
            value = file.read(1)[0] ^ (1 << bit)
            file.seek(at)
            file.write(bytes([value]))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    turn()
    try:
        yield
    finally:
        turn()


def open_engine(index: Path) -> tuple[Generation, Any]:
    generation = store.current_generation(index)
    if generation is None:
        raise IndexUnusable("there is no index")
    return generation, open_backend().open(generation.directory)


def _translated(reading: Reading, engine: Any, generation: Generation) -> object:
    """The result of a reading, where every exception is one of an unusable index, as the engine translates it."""
    try:
        return reading.read(engine, generation)
    except Exception as error:
        raise IndexUnusable("the index is damaged") from error


def _checksum(result: object) -> int:
    return zlib.crc32(repr(result).encode())


@contextmanager
def _recorded_pages() -> Iterator[set[Page]]:
    """The pages of mapped files that are read."""
    pages: set[Page] = set()
    original = mmap_files._MappedStream.slice

    def recorded(stream: Any, start: int, end: int) -> memoryview:
        begin, end_in_file = stream._begin + start, stream._begin + end
        if end > start:  # an empty value reads nothing, wherever it stands
            pages.update((stream._name, page) for page in range(begin // PAGE_BYTES, -(-end_in_file // PAGE_BYTES)))
        return original(stream, start, end)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mmap_files._MappedStream, "slice", recorded)
        yield pages
