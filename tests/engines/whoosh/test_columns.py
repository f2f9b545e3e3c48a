"""Columns of our own: whatever documents have, each is given back what it had, read one by one or all at once."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import columns
from whoosh.filedb.filestore import RamStorage

from shanxi_cli.engines.whoosh.columns import Bytes, Numbers, Repeated

BYTES = st.lists(st.none() | st.sampled_from([b"", b"a", b"coal", b"mine\n", b"\xff" * 9]) | st.binary(max_size=5))
NUMBERS = st.lists(st.none() | st.integers(-(2**31), 2**31 - 1))


def written(column: Any, values: list[Any], before: bytes = b"") -> Any:
    """A reader of the column in which the documents have these values, None for none, behind other bytes of a file."""
    storage = RamStorage()
    file = storage.create_file("column")
    file.write(before)
    writer = column.writer(file)
    for number, value in enumerate(values):
        if value is not None:
            writer.add(number, value)
    writer.finish(len(values))
    file.close()
    size = storage.file_length("column") - len(before)
    return column.reader(storage.open_file("column"), len(before), size, len(values))


@given(values=NUMBERS, before=st.binary(max_size=3))
def test_numbers_column(values: list[int | None], before: bytes) -> None:
    ours, theirs = written(Numbers(), values, before), written(columns.NumericColumn("i"), values)
    assert list(ours.load()) == [ours[n] for n in range(len(values))] == list(theirs)


@given(values=BYTES, before=st.binary(max_size=3))
def test_bytes_column(values: list[bytes | None], before: bytes) -> None:
    ours, theirs = written(Bytes(), values, before), written(columns.VarBytesColumn(), values)
    held = [value or b"" for value in values]
    assert ours.load() == [ours[n] for n in range(len(values))] == list(theirs) == held
    assert ours.ascends == all(value < after for value, after in pairwise(held))


@given(values=BYTES, before=st.binary(max_size=3))
def test_repeated_column(values: list[bytes | None], before: bytes) -> None:
    ours = written(Repeated(), values, before)
    held = [value or b"" for value in values]
    assert ours.load() == [ours[n] for n in range(len(values))] == held
    assert [ours.values()[number] for number in ours.numbers()] == held
    assert sorted(ours.values()) == sorted(set(held))


@pytest.mark.parametrize(("column", "value"), [(Numbers(), 7), (Bytes(), b"coal"), (Repeated(), b"coal")])
def test_truncated_column_raises(column: Any, value: Any) -> None:
    whole = written(column, [value] * 9)
    cut = RamStorage()
    with cut.create_file("column") as file:
        file.write(whole._dbfile.get(0, whole._length - 6))
    with pytest.raises(Exception):  # noqa: B017 - any: the engine translates them
        column.reader(cut.open_file("column"), 0, whole._length - 6, 9).load()
