"""Files within a segment, read in place: whatever is asked of one, it answers as a file in memory does."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb import compound

from shanxi_cli.engines.whoosh.mmap_files import ZeroCopyBufferFile
from shanxi_cli.engines.whoosh.patches import enable_zero_copy_reads

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 12)),
        st.tuples(st.just("seek"), st.integers(0, 40)),
        st.tuples(st.just("readline")),
        st.tuples(st.just("tell")),
    ),
    max_size=12,
)


@given(content=st.binary(max_size=40) | st.builds(lambda n: b"x" * n + b"\nend", st.integers(4090, 4100)), steps=STEPS)
def test_zero_copy_file_reads_like_bytesio(content: bytes, steps: list[tuple[str, int]]) -> None:
    ours, theirs = ZeroCopyBufferFile(memoryview(content)), io.BytesIO(content)
    for name, *arguments in steps:
        assert getattr(ours, name)(*arguments) == getattr(theirs, name)(*arguments)
    assert ours.seek(-1 if content else 0, io.SEEK_END) == theirs.seek(-1 if content else 0, io.SEEK_END)
    assert ours.read() == theirs.read()


def test_zero_copy_file_reads_numbers() -> None:
    file = ZeroCopyBufferFile(memoryview(b"\x00\x00\x00\x07coal"))
    assert (file.get_int(0), file.get(4, 4)) == (7, b"coal")
    file.close()


def test_patch_leaves_unknown_buffer_file(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = type("Other", (compound.StructFile,), {"__init__": lambda *_, **__: None})
    monkeypatch.setattr(compound, "BufferFile", theirs)
    enable_zero_copy_reads()
    assert compound.BufferFile is theirs
