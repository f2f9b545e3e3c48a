"""Builders of an index in a cluster: one at a time; those that die, or lose their lease, leave the index as it is."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.engines.opensearch import building, lease
from shanxi_cli.engines.opensearch.backend import OpenSearchBackend
from shanxi_cli.engines.opensearch.generations import current_generation
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.engines.opensearch.pointer import load_pointer
from shanxi_cli.errors import IndexBusy, ShanxiError
from shanxi_cli.indexing.builder import build_in_memory
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import replace_fields
from tests.opensearch.archives import Machine, answers, start_archive, text_of, write_files
from tests.opensearch.cluster.running import Cluster
from tests.support.articles import ARTICLES, put
from tests.support.paths import PROJECT

pytestmark = pytest.mark.cluster

FIRST, *REST = ARTICLES.values()


@pytest.fixture
def remote(cluster: Cluster, index_name: str) -> RemoteIndex:
    return RemoteIndex(cluster.urls, index_name)


@pytest.fixture
def client(remote: RemoteIndex) -> ClusterClient:
    return ClusterClient(remote)


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[DirectoryHandle]:
    """Empty folders of local generations."""

    def make() -> Iterator[DirectoryHandle]:
        for number in range(10):
            path = tmp_path / f"new-{number:016x}"
            path.mkdir()
            yield DirectoryHandle(path)

    return make()


def indices(client: ClusterClient, name: str) -> list[str]:
    """The names of all indices of an index, the lease left out."""
    return sorted(set(client.request("GET", f"/{name}-*/_alias")) - {f"{name}-lease"})


def end_lease(client: ClusterClient, name: str, owner: dict[str, object] | None = None) -> None:
    """Let the lease run out; or let it be that of another owner, who has it for a minute."""
    state = client.request("GET", f"/{name}-lease/_doc/lease")["_source"]
    changed = {**state, "end": 0} if owner is None else {**state, "token": "another", "owner": owner}
    client.request("PUT", f"/{name}-lease/_doc/lease", changed)


def test_second_builder_is_told_who_builds(remote: RemoteIndex) -> None:
    here = lease.own_identity()
    with (
        OpenSearchBackend(remote).reserve(0),
        pytest.raises(IndexBusy) as refused,
        OpenSearchBackend(remote).reserve(0),
    ):
        pass
    told = f"{here.user} on {here.host} (process {here.process}) is building the index {remote.name}; try again later"
    assert str(refused.value) == told


def test_released_lease_is_free_at_once(remote: RemoteIndex) -> None:
    for _ in range(2):
        with OpenSearchBackend(remote).reserve(0):
            pass


@pytest.mark.parametrize(
    ("place", "free"),
    [("", False), ("another machine", False), ("here", True)],
    ids=["unknown machine", "another machine", "dead process of this machine"],
)
def test_lease_that_has_not_ended(remote: RemoteIndex, client: ClusterClient, place: str, free: bool) -> None:
    with OpenSearchBackend(remote).reserve(0):
        pass
    here = vars(lease.own_identity())
    owner = {**here, "place": here["place"] if place == "here" else place, "started": "0", "host": "mine7"}
    with OpenSearchBackend(remote).reserve(0):
        end_lease(client, remote.name, owner)
    if free:
        with OpenSearchBackend(remote).reserve(0):
            pass
    else:
        with pytest.raises(IndexBusy, match="on mine7"), OpenSearchBackend(remote).reserve(0):
            pass


def test_builder_that_lost_its_lease_cannot_publish(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle]
) -> None:
    slow, quick, slow_folder, quick_folder = OpenSearchBackend(remote), OpenSearchBackend(remote), *take(folders, 2)
    slow.begin(slow_folder)
    put(slow, slow_folder, [FIRST])
    end_lease(client, remote.name)
    quick.begin(quick_folder)
    put(quick, quick_folder, REST)
    quick.publish(quick_folder)
    published = current_generation(client, remote.name)
    with pytest.raises(IndexBusy, match="another builder took over the index"):
        slow.publish(slow_folder)
    slow.discard(slow_folder)
    assert current_generation(client, remote.name) == published
    assert indices(client, remote.name) == [published, f"{published}-words"]
    assert quick.open(quick_folder).article_count() == len(REST)


def test_builder_that_is_overtaken_before_the_other_ends_cannot_publish(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle]
) -> None:
    slow, quick, slow_folder, quick_folder = OpenSearchBackend(remote), OpenSearchBackend(remote), *take(folders, 2)
    with quick.reserve(0):
        end_lease(client, remote.name)
        slow.begin(slow_folder)
        put(slow, slow_folder, [FIRST])
        end_lease(client, remote.name)
        with OpenSearchBackend(remote).reserve(0):
            with pytest.raises(IndexBusy, match="another builder took over the index"):
                slow.publish(slow_folder)
            with pytest.raises(IndexBusy, match="another builder took over the index"):
                quick.begin(quick_folder)
    assert current_generation(client, remote.name) == ""


def test_lease_that_is_removed_is_not_made_by_its_owner(remote: RemoteIndex, client: ClusterClient) -> None:
    backend = OpenSearchBackend(remote)
    with backend.reserve(0):
        client.request("DELETE", f"/{remote.name}-lease")
    assert not client.exists(f"/{remote.name}-lease")


def test_lease_without_a_fence_gets_one(remote: RemoteIndex, client: ClusterClient) -> None:
    """A person may have made the index of the lease again by hand, or removed its alias."""
    client.request("PUT", f"/{remote.name}-lease")
    with OpenSearchBackend(remote).reserve(0):
        assert list(client.request("GET", f"/_alias/{remote.name}-fence-1")) == [f"{remote.name}-lease"]


def test_discard_spares_what_is_published_meanwhile(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster may carry out a request to publish after the builder has given up waiting for its answer."""
    backend, folder = OpenSearchBackend(remote), next(folders)
    with backend.reserve(0):
        backend.begin(folder)
        put(backend, folder, REST)
        request = ClusterClient.request

        def publish_first(self: ClusterClient, method: str, path: str, *arguments: Any, **options: Any) -> Any:
            if path == "/_aliases":
                monkeypatch.setattr(ClusterClient, "request", request)
                backend.publish(folder)
            return request(self, method, path, *arguments, **options)

        monkeypatch.setattr(ClusterClient, "request", publish_first)
        backend.discard(folder)
    assert current_generation(client, remote.name) == load_pointer(folder).generation
    assert backend.open(folder).article_count() == len(REST)


def test_builder_that_is_overtaken_right_after_publishing_has_published(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle], monkeypatch: pytest.MonkeyPatch
) -> None:
    backend, folder = OpenSearchBackend(remote), next(folders)
    backend.begin(folder)
    put(backend, folder, REST)
    monkeypatch.setattr(building, "remove_unneeded", raising(IndexBusy("another builder took over")))
    backend.publish(folder)
    assert current_generation(client, remote.name) == load_pointer(folder).generation


def test_what_cannot_be_removed_now_does_not_prevent_a_build(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster refuses to remove an index while it takes a snapshot of it."""
    backend, folder = OpenSearchBackend(remote), next(folders)
    refusal = ClusterRefusal("a snapshot is being taken", 400, "snapshot_in_progress_exception")
    monkeypatch.setattr(building, "remove_unneeded", raising(refusal))
    backend.begin(folder)
    put(backend, folder, REST)
    backend.publish(folder)
    assert current_generation(client, remote.name) == load_pointer(folder).generation


def raising(error: Exception) -> Callable[..., None]:
    """A function that raises an error."""

    def fail(*_: object) -> None:
        raise error

    return fail


def test_a_process_that_proc_hides_has_not_died(monkeypatch: pytest.MonkeyPatch) -> None:
    here = lease.own_identity()
    monkeypatch.setattr(lease, "_process_start", lambda process: "")
    monkeypatch.setattr("os.kill", raising(PermissionError()))
    assert not replace_fields(here, process=1, started="7").has_died(here)
    monkeypatch.setattr("os.kill", raising(ProcessLookupError()))
    assert replace_fields(here, process=1, started="7").has_died(here)


def test_nothing_is_written_into_a_generation_that_was_taken_away(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle]
) -> None:
    slow, folder = OpenSearchBackend(remote), next(folders)
    slow.begin(folder)
    for index in indices(client, remote.name):
        client.request("DELETE", f"/{index}")
    with pytest.raises(Exception, match="build-0000000000000000"):
        slow.write(folder, [FIRST], 1)
    slow.discard(folder)
    assert indices(client, remote.name) == []


def test_discard_leaves_nothing(remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle]) -> None:
    backend, folder = OpenSearchBackend(remote), next(folders)
    backend.discard(folder)
    backend.begin(folder)
    put(backend, folder, REST)
    for _ in range(2):
        backend.discard(folder)
        assert indices(client, remote.name) == []
    assert not backend.alive(folder)


def test_discard_spares_what_readers_need(
    remote: RemoteIndex, client: ClusterClient, folders: Iterator[DirectoryHandle]
) -> None:
    backend, old, new = OpenSearchBackend(remote), *take(folders, 2)
    for folder, articles in ((old, REST), (new, [FIRST])):
        backend.begin(folder)
        put(backend, folder, articles)
        backend.publish(folder)
    backend.discard(old)
    backend.discard(new)
    assert (backend.alive(old), backend.alive(new)) == (True, True)
    assert backend.open(old).article_count() == len(REST)


def test_interrupted_build_leaves_nothing(remote: RemoteIndex, client: ClusterClient, tmp_path: Path) -> None:
    machine = start_archive(remote, tmp_path)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match="no index was built"):
        machine.update(progress=interrupt)
    assert indices(client, remote.name) == []
    assert sorted(path.name for path in machine.folder.iterdir()) == ["LOCK"]
    assert machine.update().total == 6


def test_requests_may_be_repeated(remote: RemoteIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = ClusterClient.request

    def twice(self: ClusterClient, *args: Any, **options: Any) -> Any:
        """The first answer is lost."""
        with suppress(ShanxiError):
            request(self, *args, **options)
        return request(self, *args, **options)

    machine = start_archive(remote, tmp_path)
    monkeypatch.setattr(ClusterClient, "request", twice)
    for title in ("New bridge", "Newer bridge", "Newest bridge"):
        write_files(machine.corpus, {"new-bridge": text_of(title, "A bridge.")})
        machine.update()
    monkeypatch.undo()
    assert answers(machine.engine()) == answers(
        build_in_memory((str(machine.corpus),), lambda done, total: None, ())[0]
    )
    assert len(indices(ClusterClient(remote), remote.name)) == 4


STEPS = {
    "words not written": (r"POST /[\w-]+-words/_bulk", "before", "old"),
    "not copied": (r"GET /_cluster/health/", "before", "old"),
    "published": (r"GET /[\w-]+-gen-\*/_alias", "second", "new"),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_builder_leaves_the_index_whole(
    remote: RemoteIndex, client: ClusterClient, tmp_path: Path, step: str
) -> None:
    machine = start_archive(remote, tmp_path)
    machine.update()
    before = machine.engine().article_count()
    write_files(machine.corpus, {"new-bridge": text_of("New bridge", "A bridge.")})
    pattern, when, state = STEPS[step]
    died = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.opensearch.killed_builder",
            ",".join(remote.urls),
            remote.name,
            *map(str, (machine.folder, machine.corpus)),
            pattern,
            when,
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    other = Machine(remote, tmp_path / "other", machine.corpus)
    assert machine.engine().article_count() == before
    report = other.update()
    assert (report.added, report.total) == (("new-bridge",) if state == "old" else (), 7)
    assert other.engine().article_count() == 7
    assert len(indices(client, remote.name)) == 4


def take(folders: Iterator[DirectoryHandle], number: int) -> list[DirectoryHandle]:
    return [next(folders) for _ in range(number)]
