"""The power goes at every operation of `shanxi index`: what is left on the disk is the old index or the new one."""

import shutil
from pathlib import Path

import pytest

from shanxi_cli.indexing import store
from tests.faults.disk import Disk, Loss
from tests.faults.operations import Operations
from tests.faults.runs import CASES, Archive

SAMPLE = 7
"""Of so many different states of the disk one is looked at in every run, and always the last."""
SHARDS = 3
"""Tests that the states of a case are dealt out to, so that each takes less than a minute."""


def images(archive: Archive, loss: Loss, folder: Path) -> list[Path]:
    """The states of the disk that a power loss could leave during one run, in their order, each once."""
    folder.mkdir()

    def prepare() -> None:
        disk = Disk(str(archive.root))
        operations = Operations(str(archive.root))
        last: list[dict[str, bytes]] = []

        def seen(what: str, path: str) -> None:
            with operations.paused():
                disk.happened(what, path)
                place = folder / f"{len(last):04}"
                disk.image(loss, place)
                state = {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}
                if last and state == last[-1]:
                    shutil.rmtree(place)
                else:
                    last.append(state)

        operations.seen = seen
        operations.install()

    assert archive.run(prepare) == 0, archive.said()
    return sorted(folder.iterdir())


def look_at(archive: Archive, image: Path) -> object:
    """What the index of one state of the disk answers; the next search and the next update put it right."""
    shutil.rmtree(archive.root)
    image.rename(archive.root)
    stands = archive.as_it_stands()
    assert stands in (archive.old, archive.new), image
    assert archive.searched() == archive.new, image
    assert archive.run(lambda: None) == 0, archive.said()
    assert store.list_leftovers(archive.index) == [], image
    return stands


@pytest.mark.parametrize("loss", Loss, ids=lambda loss: loss.name.lower())
@pytest.mark.parametrize("case", CASES)
def test_power_loss_at_sampled_moments(tmp_path: Path, case: str, loss: Loss) -> None:
    archive = Archive(tmp_path, case)
    *some, last = images(archive, loss, tmp_path / "images")
    for image in some[::SAMPLE]:
        look_at(archive, image)
    assert look_at(archive, last) == archive.new, "shanxi index said that it was done"


@pytest.mark.faults
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("loss", Loss, ids=lambda loss: loss.name.lower())
@pytest.mark.parametrize("case", CASES)
def test_power_loss_at_every_moment(tmp_path: Path, case: str, loss: Loss, shard: int) -> None:
    archive = Archive(tmp_path, case)
    every = images(archive, loss, tmp_path / "images")
    seen = [look_at(archive, image) for image in every[::-1][shard::SHARDS]]
    assert shard or seen[0] == archive.new, "the last state is that of an update that said that it was done"
    print(f"{case}: {loss.value} lost: {len(seen)} of {len(every)} states, {seen.count(archive.new)} of them new")


def test_disk_model_loses_unsynced_data(tmp_path: Path) -> None:
    """The model itself: Whoosh's own way of writing an index does not survive it."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "kept").write_text("old")
    disk = Disk(str(root))
    (root / "kept").write_text("new")
    (root / "made").write_text("made")
    disk.image(Loss.EVERYTHING, tmp_path / "strict")
    disk.image(Loss.BYTES, tmp_path / "common")
    assert {p.name: p.read_text() for p in (tmp_path / "strict").iterdir()} == {"kept": "old"}
    assert {p.name: p.read_text() for p in (tmp_path / "common").iterdir()} == {"kept": "old", "made": ""}
