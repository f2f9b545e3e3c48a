"""Measure cold starts, indexing and warm queries, beside their peers, in one run.

    python bench/speed.py [--sizes 22,10000] [--only start,index,queries] [--before CHECKOUT] [--save]

Compared commands take turns, and medians are printed with ratios to a reference of the same run: a Typer program for
starts, stock whoosh3 for indexing, shanxi for queries. Peers that are not installed are listed and not measured.
Archives and indexes are kept in a work folder and reused by later runs.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from speeds import indexing, peers, queries, startup, targets, tools
from speeds.archives import BENCH, archive
from speeds.machine import machine
from speeds.programs import PROJECT, Program
from speeds.tables import Table, as_markdown, as_text

PARTS = ("start", "index", "queries")
PEERS = (*peers.NAMES, *tools.TOOLS)
BEGIN, END = "<!-- begin of bench/speed.py -->", "<!-- end of bench/speed.py -->"


def main() -> int:
    """Measure the chosen parts and print their tables."""
    asked = _arguments()
    asked.work.mkdir(parents=True, exist_ok=True)
    versions = {**peers.versions(), **tools.versions()}
    lines = machine({name: versions[name] for name in asked.peers})
    programs = [Program("shanxi", PROJECT), *([Program("before", asked.before.resolve())] if asked.before else [])]
    for program in programs:
        program.prepare()
    installed = [name for name in asked.peers if versions.get(name)]
    shown = as_markdown if asked.markdown else as_text
    print(*lines, "", sep="\n")
    tables = []
    for table in _measured(asked, programs, installed):
        print(shown(table), flush=True)
        tables.append(table)
    if asked.save:
        _save(asked.save, lines, tables)
    if asked.into:
        _put(asked.into, "\n".join([_as_list(lines), *map(as_markdown, tables)]))
    return 0


def _measured(asked: argparse.Namespace, programs: Sequence[Program], installed: Sequence[str]) -> Iterator[Table]:
    """Yield each table as soon as it is measured: the larger sizes take hours."""
    archives = [archive(size, asked.work.resolve()) for size in asked.sizes]
    writings, answers, starts = {}, {}, []
    libraries = [name for name in installed if name in peers.NAMES]
    searched = [name for name in libraries if name != peers.PLAIN] if "queries" in asked.only else []
    started = [tools.TOOLS[name] for name in installed if name in tools.TOOLS]
    for each in archives if "index" in asked.only else ():
        writings[each.size] = indexing.measure(each, programs, libraries, asked.cores, asked.builds)
        yield indexing.table(each, writings[each.size])
    indexes = {each.size: indexing.built(each, programs, searched) for each in archives}
    if "start" in asked.only:
        starts = startup.measure(archives, programs, started, asked.runs)
        yield startup.table(starts)
    for each in archives if "queries" in asked.only else ():
        answers[each.size] = queries.measure(
            each, asked.work.resolve(), programs, indexes[each.size], asked.runs, asked.cpu
        )
        yield queries.table(each, answers[each.size])
    for program in programs:
        reached = targets.table(program.name, startup.costs_by_key(starts), writings, answers)
        if len(reached.rows) > 1:
            yield reached


def _save(folder: Path, lines: Sequence[str], tables: Sequence[Table]) -> None:
    """Save the results by date, without overwriting an earlier run of the day."""
    folder.mkdir(exist_ok=True)
    names = (f"{date.today()}{suffix}.md" for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
    file = next(folder / name for name in names if not (folder / name).exists())
    head = f"# Speed, {date.today()}\n\n`python bench/speed.py {_told(sys.argv[1:])}`\n"
    file.write_text("\n".join([head, _as_list(lines), *map(as_markdown, tables)]), encoding="utf-8")
    print(f"kept as {file}", file=sys.stderr)


def _put(page: Path, tables: str) -> None:
    """Replace the tables between the two marks of a documentation page."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{page} has no lines {BEGIN} and {END}")
    when = f"On {date.today()}, by `python bench/speed.py {_told(sys.argv[1:])}`:\n"
    page.write_text(f"{before}{begin}\n\n{when}\n{tables}\n{end}{after}", encoding="utf-8")


def _as_list(lines: Sequence[str]) -> str:
    return "".join(f"- {' '.join(line.split())}\n" for line in lines)


def _told(arguments: Sequence[str]) -> str:
    """Return a command line without the names of folders."""
    return shlex.join("FOLDER" if os.sep in each else each for each in arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_numbers, default="22,10000", help="how many articles; 22: the shipped ones")
    parser.add_argument("--only", type=_of(PARTS), default=",".join(PARTS), help="the parts to measure")
    parser.add_argument("--runs", type=int, default=15, help="runs of starts and queries, besides one for the caches")
    parser.add_argument("--cpu", action="store_true", help="time queries by the processor, where others work beside")
    parser.add_argument("--builds", type=int, default=1, help="runs of indexing")
    parser.add_argument("--cores", type=_cores, default="1,all", help="on how many processors to index")
    parser.add_argument(
        "--peers", type=_of(PEERS), default=",".join(PEERS), help="what to compare with; '' for nothing"
    )
    parser.add_argument("--before", type=Path, help="another checkout of shanxi, to be measured in turns with this one")
    parser.add_argument("--work", type=Path, default=BENCH / "work", help="where archives and indexes are kept")
    parser.add_argument("--markdown", action="store_true", help="tables in Markdown")
    parser.add_argument(
        "--save", type=Path, nargs="?", const=BENCH / "results", help="keep the results, by date [in bench/results]"
    )
    parser.add_argument("--into", type=Path, help="put the tables into this page, between its two marks")
    asked = parser.parse_args()
    if asked.before and not (asked.before / "shanxi_cli").is_dir():
        parser.error(f"{asked.before} is no checkout of shanxi")
    return asked


def _numbers(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def _cores(text: str) -> list[int]:
    return [1_000 if each == "all" else int(each) for each in text.split(",")]


def _of(names: Sequence[str]) -> Callable[[str], list[str]]:
    def some(text: str) -> list[str]:
        chosen = [each for each in text.split(",") if each]
        if unknown := [each for each in chosen if each not in names]:
            raise argparse.ArgumentTypeError(f"there is no {unknown[0]}; there are {', '.join(names)}")
        return chosen

    return some


if __name__ == "__main__":
    sys.exit(main())
