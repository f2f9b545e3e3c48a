"""Timelines: articles or matches by year, quarter or month.

An article with an uncertain date is spread over the periods that the date may fall into.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.engines.batches import FIRST_BATCH
from shanxi_cli.explore.time_buckets import count_periods, iterate_periods
from shanxi_cli.model.options import Unit
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import ArticleReference, Timeline, TimelineBucket, TimelineGap
from shanxi_cli.search.searcher import MATCH_ALL
from shanxi_cli.util import edtf as dates
from shanxi_cli.util.edtf import DateInterval

MAX_PERIODS = 40
"""Most periods of an automatically chosen unit."""


def build_timeline(
    engine: Engine, found: Found, unit: Unit | None, *, hits: bool = False, share: bool = False
) -> Timeline:
    """Count the found articles by period; unit None: the finest with at most `MAX_PERIODS` periods, or years.

    `hits` adds the matches in the text of each period, `share` the number of articles of the whole archive.
    """
    counts = found.counts("date")
    days = {edtf: _parse_days(edtf) for edtf in counts if edtf}
    closed = {edtf: d for edtf, d in days.items() if _is_closed_interval(d)}
    undated, open_ = counts.get("", 0), sum(n for edtf, n in counts.items() if edtf and edtf not in closed)
    if not closed:
        return Timeline((), len(found), 0, undated, open_)
    first, last = min(d.first for d in closed.values()), max(d.last for d in closed.values())
    unit = unit or next((u for u in Unit if count_periods(first, last, u) <= MAX_PERIODS), Unit.YEAR)
    table = _PeriodTable(first, last, unit)
    distributed = table.distribute_hits(found) if hits else None
    archive_counts = engine.search(MATCH_ALL).counts("date") if share else None
    spread = sum(counts[edtf] for edtf, d in closed.items() if len(table.shares(edtf, d)) > 1)
    earliest = min(closed, key=lambda edtf: (closed[edtf].first, closed[edtf].last, edtf))
    latest = max(closed, key=lambda edtf: (closed[edtf].last, closed[edtf].first, edtf))
    return Timeline(
        _build_periods(table, counts, distributed, archive_counts),
        len(found),
        spread,
        undated,
        open_,
        _find_reference(engine, found.in_order(HitOrder.OLDEST), earliest, _count_before(days, counts, earliest)),
        _find_reference(engine, found.in_order(HitOrder.NEWEST), latest, _count_behind(days, counts, latest)),
        _find_longest_gap(closed.values()),
    )


def _build_periods(
    table: "_PeriodTable",
    counts: Mapping[str, int],
    hits: Sequence[float] | None,
    archive_counts: Mapping[str, int] | None,
) -> tuple[TimelineBucket, ...]:
    """Return the periods of the table; `counts` are the dates of the matches, `archive_counts` those of the archive."""
    articles, uncertain = table.distribute(counts)
    among = table.distribute(archive_counts)[0] if archive_counts is not None else None
    return tuple(
        TimelineBucket(
            period.name,
            period.first,
            period.last,
            articles[n],
            uncertain[n],
            hits[n] if hits is not None else None,
            among[n] if among is not None else None,
        )
        for n, period in enumerate(table.periods)
    )


class _PeriodTable:
    """Periods between two days, with the share of each date that falls into each of them."""

    def __init__(self, first: int, last: int, unit: Unit) -> None:
        self.periods = list(iterate_periods(first, last, unit))
        self._begins = [period.first for period in self.periods]
        self._shares: dict[str, list[tuple[int, float]]] = {}

    def shares(self, edtf: str, days: DateInterval) -> list[tuple[int, float]]:
        """Return (index of the period, share of the date's days in it), without periods outside the table."""
        if edtf not in self._shares:
            low = max(bisect_right(self._begins, days.first) - 1, 0)
            high = bisect_right(self._begins, days.last)
            length = days.last - days.first + 1
            inside = [
                (n, min(days.last, self.periods[n].last) - max(days.first, self.periods[n].first) + 1)
                for n in range(low, high)
            ]
            self._shares[edtf] = [(n, part / length) for n, part in inside if part > 0]
        return self._shares[edtf]

    def distribute(self, counts: Mapping[str, int]) -> tuple[list[float], list[int]]:
        """Return the articles of each period, and how many of these fall into it only in part."""
        articles, uncertain = [0.0] * len(self.periods), [0] * len(self.periods)
        for edtf, number in sorted(counts.items()):  # floats add up to the same sum in every engine
            days = _parse_days(edtf) if edtf else None
            for n, share in self.shares(edtf, days) if days and _is_closed_interval(days) else ():
                articles[n] += share * number
                uncertain[n] += number if share < 1 else 0
        return articles, uncertain

    def distribute_hits(self, found: Found) -> list[float]:
        """Return the matches of each period. Articles with the same number of matches are counted together."""
        dates = found.values("date")
        by_matches: dict[int, Counter[str]] = defaultdict(Counter)
        for number, matches in found.hits().items():
            by_matches[matches].update(dates[number])
        total = [0.0] * len(self.periods)
        for matches, counts in sorted(by_matches.items()):
            for n, share in enumerate(self.distribute(counts)[0]):
                total[n] += matches * share
        return total


@cache
def _parse_days(edtf: str) -> DateInterval:
    return dates.parse_edtf(edtf)


def _is_closed_interval(days: DateInterval) -> bool:
    return days.first > dates.FIRST_DAY and days.last < dates.LAST_DAY


def _count_before(days: Mapping[str, DateInterval], counts: Mapping[str, int], edtf: str) -> int:
    """Return the number of matches that are older than those with this date."""
    return sum(number for other, number in counts.items() if other and days[other] < days[edtf])


def _count_behind(days: Mapping[str, DateInterval], counts: Mapping[str, int], edtf: str) -> int:
    """Return the number of matches that are newer than those with this date."""
    last = days[edtf].last, days[edtf].first
    return sum(n for other, n in counts.items() if other and (days[other].last, days[other].first) > last)


def _find_reference(engine: Engine, found: Found, edtf: str, start: int) -> ArticleReference:
    """Return the match with this date; of several, the one with the first id, whatever their order in the index.

    The matches from `start` on have the same days, though they may be written in another way, and are sorted by id.
    """
    while part := found[start : start + FIRST_BATCH]:
        for article in engine.articles([match.number for match in part]):
            if article.date == edtf:
                return ArticleReference(edtf, article.id)
        start += len(part)
    raise AssertionError("a date that was counted is that of a match")


def _find_longest_gap(days: Iterable[DateInterval]) -> TimelineGap | None:
    """Return the longest gap that no date overlaps; None without any gap."""
    longest: TimelineGap | None = None
    silent_from = None
    for first, last in sorted(days):
        if silent_from is not None and first > silent_from:
            gap = TimelineGap(silent_from, first - 1)
            if longest is None or gap.last - gap.first > longest.last - longest.first:
                longest = gap
        silent_from = max(silent_from or 0, last + 1)
    return longest
