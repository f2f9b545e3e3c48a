"""Targets beside the measured values. The line of a size that was not measured is missing."""

from collections.abc import Iterator, Mapping, Sequence

from speeds.benchmarks import Kind
from speeds.indexing import Writing
from speeds.peers import SQLITE, USUAL
from speeds.processes import Cost
from speeds.queries import Answers
from speeds.startup import LINES, REFERENCE
from speeds.tables import Table, ratio
from speeds.tools.sqlite_utils_tool import NAME as SQLITE_UTILS

SMALL, MIDDLE, LARGE = 22, 10_000, 100_000
Row = tuple[str, str, str]


def table(
    who: str,
    starts: Mapping[tuple[str, str, int], Cost],
    writings: Mapping[int, Sequence[Writing]],
    answers: Mapping[int, Answers],
) -> Table:
    """Return the table of targets of one program."""
    rows = [*_starts(who, starts), *_writings(who, writings), *_answers(who, answers)]
    return Table(f"To reach ({who})", (), [("", "measured", "to reach"), *rows])


def _starts(who: str, starts: Mapping[tuple[str, str, int], Cost]) -> Iterator[Row]:
    small, hello = starts.get((LINES, who, SMALL)), starts.get((REFERENCE, "", 0))
    if not small or not hello:
        return
    yield f"search -f lines, {SMALL} articles, over a Typer program", _both(small, hello), "1.75"
    for (what, whose, size), cost in starts.items():
        if (what, whose) == (LINES, who) and size > SMALL:
            more, cpu = (cost.wall - small.wall) * 1000, (cost.cpu - small.cpu) * 1000
            to_reach = "+40 ms, 90 MB" if size == LARGE else "-"
            yield (
                f"the same at {size:,} over {SMALL}",
                f"{more:+.0f} ms (CPU {cpu:+.0f}), {cost.memory:.0f} MB",
                to_reach,
            )
    if other := starts.get((SQLITE_UTILS, "", SMALL)):
        yield f"the same over sqlite-utils search, {SMALL}", _both(small, other), "0.75"


def _writings(who: str, writings: Mapping[int, Sequence[Writing]]) -> Iterator[Row]:
    for each in writings.get(MIDDLE, ()):
        usual = [of for of in writings[MIDDLE] if of.who == USUAL and of.cores == each.cores]
        if each.who == who and usual:
            shown = _both(usual[0].whole, each.whole)
            to_reach = {1: "2.5", 2: "5"}.get(each.cores, "-")
            yield f"indexing {MIDDLE:,} over stock whoosh3, {_cores(each.cores)}", shown, to_reach
    for each in writings.get(LARGE, ()):
        if each.who == who:
            shown = f"{each.whole.memory:.0f} MB, {each.whole.processes} processes"
            yield f"memory, indexing {LARGE:,}, {_cores(each.cores)}", shown, "400 MB a process"
            if each.nothing:
                yield f"nothing changed, {LARGE:,} files", f"{each.nothing.wall:.2f} s", "2 s"


def _answers(who: str, answers: Mapping[int, Answers]) -> Iterator[Row]:
    for size, of in answers.items():
        if size == LARGE:
            yield from _first_over_sqlite(who, size, of)
        for kind, to_reach, at in (
            (Kind.PREFIX, "250 ms", LARGE),
            (Kind.LONG_PREFIX, "250 ms", LARGE),
            (Kind.SNIPPETS, "1 ms", 0),
            (Kind.PASSAGES, "1 ms", 0),
            (Kind.FACETS, "120 ms", LARGE),
        ):
            measured = of.of[who][kind] if who in of.of else None
            if measured is not None and at in (0, size):
                yield f"{kind.value}, {size:,}", f"{measured.median * 1000:.2f} ms", to_reach


def _first_over_sqlite(who: str, size: int, answers: Answers) -> Iterator[Row]:
    for kind, to_reach in (
        (Kind.FIRST, "0.2"),
        (Kind.FIRST_OR, "0.5"),
        (Kind.FIRST_PHRASE, "1.4"),
        (Kind.FIRST_NEAR, "1.4"),
    ):
        ours, theirs = (answers.of[name][kind] if name in answers.of else None for name in (who, SQLITE))
        if ours is not None and theirs is not None:
            yield f"{kind.value}, {size:,}, over {SQLITE}", ratio(ours.median, theirs.median), to_reach


def _both(one: Cost, other: Cost) -> str:
    """Return the ratios of wall and CPU time."""
    return f"{ratio(one.wall, other.wall)} (CPU {ratio(one.cpu, other.cpu)})"


def _cores(number: int) -> str:
    return "one core" if number == 1 else f"{number} cores"
