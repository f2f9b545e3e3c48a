"""Measure an index in a cluster of OpenSearch beside the default one, in one run.

    python bench/opensearch.py http://127.0.0.1:9200,http://127.0.0.1:9201 [--sizes 10000,100000] [--only index]

The cluster must run; its nodes share the processors with the program if they are on this machine. Indexes
`shanxi-bench-SIZE` are made there and kept. Both engines take turns; ratios are to the default engine of the same run,
of cold starts to `shanxi --version`. The last table compares the sizes.
"""

import argparse
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from speeds import queries
from speeds.archives import BENCH, Archive, archive, one_more
from speeds.benchmarks import Kind
from speeds.clusters import OnCluster
from speeds.machine import machine
from speeds.processes import Cost, run
from speeds.programs import PROJECT, Program
from speeds.queries import Answers
from speeds.tables import Table, as_markdown, as_text, milliseconds, ratio

PARTS = ("index", "queries", "start")


def main() -> int:
    """Measure the chosen parts and print their tables."""
    asked = _arguments()
    asked.work.mkdir(parents=True, exist_ok=True)
    local, remote = Program("shanxi", PROJECT), OnCluster.at(PROJECT, asked.urls)
    local.prepare()
    shown = as_markdown if asked.markdown else as_text
    print(*machine({}), "", sep="\n")
    answers: dict[int, Answers] = {}
    for size in asked.sizes:
        each = archive(size, asked.work.resolve())
        if "index" in asked.only:
            print(shown(_indexing(each, local, remote)), flush=True)
        for program in (local, remote):
            run(program.command("index"), program.environment(each))
        if "queries" in asked.only:
            answers[size] = queries.measure(each, asked.work.resolve(), (local, remote), {}, asked.runs, asked.cpu)
            print(shown(queries.table(each, answers[size])), flush=True)
        if "start" in asked.only:
            print(shown(_starts(each, local, remote, asked.runs)), flush=True)
    if len(answers) > 1:
        print(shown(_growth(answers)))
    return 0


def _indexing(each: Archive, local: Program, remote: OnCluster) -> Table:
    """Return a table with a row for each engine: a build from nothing, one more article, and nothing to do."""
    head = ["", "/s", "ratio", "CPU s", "of the nodes", "MB", "size", "one more, s", "nothing, s"]
    rows = [head]
    base = 0.0
    for program in (local, remote):
        of_nodes = remote.processor_seconds()
        whole = _build(program, each)
        of_nodes = remote.processor_seconds() - of_nodes if program is remote else 0.0
        size = remote.size_of(each) if program is remote else _size(local.index_of(each))
        more, nothing = _update(program, each)
        base = base or whole.wall
        rows.append(
            [
                program.name,
                f"{each.size / whole.wall:,.0f}",
                ratio(base, whole.wall),
                f"{whole.cpu:.0f}",
                f"{of_nodes:.0f}" if of_nodes else "-",
                f"{whole.memory:.0f}",
                f"{size / each.text_size():.2f}",
                f"{more.wall:.2f}",
                f"{nothing.wall:.2f}",
            ]
        )
    notes = ["Articles a second on the clock; MB of the largest process; size over that of the files, without copies."]
    return Table(f"Indexing beside a cluster, {each.size:,} articles", notes, rows)


def _build(program: Program, each: Archive) -> Cost:
    index = program.index_of(each)
    if isinstance(index, Path):
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir(mode=0o700)
    return run(program.command("index", "--rebuild"), program.environment(each), counted=True)


def _update(program: Program, each: Archive) -> tuple[Cost, Cost]:
    """Return the costs of an update with one more article, and of one without a change; the article is gone then."""
    name, text = one_more()
    file = each.extra / name
    file.write_text(text, encoding="utf-8")
    try:
        costs = tuple(run(program.command("index"), program.environment(each)) for _ in range(2))
    finally:
        file.unlink()
    run(program.command("index"), program.environment(each))
    return costs[0], costs[1]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _starts(each: Archive, local: Program, remote: OnCluster, runs: int) -> Table:
    """Return a table of cold starts: the version, and a search in each kind of index."""
    search = ("search", each.words.rare, "-f", "lines")
    commands = [(local, ("--version",)), (local, search), (remote, search)]
    walls: list[list[float]] = [[] for _ in commands]
    for turn in range(runs + 1):
        for place, (program, arguments) in enumerate(commands):
            cost = run(program.command(*arguments), program.environment(each))
            if turn:  # the first one fills caches
                walls[place].append(cost.wall)
    base = statistics.median(walls[0])
    rows = [["", "ms", "ratio"]]
    for (program, arguments), some in zip(commands, walls, strict=True):
        wall = statistics.median(some)
        rows.append([f"{arguments[0]} ({program.name})", milliseconds(wall), ratio(wall, base)])
    return Table(f"Cold starts beside a cluster, {each.size:,} articles", ["Medians on the clock."], rows)


def _growth(answers: dict[int, Answers]) -> Table:
    """Return a table of the times of the cluster by size, with the ratio of the last to the first."""
    sizes = sorted(answers)
    rows = [["", *(f"{size:,}" for size in sizes), "ratio"]]
    for kind in Kind:
        found = [answers[size].of["on OpenSearch"][kind] for size in sizes]
        medians = [each.median for each in found if each is not None]
        if len(medians) == len(sizes):
            rows.append([kind.value, *map(milliseconds, medians), ratio(medians[-1], medians[0])])
    return Table("Growth of queries on a cluster", ["Milliseconds, medians."], rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("urls", help="addresses of the nodes, separated by commas")
    parser.add_argument("--sizes", type=_numbers, default="10000", help="how many articles")
    parser.add_argument("--only", type=_parts, default=",".join(PARTS), help="the parts to measure")
    parser.add_argument("--runs", type=int, default=9, help="runs of starts and queries, besides one for the caches")
    parser.add_argument("--cpu", action="store_true", help="time queries by the processor of the program alone")
    parser.add_argument("--work", type=Path, default=BENCH / "work", help="where archives and indexes are kept")
    parser.add_argument("--markdown", action="store_true", help="tables in Markdown")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _parts(text: str) -> Sequence[str]:
    if unknown := [each for each in text.split(",") if each not in PARTS]:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]}; there are {', '.join(PARTS)}")
    return text.split(",")


if __name__ == "__main__":
    sys.exit(main())
