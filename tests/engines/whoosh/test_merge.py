"""Which segments an update writes again: few and small ones, so that there are not many; never large ones."""

import random
from typing import Any

import pytest

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines import open_backend
from shanxi_cli.engines.whoosh import merge
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle


def article(name: str) -> Article:
    return parse_article(b"---\ntitle: Coal\n---\n\nOf coal.\n", name, name)


class Index:
    """An index that articles are put into, as many parts as are given."""

    def __init__(self, folder: DirectoryHandle) -> None:
        self.folder, self.backend, self.made = folder, open_backend(), 0

    def put(self, *sizes: int, gone: int = 0) -> list[int]:
        """Adds parts, takes the first articles that are left out, and gives the sizes of all segments."""
        ids = range(self.made, self.made + sum(sizes))
        names = iter([f"a{number:05}" for number in ids])
        parts = [
            self.backend.write(self.folder, [article(next(names)) for _ in range(size)], number)
            for number, size in enumerate(sizes)
        ]
        self.made += sum(sizes)
        engine = self.backend.open(self.folder) if self.folder.names() and gone else None
        self.backend.join(
            self.folder, parts, [name for name, _ in engine.articles_with_id_prefix("")][:gone] if engine else []
        )
        return self.sizes()

    def sizes(self) -> list[int]:
        engine: Any = self.backend.open(self.folder)
        sizes = [leaf.doc_count_all() for leaf, _ in engine._read.reader.leaf_readers()]
        return [size for size in sizes if size]


@pytest.fixture
def index(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr(merge, "_MIN_SEGMENT_DOCS", 6)
    monkeypatch.setattr(merge, "_MAX_MERGE_DOCS", 40)
    return Index(DirectoryHandle(tmp_path_factory.mktemp("index")))


def test_merge_small_index_into_one_segment(index: Index) -> None:
    assert index.put(3) == [3]
    assert index.put(2) == [5]
    assert index.put(gone=1) == [4]
    assert index.put(1, gone=1) == [4]


def test_merge_keeps_parts_of_one_build(index: Index) -> None:
    assert index.put(30, 30, 30) == [30, 30, 30]
    assert index.put(gone=1) == [30, 30, 30]
    assert index.put(1) == [30, 30, 30, 1]
    assert index.put(1) == [30, 30, 30, 2]


def test_merge_keeps_large_segments(index: Index) -> None:
    assert index.put(50) == [50]
    assert index.put(gone=1) == [50]
    assert index.put(45) == [50, 45]
    assert index.put(gone=20) == [50, 45]
    assert index.put(1, gone=4) == [50, 45, 1]


def test_merge_rewrites_mostly_deleted_segment(index: Index) -> None:
    assert index.put(30) == [30]
    assert index.put(gone=14) == [30]
    assert index.put(gone=2) == [14]
    assert index.put(gone=14) == []


def test_merge_bounds_number_of_segments(index: Index) -> None:
    chance = random.Random(5)
    index.put(60, 60)
    for _ in range(200):
        small = [size for size in index.put(chance.choice([1, 1, 1, 2, 3, 7])) if size <= 20]
        assert len(small) <= 5
    assert len(index.sizes()) <= 40
