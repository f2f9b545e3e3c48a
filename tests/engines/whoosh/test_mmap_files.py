"""Files of an index, read in place: each reads as a file in memory does, and never a byte of a damaged page."""

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines.whoosh.mmap_files import MappedFile, map_file
from shanxi_cli.engines.whoosh.storage import FolderStorage
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.page_checksums import PAGE_BYTES, compute_page_checksums

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 12)),
        st.tuples(st.just("seek"), st.integers(0, 40)),
        st.tuples(st.just("readline")),
        st.tuples(st.just("tell")),
    ),
    max_size=12,
)


def mapped(content: bytes, checksums: str | None = "", damaged: bytes = b"") -> MappedFile:
    """`content` as a mapped file, with its checksums (or with `checksums`); `damaged` is what the disk has of it."""
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(damaged or content)
        file.seek(0)
        own = compute_page_checksums(io.BytesIO(content))
        return map_file(os.dup(file.fileno()), "data", own if checksums == "" else checksums)


@given(content=st.binary(max_size=40) | st.builds(lambda n: b"x" * n + b"\nend", st.integers(4090, 4100)), steps=STEPS)
def test_mapped_file_reads_like_bytesio(content: bytes, steps: list[tuple[str, int]]) -> None:
    ours, theirs = mapped(b"before" + content).subset(6, len(content)), io.BytesIO(content)
    for name, *arguments in steps:
        assert getattr(ours, name)(*arguments) == getattr(theirs, name)(*arguments)
    assert ours.seek(-1 if content else 0, io.SEEK_END) == theirs.seek(-1 if content else 0, io.SEEK_END)
    assert ours.read() == theirs.read()


PAGES = bytes(range(256)) * (PAGE_BYTES // 256) * 3 + b"\n\x00\x00\x00\x07end"
"""Three pages and some bytes."""


def flipped(page: int) -> MappedFile:
    """The pages, with a bit of one changed since the checksums were computed."""
    damaged = bytearray(PAGES)
    damaged[min(page * PAGE_BYTES + 77, len(PAGES) - 2)] ^= 4
    return mapped(PAGES, damaged=bytes(damaged))


WAYS: dict[str, Callable[[Any, int], object]] = {
    "get": lambda file, at: file.get(at, 4),
    "get_int": lambda file, at: file.get_int(at),
    "get_array": lambda file, at: file.get_array(at, "i", 1),
    "read": lambda file, at: (file.seek(at), file.read(4)),
    "read the rest": lambda file, at: (file.seek(at), file.read()),
    "readline": lambda file, at: (file.seek(at), file.readline()),
    "read_array": lambda file, at: (file.seek(at), file.read_array("H", 2)),
    "raw file": lambda file, at: (file.seek(at), file.raw_file().read(4)),
    "subset": lambda file, at: file.subset(at, 4).read(),
    "subset of a subset": lambda file, at: file.subset(0, at + 4).subset(at, 4).get(0, 4),
}


@pytest.mark.parametrize("page", range(4))
@pytest.mark.parametrize("way", WAYS)
def test_mapped_file_reports_damaged_page(way: str, page: int) -> None:
    file = flipped(page)
    for other in range(3):
        if other != page:
            assert file.get(other * PAGE_BYTES, 4) == PAGES[:4]
    for _ in range(2):  # a page that was found damaged is not believed later
        with pytest.raises(IndexUnusable, match="data of the index is damaged"):
            WAYS[way](file, page * PAGE_BYTES)


def test_mapped_file_verifies_pages_at_both_ends() -> None:
    file = flipped(1)
    assert file.get(PAGE_BYTES - 4, 4) == PAGES[PAGE_BYTES - 4 : PAGE_BYTES]
    assert file.get(2 * PAGE_BYTES, 4) == PAGES[:4]
    for start, size in ((PAGE_BYTES - 4, 5), (2 * PAGE_BYTES - 1, 4), (0, len(PAGES))):
        with pytest.raises(IndexUnusable):
            file.get(start, size)


def test_mapped_file_without_checksums_is_not_verified() -> None:
    assert mapped(PAGES, None).get(0, len(PAGES)) == PAGES


@pytest.mark.parametrize("checksums", ["00000000", "0" * 40])
def test_mapped_file_refuses_checksums_of_another_size(checksums: str) -> None:
    with pytest.raises(IndexUnusable, match="data of the index is damaged"):
        mapped(PAGES, checksums)


def test_mapped_file_refuses_places_outside() -> None:
    for start, size in ((-4, 4), (4, -2)):
        with pytest.raises(ValueError, match="outside"):
            mapped(PAGES).get(start, size)
        with pytest.raises(ValueError, match="outside"):
            mapped(PAGES).subset(start, size)


def test_mapped_file_of_no_bytes() -> None:
    assert mapped(b"").read() == b""


def test_closed_file_is_not_read() -> None:
    file = mapped(PAGES)
    part = file.subset(0, 8)
    part.close()
    assert file.get(0, 2) == PAGES[:2]
    with pytest.raises(AttributeError):
        part.get(0, 2)


def test_storage_verifies_files_of_a_sealed_folder(tmp_path: Path) -> None:
    """Every file, of whatever kind, and none that is not part of the folder."""
    for name in ("a.seg", "b.toc", "c.json"):
        (tmp_path / name).write_bytes(PAGES)
    folder = DirectoryHandle(tmp_path)
    folder.sealed = {name: folder.compute_page_checksums(name) for name in ("a.seg", "b.toc")}
    (tmp_path / "b.toc").write_bytes(PAGES[:-1] + b"?")
    storage = FolderStorage(folder, readonly=True)
    assert storage.open_file("a.seg").read() == PAGES
    with pytest.raises(IndexUnusable, match="b.toc of the index is damaged"):
        storage.open_file("b.toc").read()
    with pytest.raises(FileNotFoundError):
        storage.open_file("c.json")
