"""`shanxi index` fails at each of its file operations in turn; what it leaves behind is the old index or the new one.

By default a sample of the operations is tried; `pytest -m faults` tries them all.
"""

import os
import random
import signal
from pathlib import Path

import pytest

from shanxi_cli.indexing import store
from tests.faults.operations import Fault, Operations
from tests.faults.runs import CASES, Archive

SAMPLE = 23
"""Of so many operations one is tried in every run, not always the same kind for each fault."""
SHARDS = 6
"""Tests that the operations of a case and fault are dealt out to, so that each takes less than a minute."""


def operations_of(archive: Archive) -> int:
    """How many operations a run without a fault has."""
    reading, writing = os.pipe()
    operations = Operations(str(archive.root))
    status = archive.run(operations.install, lambda: os.write(writing, b"%d" % len(operations.done)))
    assert status == 0, archive.said()
    archive.reset()
    os.close(writing)
    with os.fdopen(reading) as told:
        return int(told.read())


def try_fault(archive: Archive, fault: Fault, at: int) -> None:
    """One run with one fault, and all that is promised of it."""
    status = archive.run(lambda: Operations(str(archive.root), fault, at).install())
    where = f"{fault.value} at operation {at}: status {status}: {archive.said()}"
    assert "Traceback" not in archive.said(), where
    stands = archive.as_it_stands()
    assert stands in (archive.old, archive.new), where
    if status == 0:
        assert stands == archive.new, where
    elif fault in (Fault.KILL, Fault.TEAR):
        assert status == -signal.SIGKILL, where
    else:
        assert status == 2, where
        assert archive.said().startswith("shanxi: ") and archive.said().count("\n") == 1, where
    assert archive.searched() == archive.new, where
    assert archive.run(lambda: None) == 0, where
    assert archive.as_it_stands() == archive.new, where
    assert store.list_leftovers(archive.index) == [], where
    archive.reset()


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("case", CASES)
def test_sample_of_failing_operations(tmp_path: Path, case: str, fault: Fault) -> None:
    archive = Archive(tmp_path, case)
    number = operations_of(archive)
    first = random.Random(f"{case} {fault}").randrange(SAMPLE)
    for at in range(first + 1, number + 1, SAMPLE):
        try_fault(archive, fault, at)


@pytest.mark.faults
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("case", CASES)
def test_every_failing_operation(tmp_path: Path, case: str, fault: Fault, shard: int) -> None:
    archive = Archive(tmp_path, case)
    number = operations_of(archive)
    tried = range(1 + shard, number + 1, SHARDS)
    for at in tried:
        try_fault(archive, fault, at)
    print(f"{case}: {fault.value}: {len(tried)} of {number} operations")


@pytest.mark.parametrize("fault", [Fault.FULL, Fault.FULL_ONCE, Fault.BROKEN], ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("case", ["first build", "update"])
def test_search_answers_if_index_not_writable(tmp_path: Path, case: str, fault: Fault) -> None:
    """Answer from the outdated index or from one in memory, with a notice."""
    archive = Archive(tmp_path, case)
    archive.arguments = ["search", "coal OR added"]
    number = operations_of(archive)
    for at in range(2, number + 1, SAMPLE):
        status = archive.run(lambda at=at: Operations(str(archive.root), fault, at).install())  # type: ignore[misc]
        assert status == 0, f"operation {at}: {archive.said()}"
        assert archive.searched() == archive.new
        archive.reset()


def test_search_explains_unwritable_index(tmp_path: Path) -> None:
    for case, what in (
        ("first build", "building the index in memory for this run only"),
        ("update", "results come from the outdated index"),
    ):
        (tmp_path / case).mkdir()
        archive = Archive(tmp_path / case, case)
        archive.arguments = ["search", "coal"]
        assert archive.run(lambda root=str(archive.root): Operations(root, Fault.FULL, 1).install()) == 0  # type: ignore[misc]
        refused = f"shanxi: the index folder {archive.index} cannot be written: No space left on device"
        assert archive.said() == f"{refused}; {what}\n"
