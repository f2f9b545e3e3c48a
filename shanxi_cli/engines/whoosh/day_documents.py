"""Documents by days: those with a date in a range of days, and those that were first seen in one."""

from datetime import date
from typing import assert_never

from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.restricted_reader import RestrictedReader
from shanxi_cli.query.plan.lookups import AddedLookup, DateLookup
from shanxi_cli.util import edtf


def find_day_documents(read: CachedReader | RestrictedReader, lookup: DateLookup | AddedLookup) -> ScoreMap:
    """Return the documents of a lookup of days, at score 0."""
    match lookup:
        case DateLookup(days):
            first, last = read.numbers("first"), read.numbers("last")
            return {n: 0.0 for n in read.all if first[n] <= days.last and days.first <= last[n]}
        case AddedLookup(days):
            return _find_added(read, days)
        case _:
            assert_never(lookup)


def _find_added(read: CachedReader | RestrictedReader, days: edtf.DateInterval) -> ScoreMap:
    """Return the documents that were first seen on one of `days`, in the time zone of the user."""
    times = read.added_times
    day_of = {time: date.fromtimestamp(time).toordinal() for time in set(times) if time}
    return {n: 0.0 for n in read.all if days.first <= day_of.get(times[n], 0) <= days.last}
