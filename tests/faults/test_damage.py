"""Every file of an index is damaged in every way: the answer stays right, and what is damaged is said.

A flipped byte is tried at some places of each file; `pytest -m faults` tries more of them, also in an index that is
too large to be compared byte by byte at every opening.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext
from shanxi_cli.errors import IndexUnusable, ShanxiError
from shanxi_cli.indexing import snapshot, store
from shanxi_cli.paths import Locations
from tests.faults.runs import Answer, answer
from tests.support import articles

PLACES = 6
MANY = 120
SHARDS = 8
"""Tests that these are dealt out to, so that each takes less than a minute."""


def flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    at = int(place * len(data))
    data[at] ^= 1 << int(place * 8191) % 8
    path.write_bytes(data)


def replaced(path: Path, by: Callable[[Path], object]) -> None:
    path.unlink()
    by(path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut by a byte": lambda path: os.truncate(path, path.stat().st_size - 1),
    "emptied": lambda path: os.truncate(path, 0),
    "removed": os.unlink,
    "longer by a byte": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "longer by itself": lambda path: path.write_bytes(path.read_bytes() * 2),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "a folder": lambda path: replaced(path, os.mkdir),
    "a link to itself": lambda path: replaced(path, lambda place: place.symlink_to(place)),
    "a pipe": lambda path: replaced(path, os.mkfifo),
}


class Index:
    """An index of the six articles, and what is said when it is searched."""

    def __init__(self, folder: Path) -> None:
        self.corpus = articles.write(folder / "corpus")
        self.index = folder / "index"
        self.part = slice(None)
        self.said: list[str] = []
        self.right = self.searched()
        self._good = folder / "good"
        shutil.copytree(self.index, self._good)

    def reset(self) -> None:
        shutil.rmtree(self.index)
        shutil.copytree(self._good, self.index)

    def files(self) -> list[str]:
        return sorted(str(p.relative_to(self.index)) for p in self.index.rglob("*") if p.is_file())

    def searched(self) -> Answer:
        self.said.clear()
        where = Locations((str(self.corpus),), self.index, None)
        reader = RetryingReader(ArchiveContext(where, self.said.append, lambda done, total: None))
        return reader.run(lambda archive: answer(archive.engine))


@pytest.fixture
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Index:
    """An index; with a parameter, of whose bytes `flips` tries that part of `SHARDS`."""
    index = Index(tmp_path)
    index.part = slice(request.param, None, SHARDS) if hasattr(request, "param") else slice(None)
    return index


def harmless(name: str) -> bool:
    """True for what says nothing about the answer."""
    return name == "LOCK"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_every_file(index: Index, damage: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if large:
        monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
    for name in index.files():
        index.reset()
        DAMAGES[damage](index.index / name)
        if damage == "a folder" and name == "CURRENT":  # that folder may be somebody's work
            with pytest.raises(ShanxiError, match="contains other files"):
                index.searched()
            continue
        assert index.searched() == index.right, name
        if not harmless(name):
            [said] = index.said
            gone = damage == "removed" and name == "CURRENT"  # as if there had never been an index
            built = "built the index of 6 articles" if gone else "; rebuilt it from the articles (6 articles)"
            assert said.endswith(built), name
            assert index.searched() == index.right
            assert index.said == []


def places(name: str, number: int) -> list[float]:
    return [random.Random(f"{name.split('/')[-1][-4:]} {n}").random() for n in range(number)]


def flips(index: Index, number: int) -> dict[str, int]:
    """Flips a byte at so many places of each file; how many were said, and how many changed an answer silently."""
    counts = {"tried": 0, "said": 0, "silent": 0}
    for name in index.files():
        for place in places(name, number)[index.part]:
            index.reset()
            times = (index.index / name).stat()
            flip(index.index / name, place)
            if snapshot.MAX_CHECKSUM_BYTES == 0:  # as if the disk itself had done it
                os.utime(index.index / name, ns=(times.st_atime_ns, times.st_mtime_ns))
            right = index.searched() == index.right
            counts["tried"] += 1
            counts["said"] += bool(index.said)
            counts["silent"] += not right
            assert right or not index.said, "an index that was built again is right"
    return counts


def test_flipped_bytes(index: Index) -> None:
    counts = flips(index, PLACES)
    assert counts["silent"] == 0
    assert counts["said"] >= counts["tried"] - 2 * PLACES  # all but those of LOCK, and of what CURRENT says of the past


@pytest.mark.parametrize("index", range(SHARDS), indirect=True)
@pytest.mark.faults
def test_many_flipped_bytes(index: Index) -> None:
    counts = flips(index, MANY)
    print(f"flipped bytes, small index: {counts}")
    assert counts["silent"] == 0


@pytest.mark.parametrize("index", range(SHARDS), indirect=True)
@pytest.mark.faults
def test_bit_rot_in_large_index(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the back of the file system: see `test_bit_rot` for all that is read of an index."""
    monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
    counts = flips(index, MANY)
    print(f"flipped bytes, large index, behind the back of the file system: {counts}")
    assert counts["silent"] == 0
    index.reset()
    flip(next(index.index.glob("gen-*/*.seg")), 0.5)
    with pytest.raises(IndexUnusable):
        store.current_generation(index.index)  # what a program did is seen by the time of the file
