"""The index folder on disk: what is current, what is kept, and what is refused."""

import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.engines.base import Backend
from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.errors import EngineError, IndexBusy, IndexUnusable, LocationError
from shanxi_cli.indexing import snapshot, store
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.snapshot import INDEX_FORMAT, Generation, verify_generation
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.scan_engine import ScanBackend

IDENTITY = EngineIdentity("toy", "1", "abc")


class ToyBackend(ScanBackend):
    """Keeps nothing elsewhere."""

    local = True

    def identity(self) -> EngineIdentity:
        return IDENTITY


LOCAL = ToyBackend()


class ClusterBackend(ScanBackend):
    """Keeps an index of its own, named by a file, for each generation; fails where it is told to."""

    local = False

    def __init__(self) -> None:
        super().__init__()
        self.held: set[str] = set()
        self.shown = ""
        self.calls: list[str] = []
        self.failing = ""

    def call(self, name: str) -> None:
        self.calls.append(name)
        if name == self.failing:
            raise EngineError(f"the cluster refuses to {name}")

    def begin(self, folder: DirectoryHandle) -> None:
        if folder.has("REMOTE.json"):  # linked from the generation that is continued
            (folder.path / "REMOTE.json").unlink()
        (folder.path / "REMOTE.json").write_text(folder.path.name[4:])
        self.call("begin")
        self.held.add(folder.path.name[4:])

    def publish(self, folder: DirectoryHandle) -> None:
        self.call("publish")
        self.shown = folder.read("REMOTE.json").decode()

    def discard(self, folder: DirectoryHandle) -> None:
        self.call("discard")
        if folder.has("REMOTE.json"):
            self.held.discard(folder.read("REMOTE.json").decode())

    def alive(self, folder: DirectoryHandle) -> bool:
        return folder.read("REMOTE.json").decode() in self.held


def filled(text: str) -> Any:
    """A build whose engine writes one file and remembers that text."""

    def fill(folder: DirectoryHandle) -> Any:
        (folder.path / "data").unlink(missing_ok=True)  # a link to the file of another generation
        (folder.path / "data").write_text(text)
        return {"text": text}, {"short": text[:1]}

    return fill


def build(index: Path, text: str, base: Generation | None = None, backend: Backend | None = None) -> Generation:
    with lock_index(index, 0):
        return store.build_generation(index, base, backend or LOCAL, filled(text))


def test_store_without_index(tmp_path: Path) -> None:
    assert store.current_generation(tmp_path) is None
    assert store.current_generation(tmp_path / "nowhere") is None


def test_store_build_becomes_current(tmp_path: Path) -> None:
    built = build(tmp_path / "index", "one")
    found = store.current_generation(tmp_path / "index")
    assert found == built
    assert found is not None
    assert found.identity == IDENTITY
    assert found.read_manifest_json() == {"text": "one"}
    assert found.read_summary_json() == {"short": "o"}
    assert (found.folder / "data").read_text() == "one"
    assert sorted(file.name for file in found.files) == ["CORPUS.json", "OUTLINE.json", "data"]


def test_store_generation_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        built = build(tmp_path / "index", "one")
    finally:
        os.umask(before)
    assert built.folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in built.folder.iterdir()} == {
        "CORPUS.json": 0o600,
        "MANIFEST.json": 0o600,
        "OUTLINE.json": 0o600,
        "data": 0o600,
    }


def test_store_keeps_last_two_generations(tmp_path: Path) -> None:
    names = [build(tmp_path, text).folder.name for text in ("one", "two", "three")]
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("gen-")) == sorted(names[1:])


def test_store_update_hard_links_base(tmp_path: Path) -> None:
    first = build(tmp_path, "one")
    seen: list[str] = []

    def fill(folder: DirectoryHandle) -> Any:
        seen.append((folder.path / "data").read_text())
        (folder.path / "more").write_text("two")
        return {}, {}

    with lock_index(tmp_path, 0):
        second = store.build_generation(tmp_path, first, LOCAL, fill)
    assert seen == ["one"]
    assert (first.folder / "data").stat().st_ino == (second.folder / "data").stat().st_ino
    [old], [new] = ([f for f in generation.files if f.name == "data"] for generation in (first, second))
    assert old == new
    verify_generation(second)


def test_store_failed_build_changes_nothing(tmp_path: Path) -> None:
    built = build(tmp_path, "one")

    def fail(folder: DirectoryHandle) -> Any:
        (folder.path / "more").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), lock_index(tmp_path, 0):
        store.build_generation(tmp_path, built, LOCAL, fail)
    assert store.current_generation(tmp_path) == built
    assert sorted(p.name for p in tmp_path.iterdir()) == ["CURRENT", "LOCK", built.folder.name]


def test_store_build_removes_leftovers(tmp_path: Path) -> None:
    (tmp_path / "new-0123456789abcdef").mkdir()
    (tmp_path / "CURRENT.0123456789abcdef.tmp").write_text("half")
    built = build(tmp_path, "one")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["CURRENT", "LOCK", built.folder.name]


def test_store_lock_is_exclusive(tmp_path: Path) -> None:
    with lock_index(tmp_path, 0), pytest.raises(IndexBusy) as busy, lock_index(tmp_path, 0):
        pass
    assert str(busy.value) == (
        f"another shanxi (process {os.getpid()}) is building the index {tmp_path}; try again later"
    )


def test_store_reports_uncreatable_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocationError) as error, lock_index(tmp_path / "file" / "index", 0):
        pass
    assert str(error.value) == f"the index folder {tmp_path}/file/index cannot be written: Not a directory"


def change(path: Path, **values: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


DAMAGES: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "another format": (
        lambda index, folder: change(index / "CURRENT", format=99),
        f"the index has format 99, this program writes {INDEX_FORMAT}",
    ),
    "a name that is none": (
        lambda index, folder: change(index / "CURRENT", generation="../elsewhere"),
        "CURRENT does not name a valid generation",
    ),
    "a current without its previous": (
        lambda index, folder: (index / "CURRENT").write_text(
            (index / "CURRENT").read_text().replace("previous", "qrevious")
        ),
        "the index is damaged",
    ),
    "no JSON": (lambda index, folder: (index / "CURRENT").write_text("{"), "the index is damaged"),
    "not even text": (lambda index, folder: (index / "CURRENT").write_bytes(b"\xff"), "the index is damaged"),
    "JSON of another shape": (lambda index, folder: (index / "CURRENT").write_text("[]"), "the index is damaged"),
    "a changed manifest": (
        lambda index, folder: change(folder / "MANIFEST.json", built=1),
        "MANIFEST.json of the index is damaged",
    ),
    "a shorter file": (lambda index, folder: os.truncate(folder / "data", 1), "data of the index is damaged"),
    "a missing file": (lambda index, folder: (folder / "data").unlink(), "a file of the index is missing"),
    "no generation": (
        lambda index, folder: folder.rename(folder.parent / "away"),
        "a file of the index is missing",
    ),
    "a file that others may write": (
        lambda index, folder: (folder / "data").chmod(0o620),
        "data in the index is writable by other users",
    ),
    "a folder that others may write": (
        lambda index, folder: folder.chmod(0o777),
        "{name} in the index is writable by other users",
    ),
    "a link": (
        lambda index, folder: (folder / "other").symlink_to("/etc/hostname"),
        "other in the index is a link or not a regular file",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_store_refuses_damaged_generation(tmp_path: Path, damage: str) -> None:
    built = build(tmp_path, "one")
    harm, message = DAMAGES[damage]
    harm(tmp_path, built.folder)
    with pytest.raises(IndexUnusable) as error:
        store.current_generation(tmp_path)
    assert str(error.value) == message.format(name=built.folder.name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_store_refuses_file_of_another_user(tmp_path: Path) -> None:
    built = build(tmp_path, "one")
    os.chown(built.folder / "data", 12345, -1)
    with pytest.raises(IndexUnusable) as error:
        store.current_generation(tmp_path)
    assert str(error.value) == "data in the index belongs to another user"


def test_store_gives_readers_the_page_checksums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None for what was compared whole at opening; no answer for a file that is not part of the snapshot."""
    built = build(tmp_path, "one")
    pages = f"{zlib.crc32(b'one'):08x}"
    assert built.directory.page_checksums("data") == pages
    small = store.current_generation(tmp_path)
    monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
    large = store.current_generation(tmp_path)
    assert small and small.directory.page_checksums("data") is None
    assert large and large.directory.page_checksums("data") == pages
    with pytest.raises(FileNotFoundError):
        large.directory.page_checksums("other")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("hidden", [False, True])
def test_store_compares_modified_files(
    tmp_path: Path, large: bool, hidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large index only what its times speak for; what a disk turns over by itself is left to the reader of the
    page, and to `verify_generation`.
    """
    if large:
        monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
    built = build(tmp_path, "one")
    times = (built.folder / "data").stat()
    (built.folder / "data").write_text("own")  # of the same size
    if hidden:
        os.utime(built.folder / "data", ns=(times.st_atime_ns, times.st_mtime_ns))
    if large and hidden:
        assert store.current_generation(tmp_path) == built
    else:
        with pytest.raises(IndexUnusable, match="data of the index is damaged"):
            store.current_generation(tmp_path)
    with pytest.raises(IndexUnusable, match="data of the index is damaged"):
        verify_generation(built)


def test_store_accepts_copied_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MAX_CHECKSUM_BYTES", 0)
    build(tmp_path / "index", "one")
    shutil.copytree(tmp_path / "index", tmp_path / "copy", copy_function=shutil.copyfile)
    for path in (tmp_path / "copy").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    found = store.current_generation(tmp_path / "copy")
    assert found is not None
    verify_generation(found)


def test_generation_refuses_changed_manifest(tmp_path: Path) -> None:
    built = build(tmp_path, "one")
    (built.folder / "CORPUS.json").write_text('{"text":"own"}')
    with pytest.raises(IndexUnusable) as error:
        built.read_manifest_json()
    assert str(error.value) == "CORPUS.json of the index is damaged"


@pytest.mark.parametrize("name", ["new-website", "CURRENT", "notes.txt", "CURRENT.old.tmp", "gen-1"])
def test_store_refuses_folder_with_other_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "work.txt").write_text("mine")
    with pytest.raises(LocationError) as error:
        build(tmp_path, "one")
    assert str(error.value) == (
        f"the folder {tmp_path} contains other files ({name}); use an empty folder for the index"
    )
    assert (tmp_path / name / "work.txt").read_text() == "mine"


def test_store_does_not_block_on_fifo(tmp_path: Path) -> None:
    build(tmp_path, "one")
    (tmp_path / "CURRENT").unlink()
    os.mkfifo(tmp_path / "CURRENT")
    with pytest.raises(IndexUnusable, match="CURRENT of the index is not a regular file"):
        store.current_generation(tmp_path)


# Generations whose data is elsewhere


def generation_names(index: Path) -> set[str]:
    """What each generation on disk calls its data elsewhere."""
    return {(path / "REMOTE.json").read_text() for path in index.iterdir() if path.is_dir()}


def test_store_discards_what_it_no_longer_keeps(tmp_path: Path) -> None:
    cluster, base = ClusterBackend(), None
    for text in ("one", "two", "three", "four"):
        base = build(tmp_path, text, base, cluster)
    assert cluster.held == generation_names(tmp_path)
    assert len(cluster.held) == 2
    assert base is not None
    assert cluster.shown == base.folder.name[4:]
    store.require_alive(base, cluster)


@pytest.mark.parametrize("failing", ["begin", "publish"])
def test_store_discards_a_build_that_failed(tmp_path: Path, failing: str) -> None:
    cluster = ClusterBackend()
    built = build(tmp_path, "one", None, cluster)
    cluster.failing = failing
    with pytest.raises(EngineError, match=f"refuses to {failing}"):
        build(tmp_path, "two", built, cluster)
    assert store.current_generation(tmp_path) == built
    assert cluster.held == {built.folder.name[4:]} == generation_names(tmp_path)
    assert cluster.shown == built.folder.name[4:]


def test_store_discards_a_build_that_was_interrupted(tmp_path: Path) -> None:
    cluster = ClusterBackend()

    def fail(folder: DirectoryHandle) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), lock_index(tmp_path, 0):
        store.build_generation(tmp_path, None, cluster, fail)
    assert cluster.calls == ["begin", "discard"]
    assert cluster.held == set()


def test_store_publishes_before_it_becomes_current(tmp_path: Path) -> None:
    cluster = ClusterBackend()
    seen: list[object] = []

    class Watching(ClusterBackend):
        def publish(self, folder: DirectoryHandle) -> None:
            seen.append((folder.names(), (tmp_path / "CURRENT").exists()))

    build(tmp_path, "one", None, Watching())
    assert seen == [(["CORPUS.json", "MANIFEST.json", "OUTLINE.json", "REMOTE.json", "data"], False)]
    assert cluster.calls == []


def test_store_tries_again_to_discard(tmp_path: Path) -> None:
    """What cannot be removed now is still named by its folder, so that a later sweep removes it."""
    cluster = ClusterBackend()
    first = build(tmp_path, "one", None, cluster)
    build(tmp_path, "two", first, cluster)
    cluster.failing = "discard"
    build(tmp_path, "three", None, cluster)
    assert first.folder.is_dir()
    assert len(cluster.held) == 3
    assert store.list_leftovers(tmp_path) == [first.folder.name]
    cluster.failing = ""
    with lock_index(tmp_path, 0):
        store.remove_leftovers(tmp_path, cluster)
    assert cluster.held == generation_names(tmp_path)
    assert not first.folder.exists()


def test_store_does_not_discard_what_others_may_have_written(tmp_path: Path) -> None:
    cluster = ClusterBackend()
    cluster.held.add("precious")
    foreign = tmp_path / "new-0123456789abcdef"
    foreign.mkdir()
    (foreign / "REMOTE.json").write_text("precious")
    (foreign / "REMOTE.json").chmod(0o666)
    build(tmp_path, "one", None, cluster)
    assert "precious" in cluster.held
    assert not foreign.exists()


def test_store_knows_a_generation_that_is_gone(tmp_path: Path) -> None:
    cluster = ClusterBackend()
    built = build(tmp_path, "one", None, cluster)
    cluster.held.clear()
    with pytest.raises(IndexUnusable, match="the index is gone from the cluster"):
        store.require_alive(built, cluster)
