"""Builders that die, meet, lose their turn or find no room: readers see the old index or the new one, whole."""

import contextlib
import copy
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch.cluster.running import Cluster, wait_until
from tests.opensearch.program import Result, User, local_answers
from tests.opensearch.proxy import faults
from tests.opensearch.proxy.server import Exchange, Proxy, Request, forwarded, proxy_to
from tests.support import articles

pytestmark = pytest.mark.cluster
SECONDS = 240.0
SEARCH = ("search", "coal OR bridge OR lantern", "--fields", "id,score,title")
LANTERNS = """\
---
title: Lanterns over {town}
date: 2024-02-{day:02}
places: [{town}]
---

Lanterns lit the town of {town}, where coal was sold. The festival cost {day} million yuan.
"""


_NAMES = [*articles.FILES, *articles.MEASURED_FILES]


class Stage:
    """An index with one builder's articles, a corpus that changed since, and what a search must print over each."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.cluster = cluster
        self.name = f"stage-{uuid.uuid4().hex[:8]}"
        self.corpus = articles.write(folder / "corpus", _NAMES)
        self._turned = False
        self.builder = self.user(folder / "builder", self.corpus)
        self.other = self.user(folder / "other", self.corpus)
        self.reader = self.user(folder / "reader")
        assert self.builder.run(cluster.urls, "index").status == 0
        self.before = local_answers(self.user(folder / "local").home, self.corpus, [SEARCH])[0]
        change(self.corpus)
        self.after = local_answers(self.user(folder / "local").home, self.corpus, [SEARCH])[0]
        assert self.before.out != self.after.out

    def user(self, home: Path, corpus: Path | None = None) -> User:
        home.mkdir(exist_ok=True)
        return User(home, self.name, corpus)

    def read(self) -> Result:
        return self.reader.run(self.cluster.urls, *SEARCH)._replace(seconds=0.0)

    def indices(self) -> set[str]:
        """Return the indices of this name, each generation by its kind alone."""
        rows = self.cluster.request("GET", f"/_cat/indices/{self.name}*?format=json&h=index&expand_wildcards=all")
        return {row["index"] for row in rows}

    def turn_corpus(self) -> None:
        """Change the articles back to those before, or again to those after."""
        self._turned = not self._turned
        shutil.rmtree(self.corpus)
        articles.write(self.corpus, _NAMES)
        if not self._turned:
            change(self.corpus)

    def renamed(self, name: str, folder: Path) -> "Stage":
        """Return a stage over the same articles with another index, of which there is nothing yet."""
        folder.mkdir()
        other = copy.copy(self)
        other.name = name
        other.builder, other.other = (other.user(folder / each, self.corpus) for each in ("builder", "other"))
        other.reader = other.user(folder / "reader")
        return other

    def age_lease(self) -> None:
        """Let the lease of a builder on another machine have ended."""
        path = f"/{self.name}-lease/_update/lease"
        answer = self.cluster.request("POST", path, {"doc": {"end": 1, "owner": {"place": "another machine"}}})
        assert answer["result"] == "updated"


def change(corpus: Path) -> None:
    """Add three articles, change one and remove one."""
    for day, town in enumerate(("Datong", "Pingyao", "Linfen"), 1):
        (corpus / f"lanterns-{day}.md").write_text(LANTERNS.format(town=town, day=day), encoding="utf-8")
    changed = corpus / "mine-safety-rules.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("coal again", "steel again"), encoding="utf-8")
    (corpus / "undated-note.md").unlink()


def close(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.communicate()


@pytest.fixture
def stage(cluster: Cluster, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path, cluster)
    yield stage
    cluster.remove_indices(stage.name)


@pytest.fixture
def proxy(cluster: Cluster) -> Iterator[Proxy]:
    with proxy_to(cluster.urls[0]) as proxy:
        yield proxy


def kind_of(request: Request) -> str:
    """Return what a request changes, without what is made up anew for each build; empty for one that reads."""
    path = re.sub(r"[0-9a-f]{16}", "HEX", request.path.partition("?")[0])
    path = re.sub(r"stage-[0-9a-f]{8}(?:-\d+)?", "NAME", path)
    if request.method in ("GET", "HEAD") or path.endswith(("/_search", "/_mget")):
        return ""
    if path == "/_aliases":
        added = [action["add"]["index"] for action in json.loads(request.body)["actions"] if "add" in action]
        return "publish" if any("-gen-" in index for index in added) else "fence"
    return f"{request.method} {path}"


TURNING_POINTS = r"_clone/NAME-gen-HEX\Z|NAME-build-HEX/_bulk|_refresh|publish"
"""The steps of a build at which builders are killed in every run; at each step in the slow tests."""
STEPS = pytest.mark.parametrize(
    "steps", [TURNING_POINTS, pytest.param("", marks=pytest.mark.slow)], ids=["turning points", "each step"]
)


def test_an_update_is_what_a_local_index_has(stage: Stage) -> None:
    assert stage.read() == stage.before
    assert stage.builder.run(stage.cluster.urls, "index").status == 0
    assert stage.read() == stage.after


class KillPoint:
    """Keep back the first request of a kind in `steps`, a pattern, that no builder before was killed at."""

    def __init__(self, seen: set[str], steps: str) -> None:
        self._steps = re.compile(steps)
        self.hold = faults.Hold()
        self.kind = ""
        self._seen = seen
        self._lock = threading.Lock()

    def __call__(self, exchange: Exchange) -> None:
        kind = kind_of(exchange.request)
        with self._lock:
            held = bool(not self.kind and kind and kind not in self._seen and self._steps.search(kind))
            if held:
                self.kind = kind
        (self.hold if held else forwarded)(exchange)


def build_until_killed(user: User, proxy: Proxy, seen: set[str], steps: str) -> KillPoint | None:
    """Run a builder and kill it at a request of a new kind, which stays on its way; None if it came to its end."""
    point = KillPoint(seen, steps)
    proxy.clear()
    proxy.inject(point)
    builder = user.start([proxy.url], "index", "-j", "1")
    wait_until(lambda: point.hold.reached.is_set() or builder.poll() is not None, SECONDS)
    ended = builder.poll()
    with contextlib.suppress(ProcessLookupError):  # it came to its end
        os.killpg(builder.pid, signal.SIGKILL)
    _, errors = builder.communicate()
    if not point.kind:
        assert ended == 0, errors
        return None
    seen.add(point.kind)
    return point


@STEPS
def test_a_builder_is_killed_while_it_updates(stage: Stage, proxy: Proxy, steps: str) -> None:
    seen: set[str] = set()
    expected, following = stage.before, stage.after
    while point := build_until_killed(stage.builder, proxy, seen, steps):
        assert stage.read() == expected, point.kind
        took_over = stage.other.run(stage.cluster.urls, "index")
        assert (took_over.status, stage.read()) == (0, following), (point.kind, took_over)
        point.hold.released.set()  # the last request of the dead arrives late
        wait_until(point.hold.answered.is_set, SECONDS)
        assert stage.read() == following, point.kind
        expected, following = following, expected
        stage.turn_corpus()
    assert stage.read() == following
    assert len(seen) == 4 if steps else len(seen) > 10
    assert len(stage.indices()) <= 5, "the lease, and two generations of two indices each"


@pytest.mark.slow
def test_a_builder_is_killed_at_each_step_of_the_first_build(stage: Stage, proxy: Proxy, tmp_path: Path) -> None:
    seen: set[str] = set()
    for at in itertools.count():
        new = stage.renamed(f"{stage.name}-{at}", tmp_path / f"home-{at}")
        point = build_until_killed(new.builder, proxy, seen, "")
        if not point:
            break
        assert new.read().is_one_line_of_error(), point.kind
        took_over = new.other.run(stage.cluster.urls, "index")
        assert (took_over.status, new.read()) == (0, stage.after), (point.kind, took_over)
        point.hold.released.set()
        wait_until(point.hold.answered.is_set, SECONDS)
        assert new.read() == stage.after, point.kind
    assert new.read() == stage.after
    assert len(seen) > 10


def test_one_of_two_builders_waits_or_is_told(stage: Stage, proxy: Proxy) -> None:
    hold = faults.Hold()
    proxy.inject(hold, path="_bulk", times=1)
    first = stage.builder.start([proxy.url], "index", "-j", "1")
    assert hold.reached.wait(SECONDS)
    second = stage.other.run(stage.cluster.urls, "index")
    assert second.is_one_line_of_error() and "is building the index" in second.err, second
    assert stage.read() == stage.before
    waiting = stage.other.start(stage.cluster.urls, "index", "--wait", "120")
    hold.released.set()
    assert (first.wait(SECONDS), waiting.wait(SECONDS)) == (0, 0), (first.communicate(), waiting.communicate())
    close(first, waiting)
    assert stage.read() == stage.after


def test_many_builders_at_once_leave_a_whole_index(stage: Stage, tmp_path: Path) -> None:
    users = [stage.user(tmp_path / f"builder-{at}", stage.corpus) for at in range(4)]
    builders = [user.start(stage.cluster.urls, "index", "--wait", "240") for user in users]
    results = [(builder.wait(SECONDS), builder.communicate()) for builder in builders]
    assert [status for status, _ in results] == [0, 0, 0, 0], results
    assert stage.read() == stage.after


def test_a_builder_that_lost_its_lease_cannot_publish(stage: Stage, proxy: Proxy, tmp_path: Path) -> None:
    hold = faults.Hold()
    proxy.inject(hold, method="POST", path="^/_aliases", skip=1, times=1)
    late = stage.builder.start([proxy.url], "index", "-j", "1")
    assert hold.reached.wait(SECONDS)
    stage.age_lease()
    other_corpus = articles.write(tmp_path / "another", list(articles.TWIN_FILES))
    other = stage.user(tmp_path / "taker", other_corpus)
    assert other.run(stage.cluster.urls, "index").status == 0
    taken = stage.read()
    hold.released.set()
    out, err = late.communicate(timeout=SECONDS)
    assert late.returncode == 2 and err.count("\n") == 1 and "took over" in err, (late.returncode, out, err)
    assert stage.read() == taken
    assert other.run(stage.cluster.urls, "index").status == 0
    assert stage.read() == taken
