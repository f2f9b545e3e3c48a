"""Opening an archive: when an index is built, when an old one answers, and what is said about it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli import archive as archive_module
from shanxi_cli import paths
from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext, OpenedArchive, open_archive
from shanxi_cli.engines import open_backend
from shanxi_cli.errors import EngineError, IndexBusy, IndexOutdated, IndexUnusable, LocationError
from shanxi_cli.indexing import snapshot as generation
from shanxi_cli.indexing.builder import update_index
from shanxi_cli.indexing.index_status import IndexStatus
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.manifest import Manifest
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.paths import Locations, locate_archive
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query
from tests.support import articles
from tests.support.users import as_nobody


class Opening:
    """Opens an archive and keeps what was said."""

    def __init__(self, corpus: Path, index: Path, fallback: Path | None = None) -> None:
        self.corpus = corpus
        self.where = Locations((str(corpus),), index, fallback)
        self.said: list[str] = []

    def size(self) -> int:
        self.said.clear()
        engine = open_archive(ArchiveContext(self.where, self.said.append, lambda done, total: None)).engine
        try:
            return engine.article_count()
        finally:
            engine.close()


@pytest.fixture
def opening(corpus: Path, tmp_path: Path) -> Opening:
    return Opening(corpus, tmp_path / "index")


def add(corpus: Path) -> None:
    (corpus / "new.md").write_text("---\ntitle: New\n---\n")


def test_open_builds_missing_index(opening: Opening) -> None:
    assert opening.size() == 6
    assert opening.said == ["built the index of 6 articles"]
    assert opening.size() == 6
    assert opening.said == []


def test_open_updates_stale_index(opening: Opening) -> None:
    opening.size()
    add(opening.corpus)
    assert opening.size() == 7
    assert opening.said == ["brought the index up to date: 1 added (7 articles)"]


def test_open_uses_stale_index_if_busy(opening: Opening) -> None:
    opening.size()
    add(opening.corpus)
    with lock_index(opening.where.index, 0):
        assert opening.size() == 6
    assert opening.said == [
        f"another shanxi (process {os.getpid()}) is building the index {opening.where.index}; try again later;"
        " results come from the outdated index"
    ]


@pytest.mark.parametrize("folders", ["other", "another order"])
def test_open_ignores_index_of_other_folders(opening: Opening, tmp_path: Path, folders: str) -> None:
    other = articles.write(tmp_path / "other", ["undated-note"])
    both = (str(opening.corpus), str(other))
    opening.where = Locations(both, opening.where.index, None)
    opening.size()
    opening.where = Locations((str(other),) if folders == "other" else both[::-1], opening.where.index, None)
    with lock_index(opening.where.index, 0):
        assert opening.size() == (1 if folders == "other" else 6)
        status = IndexStatus(opening.where, open_backend(), opening.where.index)
    busy = f"another shanxi (process {os.getpid()}) is building the index {opening.where.index}; try again later"
    assert opening.said == [f"{busy}; building the index in memory for this run only"]
    assert (status.unusable_reason, status.load_manifest().entries) == ("the index is of other corpus folders", ())


def test_open_waits_for_first_build(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "FIRST_BUILD_WAIT", 0.1)
    with lock_index(opening.where.index, 0), pytest.raises(IndexBusy):
        opening.size()


def test_open_rebuilds_other_version(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.size()
    monkeypatch.setattr("shanxi_cli.engines.fingerprint.SCHEMA_VERSION", 999)
    assert opening.size() == 6
    assert opening.said == [
        "the index was made by another version of shanxi; rebuilt it from the articles (6 articles)"
    ]
    assert opening.size() == 6
    assert opening.said == []


@pytest.mark.parametrize(
    "pattern",
    ["CURRENT", "gen-*/MANIFEST.json", "gen-*/CORPUS.json", "gen-*/OUTLINE.json", "gen-*/*.seg", "gen-*/*.toc"],
)
@pytest.mark.parametrize("harm", ["empty", "flip", "cut", "remove"])
def test_open_rebuilds_damaged_index(opening: Opening, pattern: str, harm: str) -> None:
    opening.size()
    [path] = opening.where.index.glob(pattern)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    match harm:
        case "empty":
            path.write_bytes(b"")
        case "flip":
            path.write_bytes(data)
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "remove":
            path.unlink()
    assert opening.size() == 6
    [said] = opening.said
    assert said.endswith("; rebuilt it from the articles (6 articles)") or said == "built the index of 6 articles"
    assert opening.size() == 6
    assert opening.said == []


def test_open_does_not_load_manifest(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.size()

    def recalled(generation: Generation) -> None:
        raise AssertionError("100,000 records for a search")

    monkeypatch.setattr(Generation, "read_manifest_json", recalled)
    assert opening.size() == 6
    assert opening.said == []


def test_status_damaged_manifest_is_unusable(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    opening.size()
    monkeypatch.setattr(generation, "MAX_CHECKSUM_BYTES", 0)
    [corpus] = opening.where.index.glob("gen-*/CORPUS.json")
    times, data = corpus.stat(), corpus.read_bytes()
    corpus.write_bytes(data.replace(b"undated", b"UNDATED"))
    os.utime(corpus, ns=(times.st_atime_ns, times.st_mtime_ns))  # as if the disk itself had done it
    state = IndexStatus(opening.where, open_backend(), opening.where.index)
    assert (state.stale, state.unusable_reason) == (False, "")
    assert state.load_manifest() == Manifest((), ())
    assert (state.stale, state.unusable_reason) == (True, "CORPUS.json of the index is damaged")
    add(opening.corpus)
    assert opening.size() == 7


def test_open_falls_back_to_cache(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    opening = Opening(corpus, tmp_path / "file" / "index", tmp_path / "cache")
    assert opening.size() == 6
    assert opening.said == [
        f"the index folder {tmp_path}/file/index cannot be written: Not a directory; using {tmp_path}/cache",
        "built the index of 6 articles",
    ]


def test_open_named_folder_has_no_fallback(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocationError):
        Opening(corpus, tmp_path / "file" / "index").size()


# where nothing can be written


def closed(opening: Opening, folder: Path, *said: str) -> None:
    """What is said while nothing can be written into a folder."""
    folder.chmod(0o500)
    try:
        opening.size()
        assert opening.said == [line.format(index=opening.where.index) for line in said]
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("stale", [False, True])
def test_open_read_only_index(opening: Opening, tmp_path: Path, stale: bool) -> None:
    opening.size()  # loads what building needs
    shutil.rmtree(opening.where.index)
    said = "the index folder {index} cannot be written: Permission denied; results come from the outdated index"

    def work() -> None:
        opening.size()
        if stale:
            add(opening.corpus)
        closed(opening, opening.where.index, *[said] * stale)

    as_nobody(tmp_path, work)


def test_open_in_memory_if_not_writable(opening: Opening, tmp_path: Path) -> None:
    opening.size()  # loads what building needs
    shutil.rmtree(opening.where.index)

    def work() -> None:
        why = "the index folder {index} cannot be written: Permission denied"
        closed(opening, tmp_path, f"{why}; building the index in memory for this run only")
        assert not opening.where.index.exists()

    as_nobody(tmp_path, work)


def test_open_in_memory_if_cache_not_writable(corpus: Path, tmp_path: Path) -> None:
    opening = Opening(corpus, tmp_path / "index", tmp_path / "cache")
    opening.size()
    shutil.rmtree(tmp_path / "index")
    why = f"{tmp_path}/{{}} cannot be written: Permission denied"
    said = [
        f"the index folder {why.format('index')}; using {tmp_path}/cache",
        f"the index folder {why.format('cache')}; building the index in memory for this run only",
    ]
    as_nobody(tmp_path, lambda: closed(opening, tmp_path, *said))


def test_open_unsafe_index_uses_fallback(corpus: Path, tmp_path: Path) -> None:
    opening = Opening(corpus, tmp_path / "index", tmp_path / "cache")
    opening.size()
    [built] = (tmp_path / "index").glob("gen-*")
    built.chmod(0o770)
    assert opening.size() == 6
    assert opening.said == [
        f"{built.name} in the index is writable by other users; using {tmp_path}/cache",
        "built the index of 6 articles",
    ]
    assert list((tmp_path / "index").glob("gen-*")) == [built]


# asking again


def reader(opening: Opening) -> RetryingReader:
    opening.said.clear()
    return RetryingReader(ArchiveContext(opening.where, opening.said.append, lambda done, total: None))


def test_reader_retries_with_rebuilt_index(opening: Opening) -> None:
    opening.size()
    asked: list[OpenedArchive] = []

    def question(archive: OpenedArchive) -> int:
        asked.append(archive)
        if len(asked) == 1:
            raise IndexUnusable("the index is damaged")
        return archive.engine.article_count()

    assert reader(opening).run(question) == 6
    assert opening.said == ["the index is damaged; rebuilt it from the articles (6 articles)"]
    assert asked[0].generation != asked[1].generation


def find(word: str) -> Callable[[OpenedArchive], int]:
    """A query for the number of articles with a word."""

    def query(archive: OpenedArchive) -> int:
        found = archive.engine.count(compile_query(word, WordOperator.ANY))
        if not found:
            archive.ensure_full_scan()
        return found

    return query


def test_reader_reads_articles_if_outdated_index_finds_nothing(opening: Opening) -> None:
    opening.size()
    (opening.corpus / "new.md").write_text("---\ntitle: Zeppelin\n---\n")
    asking = reader(opening)
    with lock_index(opening.where.index, 0):
        found = [asking.run(find(word)) for word in ("coal", "zeppelin", "zeppelins", "dragonfly")]
    assert found == [3, 1, 1, 0]
    assert [line.rpartition("; ")[2] for line in opening.said] == [
        "results come from the outdated index",
        "building the index in memory for this run only",
    ]


def test_reader_refuses_to_say_nothing_of_large_outdated_index(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.size()
    add(opening.corpus)
    monkeypatch.setattr(archive_module, "MAX_MEMORY_FILES", 5)
    asking = reader(opening)
    with lock_index(opening.where.index, 0):
        assert asking.run(find("coal")) == 3
        with pytest.raises(IndexOutdated) as error:
            asking.run(find("dragonfly"))
    assert str(error.value).endswith("nothing was found, but the index is outdated: update it and try again")


def test_reader_retries_with_replaced_index(opening: Opening) -> None:
    opening.size()
    asked: list[OpenedArchive] = []

    def question(archive: OpenedArchive) -> int:
        asked.append(archive)
        if len(asked) == 1:
            add(opening.corpus)
            update_index(opening.where.index, opening.where.corpus, open_backend())
            raise IndexUnusable("the index is damaged")
        return archive.engine.article_count()

    assert reader(opening).run(question) == 7
    assert opening.said == []


def test_reader_retries_once(opening: Opening) -> None:
    def question(archive: OpenedArchive) -> int:
        raise IndexUnusable("the index is damaged")

    with pytest.raises(EngineError) as error:
        reader(opening).run(question)
    assert str(error.value) == "internal error: the engine failed on a freshly built index; please report this bug"


# where things are


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of this project with two articles."""
    folder = tmp_path / "checkout"
    articles.write(folder / "corpus", ["undated-note", "mine-safety-rules"])
    (folder / "pyproject.toml").write_text('[project]\nname = "shanxi"\n')
    monkeypatch.setattr(paths, "_PACKAGE_FOLDER", folder / "shanxi_cli")
    return folder


def own(environ_home: str) -> Path:
    return Path(environ_home) / ".local" / "share" / "shanxi" / "articles"


def test_locate_index_of_checkout(checkout: Path) -> None:
    found = locate_archive([], None, {})
    assert found.corpus == (str(checkout / "corpus"),)
    assert found.index == checkout / "index"
    assert found.fallback is not None
    assert found.fallback.is_relative_to(os.environ["HOME"])


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="the folders of another system")
def test_locate_own_articles_first(checkout: Path) -> None:
    mine = articles.write(own(os.environ["HOME"]), ["old-walls-of-pingyao"])
    found = locate_archive([], None, {})
    assert found.corpus == (str(mine), str(checkout / "corpus"))
    assert found.index.is_relative_to(Path(os.environ["HOME"]) / ".cache" / "shanxi")


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="the folders of another system")
def test_locate_merges_linked_folders(checkout: Path) -> None:
    mine = own(os.environ["HOME"])
    mine.parent.mkdir(parents=True)
    mine.symlink_to(checkout / "corpus")
    assert locate_archive([], None, {}).corpus == (str(checkout / "corpus"),)


def test_locate_ignores_hidden_files(checkout: Path) -> None:
    (own(os.environ["HOME"]) / ".pages").mkdir(parents=True)
    assert locate_archive([], None, {}).corpus == (str(checkout / "corpus"),)


def test_locate_articles_of_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "shanxi_cli"
    shipped = articles.write(package / "_articles")
    monkeypatch.setattr(paths, "_PACKAGE_FOLDER", package)
    monkeypatch.chdir(articles.write(tmp_path / "elsewhere" / "corpus").parent)  # the current folder does not count
    assert locate_archive([], None, {}).corpus == (str(shipped),)


def test_locate_index_per_archive(tmp_path: Path) -> None:
    a, b = (str(articles.write(tmp_path / name)) for name in "ab")
    indexes = {locate_archive(folders, None, {}).index for folders in ([a], [b], [a, b], [b, a])}
    assert len(indexes) == 4
    assert locate_archive([a + "/../a"], None, {}).index == locate_archive([a], None, {}).index


def test_locate_options_override_environment(tmp_path: Path) -> None:
    a, b = (str(articles.write(tmp_path / name)) for name in "ab")
    environ = {"SHANXI_CORPUS": os.pathsep.join([b, a]), "SHANXI_INDEX": str(tmp_path / "i")}
    assert locate_archive([], None, environ).corpus == (b, a)
    assert locate_archive([a], None, environ).corpus == (a,)
    assert locate_archive([], None, environ).index == tmp_path / "i"
    assert locate_archive([], str(tmp_path / "j"), environ).index == tmp_path / "j"


def test_locate_reports_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for options, environ, message in (
        ([str(tmp_path / "no")], {}, f"the corpus folder {tmp_path}/no (--corpus) does not exist"),
        ([str(tmp_path / "file")], {}, f"the corpus folder {tmp_path}/file (--corpus) is not a folder"),
        ([], {"SHANXI_CORPUS": "/no/such"}, "the corpus folder /no/such (SHANXI_CORPUS) does not exist"),
    ):
        with pytest.raises(LocationError) as error:
            locate_archive(options, None, environ)
        assert str(error.value) == message


def test_locate_without_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE_FOLDER", tmp_path / "shanxi_cli")
    with pytest.raises(LocationError, match=r"no articles found; put some into .*, or pass their folder with --corpus"):
        locate_archive([], None, {})
