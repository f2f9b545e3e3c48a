"""Documents by days: those with a date in a range of days, and those that were first seen in one."""

from datetime import date

from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.util import edtf


def documents_in_dates(read: CachedReader, days: edtf.DateInterval) -> ScoreMap:
    """Return the documents whose date shares a day with `days`, at score 0."""
    first, last = read.numbers("first"), read.numbers("last")
    return {n: 0.0 for n in read.all if first[n] <= days.last and days.first <= last[n]}


def documents_added(read: CachedReader, days: edtf.DateInterval) -> ScoreMap:
    """Return the documents that were first seen on one of `days`, in the time zone of the user, at score 0."""
    times = read.added_times
    day_of = {time: date.fromtimestamp(time).toordinal() for time in set(times) if time}
    return {n: 0.0 for n in read.all if days.first <= day_of.get(times[n], 0) <= days.last}
