"""Part (b): indexing. Every index is made by a new process, on one processor and on all; the programs take turns."""

import contextlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from speeds.archives import Archive, one_more
from speeds.building import READING
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
    """What indexing an archive costs a program or peer; None for what it has not."""

    who: str
    cores: int
    whole: Cost
    size: int
    one_more: Cost | None
    nothing: Cost | None


class _Indexer(NamedTuple):
    """One that writes an index: the command for it, in `environment`. Peers have no way to see that nothing changed."""

    who: str
    folder: Path
    command: list[str]
    another: list[str]
    environment: dict[str, str]
    looks: bool


def measure(
    archive: Archive, programs: Sequence[Program], peers: Sequence[str], on_cores: Sequence[int], runs: int
) -> list[Writing]:
    """What each costs on so many processors. The indexes of the last run are kept for the other parts."""
    who = [*(_program(each, archive) for each in programs), *(_peer(each, archive) for each in (READING, *peers))]
    found = []
    for number in on_cores:
        with cores(number) as allowed:
            wholes: dict[str, list[Cost]] = defaultdict(list)
            for _ in range(runs):
                for each in who:
                    wholes[each.who].append(_from_nothing(each))
            found += [
                Writing(
                    each.who,
                    allowed,
                    median(wholes[each.who]),
                    _size(each.folder),
                    median(_one_more(each, archive) for _ in range(runs)) if each.who != READING else None,
                    median(run(each.command, each.environment) for _ in range(runs)) if each.looks else None,
                )
                for each in who
            ]
    return found


def built(archive: Archive, programs: Sequence[Program], peers: Sequence[str]) -> dict[str, Path]:
    """The indexes of the peers; they and those of our programs are made where they are not there, and not measured."""
    for program in programs:
        run(program.command("index"), program.environment(archive))
    for each in (_peer(name, archive) for name in peers):
        if not each.folder.exists():
            _from_nothing(each)
    return {name: _peer(name, archive).folder for name in peers}


def table(archive: Archive, found: Sequence[Writing]) -> Table:
    """A row a program and number of processors."""
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
    index = program.index_of(archive)
    command = program.command("index")
    return _Indexer(program.name, index, command, command, program.environment(archive), looks=True)


def _peer(name: str, archive: Archive) -> _Indexer:
    of = name if name == READING else f"{name} {load(name).version()}"
    index = archive.place / f"index-{of.replace(' ', '-')}"
    build = [sys.executable, "-m", "speeds.building", name, str(index)]
    return _Indexer(
        name,
        index,
        [*build, str(archive.folder)],
        [*build, str(archive.extra)],
        environment(archive.place),
        looks=False,
    )


def _from_nothing(of: _Indexer) -> Cost:
    """Makes the index anew. A peer's that was not finished is not kept; ours are finished or nothing."""
    shutil.rmtree(of.folder, ignore_errors=True)
    of.folder.mkdir(mode=0o700)
    try:
        return run(of.command, of.environment, counted=True)
    except BaseException:
        shutil.rmtree(of.folder, ignore_errors=True)
        raise


def _one_more(of: _Indexer, archive: Archive) -> Cost:
    """Adds an article to a copy of the index, which is put in its place meanwhile."""
    aside = of.folder.with_name(f"{of.folder.name}.aside")
    shutil.rmtree(aside, ignore_errors=True)
    of.folder.rename(aside)
    try:
        shutil.copytree(aside, of.folder)
        with _another_article(archive):
            return run(of.another, of.environment)
    finally:
        shutil.rmtree(of.folder, ignore_errors=True)
        aside.rename(of.folder)


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
    """The bytes of all files; those that have two names count once."""
    found = [os.stat(Path(place) / name) for place, _, names in os.walk(folder) for name in names]
    return sum({each.st_ino: each.st_size for each in found}.values())
