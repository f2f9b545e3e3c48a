"""Indexing: every index is built by a new process, on one processor and on all; the programs take turns."""

import contextlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from speeds.archives import Archive, one_more
from speeds.index_worker import READING
from speeds.peers import USUAL, load
from speeds.processes import Cost, cores, median, run
from speeds.programs import Program, environment
from speeds.tables import Table, ratio

NOTES = (
    "Articles a second on the clock and of processor time, from the files to a finished index, with the ratios to",
    "stock whoosh3 on as many processors. All read the files in the same way; `reading` does nothing else.",
    "MB: of the largest process. Processes: the most at the same time. Size: of the index over that of the files.",
)


class Writing(NamedTuple):
    """Costs of indexing an archive with a program or peer; None for an unsupported operation."""

    who: str
    cores: int
    whole: Cost
    size: int
    one_more: Cost | None
    nothing: Cost | None


class _Indexer(NamedTuple):
    """A program or peer that writes indexes; `folder` keeps its index of an archive."""

    who: str
    folder: Path
    writes: Callable[[Path, Path], tuple[list[str], dict[str, str]]]
    """Command and environment that index a folder of articles (the second argument) in an index (the first).
    shanxi reads both folders of the archive whichever is named."""
    looks: bool
    """True when it detects changed files by itself; peers do not."""


def measure(
    archive: Archive, programs: Sequence[Program], peers: Sequence[str], on_cores: Sequence[int], runs: int
) -> list[Writing]:
    """Measure each indexer on each number of processors. The indexes of the last run are kept for the other parts."""
    who = [*(_program(each, archive) for each in programs), *(_peer(each, archive) for each in (READING, *peers))]
    found = []
    for number in on_cores:
        with cores(number) as allowed:
            wholes = _in_turns(who, archive, runs, _from_nothing)
            sizes = {each.who: _size(each.folder) for each in who}  # before other generations are beside it
            more = _in_turns([each for each in who if each.who != READING], archive, runs, _one_more)
            nothing = _in_turns([each for each in who if each.looks], archive, runs, _nothing)
        for each in who:
            name = each.who
            found.append(Writing(name, allowed, wholes[name], sizes[name], more.get(name), nothing.get(name)))
    return found


def _in_turns(
    who: Sequence[_Indexer], archive: Archive, runs: int, what: Callable[[_Indexer, Archive], Cost]
) -> dict[str, Cost]:
    """Return the median cost of an operation of each indexer, by its name."""
    costs: dict[str, list[Cost]] = defaultdict(list)
    for _ in range(runs):
        for each in who:
            costs[each.who].append(what(each, archive))
    return {name: median(some) for name, some in costs.items()}


def built(archive: Archive, programs: Sequence[Program], peers: Sequence[str]) -> dict[str, Path]:
    """Return the indexes of the peers; missing indexes are built without being measured."""
    for program in programs:
        run(program.command("index"), program.environment(archive))
    for each in (_peer(name, archive) for name in peers):
        if not each.folder.exists():
            _from_nothing(each, archive)
    return {name: _peer(name, archive).folder for name in peers}


def table(archive: Archive, found: Sequence[Writing]) -> Table:
    """Return a table with one row per program and number of processors."""
    usual = {each.cores: each.whole for each in found if each.who == USUAL}
    head = ["", "cores", "/s", "ratio", "/s CPU", "ratio", "MB", "processes", "size", "one more, s", "nothing, s"]
    rows = [head]
    for each in found:
        base = usual.get(each.cores)
        rows.append(
            [
                each.who,
                str(each.cores),
                f"{archive.size / each.whole.wall:,.0f}",
                ratio(base.wall, each.whole.wall) if base else "-",
                f"{archive.size / each.whole.cpu:,.0f}",
                ratio(base.cpu, each.whole.cpu) if base else "-",
                f"{each.whole.memory:.0f}",
                str(each.whole.processes or "-"),
                f"{each.size / archive.text_size():.2f}" if each.size else "-",
                f"{each.one_more.wall:.2f}" if each.one_more else "-",
                f"{each.nothing.wall:.2f}" if each.nothing else "-",
            ]
        )
    return Table(f"Indexing, {archive.size:,} articles", NOTES, rows)


def _program(program: Program, archive: Archive) -> _Indexer:
    def writes(index: Path, _: Path) -> tuple[list[str], dict[str, str]]:
        return program.command("index"), program.environment(archive, index)

    return _Indexer(program.name, program.index_of(archive), writes, looks=True)


def _peer(name: str, archive: Archive) -> _Indexer:
    def writes(index: Path, corpus: Path) -> tuple[list[str], dict[str, str]]:
        command = [sys.executable, "-m", "speeds.index_worker", name, str(index), str(corpus)]
        return command, environment(archive.place)

    of = name if name == READING else f"{name} {load(name).version()}"
    return _Indexer(name, archive.place / f"index-{of.replace(' ', '-')}", writes, looks=False)


def _from_nothing(of: _Indexer, archive: Archive) -> Cost:
    """Build a new index beside the existing one, and replace that when it is complete."""
    partly = of.folder.with_name(f"{of.folder.name}.new")
    shutil.rmtree(partly, ignore_errors=True)
    partly.mkdir(mode=0o700)
    cost = run(*of.writes(partly, archive.folder), counted=True)
    shutil.rmtree(of.folder, ignore_errors=True)
    partly.rename(of.folder)
    return cost


def _one_more(of: _Indexer, archive: Archive) -> Cost:
    """Adds an article to a copy of the index."""
    copy = of.folder.with_name(f"{of.folder.name}.copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(of.folder, copy)
    try:
        with _another_article(archive):
            return run(*of.writes(copy, archive.extra))
    finally:
        shutil.rmtree(copy)


def _nothing(of: _Indexer, archive: Archive) -> Cost:
    """Run the indexer on an index that is current."""
    return run(*of.writes(of.folder, archive.folder))


@contextlib.contextmanager
def _another_article(archive: Archive) -> Iterator[None]:
    name, text = one_more()
    file = archive.extra / name
    file.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        file.unlink()


def _size(folder: Path) -> int:
    """Return the size of all files in bytes; a file with two hard links counts once."""
    found = [os.stat(Path(place) / name) for place, _, names in os.walk(folder) for name in names]
    return sum({each.st_ino: each.st_size for each in found}.values())
