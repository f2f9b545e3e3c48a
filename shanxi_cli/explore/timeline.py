"""Timelines: articles or matches by year, quarter or month, uncertain dates spread over the periods they may be of."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.time_buckets import count_periods, iterate_periods
from shanxi_cli.model.options import Unit
from shanxi_cli.model.views import ArticleReference, Timeline, TimelineBucket, TimelineGap
from shanxi_cli.search.searcher import MATCH_ALL
from shanxi_cli.util import edtf as dates
from shanxi_cli.util.edtf import DateInterval

MAX_PERIODS = 40
"""Periods up to which a finer unit is taken, where none is asked for."""


def build_timeline(
    engine: Engine,
    numbers: Sequence[int],
    unit: Unit | None,
    hits: Mapping[int, int] | None,
    share: bool,
) -> Timeline:
    """Some matches by period; None for a unit: the finest with at most `MAX_PERIODS` periods, or years.

    `hits` (how many places each match has) has those counted too, `share` the articles of the whole archive.
    """
    counts = engine.value_counts("date", numbers)
    days = {edtf: _parse_days(edtf) for edtf in counts if edtf}
    closed = {edtf: d for edtf, d in days.items() if _is_closed_interval(d)}
    undated, open_ = counts.get("", 0), sum(n for edtf, n in counts.items() if edtf and edtf not in closed)
    if not closed:
        return Timeline((), len(numbers), 0, undated, open_)
    first, last = min(d.first for d in closed.values()), max(d.last for d in closed.values())
    unit = unit or next((u for u in Unit if count_periods(first, last, u) <= MAX_PERIODS), Unit.YEAR)
    table = _PeriodTable(first, last, unit)
    spread = sum(counts[edtf] for edtf, d in closed.items() if len(table.shares(edtf, d)) > 1)
    earliest = min(closed, key=lambda edtf: (closed[edtf].first, closed[edtf].last, edtf))
    latest = max(closed, key=lambda edtf: (closed[edtf].last, closed[edtf].first, edtf))
    return Timeline(
        _build_periods(engine, numbers, table, counts, hits, share),
        len(numbers),
        spread,
        undated,
        open_,
        _find_date_mention(engine, numbers, earliest),
        _find_date_mention(engine, numbers, latest),
        _find_longest_gap(closed.values()),
    )


def _build_periods(
    engine: Engine,
    numbers: Sequence[int],
    table: "_PeriodTable",
    counts: Mapping[str, int],
    hits: Mapping[int, int] | None,
    share: bool,
) -> tuple[TimelineBucket, ...]:
    """What there is of each period of the table; `counts` are the dates of the matches."""
    articles, uncertain = table.spread(counts)
    of_hits = table.hits(engine, hits, numbers) if hits is not None else None
    among = table.spread(engine.value_counts("date", engine.matching_numbers(MATCH_ALL)))[0] if share else None
    return tuple(
        TimelineBucket(
            stretch.name,
            stretch.first,
            stretch.last,
            articles[n],
            uncertain[n],
            of_hits[n] if of_hits is not None else None,
            among[n] if among is not None else None,
        )
        for n, stretch in enumerate(table.stretches)
    )


class _PeriodTable:
    """The periods between two days, and which share of a date falls into which of them."""

    def __init__(self, first: int, last: int, unit: Unit) -> None:
        self.stretches = list(iterate_periods(first, last, unit))
        self._begins = [stretch.first for stretch in self.stretches]
        self._shares: dict[str, list[tuple[int, float]]] = {}

    def shares(self, edtf: str, days: DateInterval) -> list[tuple[int, float]]:
        """(place of the period, share of the date's days in it); periods outside the table are left out."""
        if edtf not in self._shares:
            low = max(bisect_right(self._begins, days.first) - 1, 0)
            high = bisect_right(self._begins, days.last)
            length = days.last - days.first + 1
            inside = [
                (n, min(days.last, self.stretches[n].last) - max(days.first, self.stretches[n].first) + 1)
                for n in range(low, high)
            ]
            self._shares[edtf] = [(n, part / length) for n, part in inside if part > 0]
        return self._shares[edtf]

    def spread(self, counts: Mapping[str, int]) -> tuple[list[float], list[int]]:
        """How much of what has these dates is of each period, and how many of these are of it in part only."""
        whole, uncertain = [0.0] * len(self.stretches), [0] * len(self.stretches)
        for edtf, number in sorted(counts.items()):  # the same sums whatever the order of an engine
            days = _parse_days(edtf) if edtf else None
            for n, share in self.shares(edtf, days) if days and _is_closed_interval(days) else ():
                whole[n] += share * number
                uncertain[n] += number if share < 1 else 0
        return whole, uncertain

    def hits(self, engine: Engine, hits: Mapping[int, int], numbers: Sequence[int]) -> list[float]:
        """How many places are of each period. Articles with as many places are counted together."""
        of: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            if number in hits:
                of[hits[number]].append(number)
        whole = [0.0] * len(self.stretches)
        for places, some in sorted(of.items()):
            for n, articles in enumerate(self.spread(engine.value_counts("date", some))[0]):
                whole[n] += places * articles
        return whole


@cache
def _parse_days(edtf: str) -> DateInterval:
    return dates.parse_edtf(edtf)


def _is_closed_interval(days: DateInterval) -> bool:
    return days.first > dates.FIRST_DAY and days.last < dates.LAST_DAY


def _find_date_mention(engine: Engine, numbers: Sequence[int], edtf: str) -> ArticleReference:
    """The first of the matches that has this date, found by halving: all that an engine has to do is count."""
    low, high = 0, len(numbers)
    while high - low > 1:
        middle = (low + high) // 2
        if edtf in engine.value_counts("date", numbers[low:middle]):
            high = middle
        else:
            low = middle
    return ArticleReference(edtf, engine.article(numbers[low]).id)


def _find_longest_gap(days: Iterable[DateInterval]) -> TimelineGap | None:
    """The longest stretch between two dates that no date overlaps; None where they leave no day free."""
    longest: TimelineGap | None = None
    silent_from = None
    for first, last in sorted(days):
        if silent_from is not None and first > silent_from:
            found = TimelineGap(silent_from, first - 1)
            if longest is None or found.last - found.first > longest.last - longest.first:
                longest = found
        silent_from = max(silent_from or 0, last + 1)
    return longest
