"""Files of an index, read in place: each reads as a file in memory does, and never a byte of a damaged page."""

import io
import os
from pathlib import Path

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
    fd = os.memfd_create("content") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDONLY)
    os.write(fd, damaged or content)
    return map_file(fd, "data", compute_page_checksums(io.BytesIO(content)) if checksums == "" else checksums)


@given(content=st.binary(max_size=40) | st.builds(lambda n: b"x" * n + b"\nend", st.integers(4090, 4100)), steps=STEPS)
def test_mapped_file_reads_like_bytesio(content: bytes, steps: list[tuple[str, int]]) -> None:
    ours, theirs = mapped(b"before" + content).subset(6, len(content)), io.BytesIO(content)
    for name, *arguments in steps:
        assert getattr(ours, name)(*arguments) == getattr(theirs, name)(*arguments)
    assert ours.seek(-1 if content else 0, io.SEEK_END) == theirs.seek(-1 if content else 0, io.SEEK_END)
    assert ours.read() == theirs.read()
