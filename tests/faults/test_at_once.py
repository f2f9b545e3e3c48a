"""Processes at once: a writer and readers, two writers, builders that die at any moment.

By default a few rounds; `pytest -m slow` plays many.
"""

import mmap
import os
import random
import signal
import struct
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.archive import ArchiveContext, open_archive
from shanxi_cli.engines import open_backend
from shanxi_cli.indexing import store
from shanxi_cli.indexing.builder import UpdateOptions, update_index
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import Locations
from shanxi_cli.query.ast import Word
from shanxi_cli.query.plan.planner import plan_query
from tests.faults.runs import CASES, Archive

READERS = 4


def child(work: Callable[[], object]) -> int:
    """Does `work` in a child process, whose number is given; a traceback means status 1."""
    number = os.fork()
    if number:
        return number
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(number: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


class Counters:
    """Numbers that processes share."""

    def __init__(self, number: int) -> None:
        self._memory = mmap.mmap(-1, 8 * number)

    def __getitem__(self, n: int) -> int:
        return int(struct.unpack_from("q", self._memory, 8 * n)[0])

    def __setitem__(self, n: int, value: int) -> None:
        struct.pack_into("q", self._memory, 8 * n, value)


BEGUN, DONE, OVER, ANSWERS = range(4)


def write(corpus: Path, n: int) -> None:
    beside = corpus / "beside"
    beside.write_text(f"---\ntitle: Common {n}\n---\n\nA common word.\n")
    beside.replace(corpus / f"article-{n:04}.md")


def readers_while_writing(folder: Path, rounds: int) -> Counters:
    """One process adds an article a round and indexes it; the others search all the time.

    Every answer lies between what was indexed when it was asked and what had been begun when it came.
    """
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    counters = Counters(ANSWERS + READERS)

    def writing() -> None:
        for n in range(1, rounds + 1):
            counters[BEGUN] = n
            write(corpus, n)
            update_index(index, (str(corpus),), open_backend(), UpdateOptions(wait=60))
            counters[DONE] = n

    def reading(which: int) -> None:
        where = Locations((str(corpus),), index, None)
        while not counters[OVER]:
            least = counters[DONE]
            engine = open_archive(ArchiveContext(where, lambda message: None, lambda done, total: None)).engine
            found = sorted(
                engine.article(match.number).id for match in engine.search(plan_query(Word("common")), HitOrder.TITLE)
            )
            engine.close()
            most = counters[BEGUN]
            assert found == [f"article-{n:04}" for n in range(1, len(found) + 1)]
            assert least <= len(found) <= most, f"{len(found)} articles, not {least} to {most}"
            counters[ANSWERS + which] += 1

    update_index(index, (str(corpus),), open_backend())
    readers = [child(lambda which=which: reading(which)) for which in range(READERS)]  # type: ignore[misc]
    writer = child(writing)
    assert ended(writer) == 0
    counters[OVER] = 1
    assert [ended(reader) for reader in readers] == [0] * READERS
    return counters


def test_readers_during_updates(tmp_path: Path) -> None:
    readers_while_writing(tmp_path, 12)


@pytest.mark.slow
def test_readers_during_many_updates(tmp_path: Path) -> None:
    counters = readers_while_writing(tmp_path, 100)
    answers = [counters[ANSWERS + which] for which in range(READERS)]
    print(f"100 updates by one process, {sum(answers)} answers to {READERS} others: {answers}")


def test_two_concurrent_writers(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"

    def writing(which: int) -> None:
        own = corpus / str(which)
        own.mkdir(parents=True)
        for n in range(8):
            write(own, 100 * which + n)
            update_index(index, (str(corpus),), open_backend(), UpdateOptions(wait=60))

    assert [ended(number) for number in [child(lambda w=w: writing(w)) for w in (1, 2)]] == [0, 0]  # type: ignore[misc]
    generation = store.current_generation(index)
    assert generation is not None
    engine = open_backend().open(generation.directory)
    assert [len(engine.articles_with_id_prefix(f"{folder}/article-0{folder}")) for folder in (1, 2)] == [8, 8]
    assert store.list_leftovers(index) == []


def test_lock_is_released_by_killed_builder(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "update")
    ready, is_ready = os.pipe()

    def hold() -> None:
        with lock_index(archive.index, 0):
            (archive.index / "new-0123456789abcdef").mkdir()
            os.write(is_ready, b"!")
            signal.pause()

    holder = child(hold)
    os.read(ready, 1)
    archive.arguments += ["--wait", "60"]
    waiting = child(lambda: os._exit(archive.run(lambda: None)))
    os.kill(holder, signal.SIGKILL)
    assert ended(holder) == -signal.SIGKILL
    assert ended(waiting) == 0
    assert archive.as_it_stands() == archive.new
    assert store.list_leftovers(archive.index) == []


def killed_at_random(archive: Archive, seed: str, rounds: int) -> list[int]:
    """So many runs that an alarm ends at a random moment; their statuses. Each goes on from where the last stopped."""
    moments = random.Random(seed)
    statuses = []
    for n in range(rounds):
        after = moments.uniform(0.001, 0.2)
        statuses.append(archive.run(lambda after=after: signal.setitimer(signal.ITIMER_REAL, after)))  # type: ignore[misc]
        assert statuses[-1] in (0, -signal.SIGALRM), archive.said()
        stands = archive.as_it_stands()
        assert stands in (archive.old, archive.new), n
        if stands == archive.new:
            assert archive.run(lambda: None) == 0
            assert store.list_leftovers(archive.index) == []
            archive.reset()
    return statuses


@pytest.mark.parametrize("case", CASES)
def test_build_killed_at_random_moment(tmp_path: Path, case: str) -> None:
    killed_at_random(Archive(tmp_path, case), case, 6)


@pytest.mark.faults
@pytest.mark.parametrize("shard", range(5))
@pytest.mark.parametrize("case", CASES)
def test_build_killed_at_many_random_moments(tmp_path: Path, case: str, shard: int) -> None:
    statuses = killed_at_random(Archive(tmp_path, case), f"many {case} {shard}", 30)
    print(f"{case}: {len(statuses)} runs, {sum(status != 0 for status in statuses)} killed at a random moment")
