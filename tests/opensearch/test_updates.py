"""Updates of an index in a cluster: the same answers as a build from scratch, and old readers undisturbed."""

from pathlib import Path

import pytest

from shanxi_cli.engines.opensearch.descriptor import load_descriptor
from shanxi_cli.engines.opensearch.generations import current_generation
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.builder import build_in_memory
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.archives import TWICE, Machine, answers, start_archive, text_of, write_files
from tests.opensearch.cluster.running import Cluster
from tests.support.articles import FILES

pytestmark = pytest.mark.cluster

CHANGES: dict[str, dict[str, str | None]] = {
    "one more": {"new-bridge": text_of("New bridge", "A bridge of coal and steel. It cost 250 million yuan.")},
    "near-duplicates": {"gate-a": text_of("Gate", TWICE), "gate-b": text_of("Gate again", f"{TWICE} a little")},
    "another title": {"old-walls-of-pingyao": FILES["old-walls-of-pingyao"].replace("Old walls", "Older walls")},
    "code": {"program": "---\ntitle: Program\n---\n\nRun coal now.\n\n    coal --wall coal\n"},
    "all": {
        "new-bridge": text_of("New bridge", "A bridge."),
        "solar-cells-for-export": text_of("Solar cells at home", "No solar cells were sold abroad in May."),
        "coal-town-plants-trees": None,
        "gate-c": text_of("Third gate", TWICE),
    },
    "less": {"gate-b": None, "program": None},
}


@pytest.fixture
def remote(cluster: Cluster, index_name: str) -> RemoteIndex:
    return RemoteIndex(cluster.urls, index_name)


def expected(corpus: Path) -> dict[str, object]:
    """What the default engine answers about a corpus."""
    return answers(build_in_memory((str(corpus),), lambda done, total: None, ())[0])


def test_each_update_answers_as_a_new_index(remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    for change in CHANGES.values():
        write_files(machine.corpus, change)
        machine.update()
        assert answers(machine.engine()) == expected(machine.corpus)


def test_update_without_changes_makes_no_generation(remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    client = ClusterClient(remote)
    before = current_generation(client, remote.name)
    report = machine.update()
    assert (report.total, report.added, current_generation(client, remote.name)) == (6, (), before)


def test_readers_keep_their_generation_while_another_is_built(remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    old, before = machine.engine(), expected(machine.corpus)
    seen = []
    write_files(machine.corpus, CHANGES["all"])
    machine.update(progress=lambda done, total: seen.append(answers(old)))
    assert seen
    assert all(each == before for each in seen)
    assert answers(old) == before
    assert answers(machine.engine()) == expected(machine.corpus) != before


def test_reader_of_a_removed_generation_is_told(remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    old = machine.engine()
    for word in ("first", "second"):
        write_files(machine.corpus, {word: text_of(word, word)})
        machine.update()
    with pytest.raises(IndexUnusable):
        answers(old)


def test_two_generations_are_kept(cluster: Cluster, remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    for word in ("first", "second", "third", "fourth"):
        write_files(machine.corpus, {word: text_of(word, word)})
        machine.update()
    current = load_descriptor(ClusterClient(remote), remote.name)
    kept = [current.generation, current.previous]
    assert indices(cluster, remote.name) == sorted([*kept, *(f"{name}-words" for name in kept), f"{remote.name}-lease"])


def test_rebuild_replaces_the_index(remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    write_files(machine.corpus, CHANGES["all"])
    machine.update(rebuild=True)
    assert answers(machine.engine()) == expected(machine.corpus)


def test_index_that_is_gone_is_built_again(cluster: Cluster, remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    cluster.remove_indices(remote.name)
    machine.update()
    assert answers(machine.engine()) == expected(machine.corpus)


def test_words_only_change_where_articles_changed(cluster: Cluster, remote: RemoteIndex, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    write_files(machine.corpus, {"other": text_of("Zebra", "Zebra.")})
    machine.update()
    name = f"{current_generation(ClusterClient(remote), remote.name)}-words"
    hits = cluster.request("POST", f"/{name}/_search?version=true&size=10000", {"query": {"exists": {"field": "word"}}})
    changed = {hit["_id"] for hit in hits["hits"]["hits"] if hit["_version"] > 1 or "zebra" in hit["_id"]}
    words = {"body zebra", "stems zebra", "title zebra", "title_stems zebra", "words zebra"}
    assert changed == {*words, "type article"}


def indices(cluster: Cluster, name: str) -> list[str]:
    found = cluster.request("GET", f"/_cat/indices/{name}*?format=json&h=index")
    return sorted(row["index"] for row in found)


def test_machine_continues_what_another_has_published(remote: RemoteIndex, tmp_path: Path) -> None:
    first = start_archive(remote, tmp_path)
    first.update()
    second = Machine(remote, tmp_path / "second", first.corpus)
    write_files(first.corpus, CHANGES["one more"])
    report = second.update()
    assert (report.added, report.changed, report.removed, report.total) == (("new-bridge",), (), (), 7)
    write_files(first.corpus, {"coal-town-plants-trees": None})
    report = first.update()
    assert (report.added, report.changed, report.removed, report.total) == ((), (), ("coal-town-plants-trees",), 6)
    assert answers(first.engine()) == expected(first.corpus)
