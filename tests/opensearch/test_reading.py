"""An index in a cluster through the command line: what its builder prints, and what those see who only read it."""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from shanxi_cli.api.archive import Archive
from shanxi_cli.cli.main import main
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.lease import HeldLease, acquire_lease
from shanxi_cli.model.remote_index import RemoteIndex
from tests.conftest import Shanxi
from tests.opensearch.cluster.running import Cluster
from tests.support import articles

pytestmark = pytest.mark.cluster

NAMES = ["coal-town-plants-trees", "old-walls-of-pingyao", "solar-cells-for-export"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return articles.write(tmp_path / "corpus", NAMES)


@pytest.fixture
def url(cluster: Cluster, index_name: str) -> str:
    """The address of an index that no other test uses."""
    return f"{','.join(cluster.urls)}/{index_name}"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Shanxi:
    return Shanxi(capsys)


@pytest.fixture
def built(run: Shanxi, corpus: Path, url: str) -> str:
    """The address of an index of the corpus, for tests that change it."""
    found = run("index", "--index", url, "--corpus", str(corpus))
    assert (found.status, found.err) == (0, "")
    return url


@pytest.fixture(scope="module")
def shared(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an index of the same articles, for tests that leave it as it is."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    folder = articles.write(tmp_path_factory.mktemp("builder") / "corpus", NAMES)
    url = f"{','.join(cluster.urls)}/{name}"
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setenv("HOME", str(folder.parent))
        assert main(["index", "--index", url, "--corpus", str(folder)]) == 0
    yield url
    cluster.remove_indices(name)


@pytest.fixture
def reader(run: Shanxi, monkeypatch: pytest.MonkeyPatch) -> Shanxi:
    """Run commands of somebody who has no folder for a cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    return run


@pytest.fixture
def shared_reader(reader: Shanxi, shared: str, monkeypatch: pytest.MonkeyPatch) -> Shanxi:
    """Run commands of somebody who only reads the shared index."""
    monkeypatch.setenv("SHANXI_INDEX", shared)
    return reader


def test_a_build_counts_as_in_a_folder(run: Shanxi, corpus: Path, url: str) -> None:
    found = run("index", "--index", url, "--corpus", str(corpus))
    counts = "added            3\nchanged          0\nremoved          0\nfailed           0\narticles         3\n"
    assert (found.status, found.out, found.err) == (0, counts, "")
    assert run("index", "--index", url, "--corpus", str(corpus)).out == counts.replace("3\nch", "0\nch")


def test_a_search_with_the_corpus_updates_the_cluster_and_readers_see_it(run: Shanxi, built: str, corpus: Path) -> None:
    articles.write(corpus, ["mine-safety-rules"])
    assert run("list", "-l", "--index", built).out.count("\n") == 3
    found = run("list", "-l", "--index", built, "--corpus", str(corpus))
    assert (found.out.count("\n"), found.err) == (4, "shanxi: brought the index up to date: 1 added (4 articles)\n")
    assert run("list", "-l", "--index", built).out.count("\n") == 4


def test_readers_find_articles(shared_reader: Shanxi) -> None:
    assert shared_reader("search", "solar", "-l").out == "solar-cells-for-export\n"
    assert shared_reader("show", "solar", "-f", "text").out.startswith("Solar cells for export\n")
    assert shared_reader("cite", "solar", "-l").out == "solar-cells-for-export\n"
    found = shared_reader("search", "zeppelin")
    assert (found.status, found.out) == (1, "")
    assert "searched    3 articles from 2021-07-22" in found.err


def test_status_of_a_shared_reader(shared_reader: Shanxi, shared: str) -> None:
    found = shared_reader("status")
    assert (found.status, found.err) == (0, "")
    archive, index, state, cluster, count = found.out.splitlines()
    assert index == f"index     {shared}"
    assert archive.endswith("/corpus")
    assert state.strip() == "only read: the files are elsewhere, so it is not known whether they have changed since"
    name = shared.rpartition("/")[2]
    assert re.fullmatch(rf"cluster   {name}-gen-[0-9a-f]{{16}}, built \S+Z by \S+ on \S+ \(process \d+\)", cluster)
    assert count.startswith("articles  3, ")
    shown = json.loads(shared_reader("status", "--json").out)
    assert (shown["up_to_date"], shown["articles"], shown["failed"]) == (None, 3, [])
    assert shown["cluster"]["only_read"] is True


def test_status_counts_files_that_failed_where_nobody_can_list_them(
    run: Shanxi, reader: Shanxi, built: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_INDEX", built)
    (corpus / "broken.md").write_text("---\ntitle: [\n---\n\nText.\n")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert run("index", "--index", built, "--corpus", str(corpus)).status == 2
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    found = reader("status")
    line = "failed    1 file could not be read as articles; shanxi status names them where the files are"
    assert (found.status, line in found.out.splitlines()) == (2, True)
    assert json.loads(reader("status", "--json").out)["cluster"]["failed"] == 1


@pytest.mark.parametrize("options", [(), ("--full",)], ids=["sample", "full"])
def test_doctor_of_a_shared_reader(shared_reader: Shanxi, options: tuple[str, ...]) -> None:
    found = shared_reader("doctor", *options)
    lines = {line[7:18].strip(): line for line in found.out.splitlines()}
    assert (found.status, found.err) == (0, ""), found.out
    assert lines["counts"] == "ok     counts     3 articles, in the cluster as in the manifest"
    assert lines["terms"] == "ok     terms      all 3 have the right terms"
    contents = "ok     contents   the ids of all 3 are those of the manifest"
    assert lines.get("contents") == (contents if options else None)


def test_doctor_finds_an_article_that_is_missing(
    reader: Shanxi, cluster: Cluster, built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_INDEX", built)
    name = built.rpartition("/")[2]
    [generation] = cluster.request("GET", f"/_alias/{name}")
    cluster.request("PUT", f"/{generation}/_settings", {"index.blocks.write": None})
    cluster.request("DELETE", f"/{generation}/_doc/solar-cells-for-export?refresh=true")
    found = reader("doctor", "--full")
    assert found.status == 2
    advice = "whoever has the files of the articles repairs it: shanxi index --rebuild"
    counts = "wrong  counts     the manifest lists 3 articles, 3 were published, the cluster has 2"
    contents = "wrong  contents   1 are missing, or not in the manifest: solar-cells-for-export"
    assert f"{counts}\n{'':18}{advice}\n" in found.out
    assert f"{contents}\n{'':18}{advice}\n" in found.out


def test_doctor_of_a_builder(run: Shanxi, built: str, corpus: Path) -> None:
    found = run("doctor", "--index", built, "--corpus", str(corpus))
    subjects = [line[7:18].strip() for line in found.out.splitlines() if not line.startswith(" ")]
    assert found.status == 0, found.out
    assert subjects[0] == "corpus"
    assert {"cluster", "shards", "counts", "contents", "articles", "terms"} <= set(subjects)
    assert "ok     articles   all 3 match their files" in found.out.splitlines()


def test_what_needs_files_says_so(shared_reader: Shanxi) -> None:
    path = shared_reader("path", "solar")
    message = "this index is only read, and the files of its articles are elsewhere; run it where they are"
    assert (path.status, path.out, path.err) == (2, "", f"shanxi: {message}\n")
    opened = shared_reader("open", "solar", "--print")
    assert (opened.status, opened.out) == (2, "")
    assert opened.err.startswith("shanxi: solar-cells-for-export has no address of the web, and the files of this")


def test_ids_are_completed(shared_reader: Shanxi) -> None:
    assert shared_reader("--complete", "fish", "shanxi show so").out == "solar-cells-for-export\n"
    assert shared_reader("--complete", "fish", "shanxi show zz").out == ""


def test_a_saved_search_reports_what_is_new_once(
    run: Shanxi, reader: Shanxi, built: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_INDEX", built)
    assert reader("saved", "add", "mines", "mine").status == 0
    assert reader("saved", "run", "mines", "--new", "-l").out == "coal-town-plants-trees\n"
    assert reader("saved", "run", "mines", "--new", "-l").status == 1
    articles.write(corpus, ["mine-safety-rules"])
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert run("index", "--index", built, "--corpus", str(corpus)).status == 0
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    assert reader("saved", "run", "mines", "--new", "-l").out == "mine-safety-rules\n"


def test_an_open_archive_sees_what_was_built_since(run: Shanxi, built: str, corpus: Path) -> None:
    with Archive.open(index=built) as archive:
        assert (len(archive), archive.corpus, archive.refresh()) == (3, (), False)
        articles.write(corpus, ["mine-safety-rules"])
        assert run("index", "--index", built, "--corpus", str(corpus)).status == 0
        assert len(archive) == 3
        assert (archive.refresh(), len(archive)) == (True, 4)


def test_a_reader_goes_on_when_its_generation_is_removed(run: Shanxi, built: str, corpus: Path) -> None:
    with Archive.open(index=built) as archive:
        for name in ("mine-safety-rules", "undated-note"):
            articles.write(corpus, [name])
            assert run("index", "--index", built, "--corpus", str(corpus)).status == 0
        assert archive.article("solar").title == "Solar cells for export"


def test_an_index_that_is_gone_is_no_empty_answer(
    reader: Shanxi, cluster: Cluster, built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHANXI_INDEX", built)
    name = built.rpartition("/")[2]
    cluster.remove_indices(name)
    found = reader("search", "solar")
    assert (found.status, found.out) == (2, "")
    assert found.err == f"shanxi: the cluster at {cluster.urls[0]} has no index {name}; run shanxi index to build it\n"


def test_two_machines_with_the_same_files_share_an_index(
    run: Shanxi, built: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another-machine"))
    found = run("list", "-l", "--index", built, "--corpus", str(corpus))
    assert (found.status, sorted(found.out.split()), found.err) == (0, NAMES, "")


@pytest.fixture
def other_builder(cluster: Cluster, built: str) -> Iterator[HeldLease]:
    """Somebody who is building the index all the time."""
    client = ClusterClient(RemoteIndex(cluster.urls, built.rpartition("/")[2]))
    lease = acquire_lease(client, client.remote.name, 10.0, client)
    yield lease
    lease.release()
    client.close()


@pytest.mark.usefixtures("other_builder")
@pytest.mark.parametrize(
    ("cache", "source"),
    [("", "the outdated index"), ("elsewhere", "the index as it was published")],
    ids=["own", "none"],
)
def test_what_others_have_built_answers_while_they_build(
    run: Shanxi,
    built: str,
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cache: str,
    source: str,
) -> None:
    if cache:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
    articles.write(corpus, ["mine-safety-rules"])
    found = run("list", "-l", "--index", built, "--corpus", str(corpus))
    assert (found.status, sorted(found.out.split())) == (0, NAMES)
    busy = rf"\S+ on \S+ \(process \d+\) is building the index {built.rpartition('/')[2]}; try again later"
    assert re.fullmatch(rf"shanxi: {busy}; results come from {source}\n", found.err)
    nothing = run("search", "zeppelin", "-q", "--index", built, "--corpus", str(corpus))
    assert (nothing.status, nothing.out) == (2, "")
    assert re.fullmatch(rf"shanxi: {busy}; nothing was found, but the index is outdated: .*\n", nothing.err)
    refused = run("index", "--index", built, "--corpus", str(corpus))
    assert (refused.status, re.fullmatch(f"shanxi: {busy}\n", refused.err) is not None) == (2, True)


@pytest.mark.usefixtures("other_builder")
def test_an_index_of_other_folders_does_not_answer_while_others_build(run: Shanxi, built: str, tmp_path: Path) -> None:
    folder = articles.write(tmp_path / "other", ["undated-note"])
    found = run("list", "-l", "--index", built, "--corpus", str(folder))
    assert (found.status, found.out) == (2, "")
    assert "not of this corpus; only shanxi index replaces it" in found.err


def test_a_default_to_rank_by_meaning_is_for_indexes_in_folders(
    shared_reader: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config" / "shanxi").mkdir(parents=True)
    (tmp_path / "config" / "shanxi" / "config.toml").write_text("semantic = true\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert shared_reader("search", "solar", "cells", "-l").out == "solar-cells-for-export\n"


def test_a_build_from_other_folders_says_what_it_replaces(
    run: Shanxi, built: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = articles.write(tmp_path / "other", ["undated-note"])
    monkeypatch.setenv("SHANXI_CORPUS", str(folder))
    assert run("list", "-l", "--index", built).out.count("\n") == 3  # SHANXI_CORPUS is none of an option's address
    before = f"shanxi: the index {built.rpartition('/')[2]} is of {corpus} (3 articles)"
    refused = run("index", "--index", built)
    advice = f"to replace it by that of {folder}, name these folders with --corpus"
    assert (refused.status, refused.out, refused.err) == (2, "", f"{before}; {advice}\n")
    found = run("index", "--index", built, "--corpus", str(folder))
    assert found.err == f"{before}; replacing it by that of {folder}\n"
    assert run("list", "-l", "--index", built).out == "undated-note\n"


@pytest.mark.parametrize("command", ["list -l", "search coal", "path undated-note", "facets place"], ids=str)
def test_reading_replaces_no_index_of_other_folders(
    run: Shanxi, built: str, corpus: Path, tmp_path: Path, command: str
) -> None:
    folder = articles.write(tmp_path / "other", ["undated-note"])
    found = run(*command.split(), "--index", built, "--corpus", str(folder))
    reason = f"the index {built.rpartition('/')[2]} is of {corpus} (3 articles), not of this corpus"
    assert (found.status, found.out) == (2, "")
    assert found.err == f"shanxi: {reason}; only shanxi index replaces it\n"
    assert sorted(run("list", "-l", "--index", built).out.split()) == NAMES


def test_an_empty_folder_empties_an_index_when_it_is_rebuilt(run: Shanxi, built: str, corpus: Path) -> None:
    for file in corpus.iterdir():
        file.unlink()
    refused = run("index", "--index", built, "--corpus", str(corpus))
    reason = f"there are no articles any more in {corpus}, and the index in the cluster has 3 articles"
    assert (refused.status, refused.err) == (2, f"shanxi: {reason}; if that is right, run shanxi index --rebuild\n")
    assert sorted(run("list", "-l", "--index", built).out.split()) == NAMES
    assert run("index", "--rebuild", "--index", built, "--corpus", str(corpus)).status == 0
    assert run("list", "-l", "--index", built).out == ""


def test_a_build_publishes_an_index_that_has_lost_its_name(
    run: Shanxi, built: str, cluster: Cluster, corpus: Path
) -> None:
    name = built.rpartition("/")[2]
    client = ClusterClient(RemoteIndex(cluster.urls, name))
    client.request("POST", "/_aliases", {"actions": [{"remove": {"index": f"{name}-gen-*", "alias": name}}]})
    client.close()
    assert run("list", "-l", "--index", built).status == 2
    assert run("index", "--index", built, "--corpus", str(corpus)).status == 0
    assert sorted(run("list", "-l", "--index", built).out.split()) == NAMES
