"""Near-duplicates among the matches of a query: one hit for each group of articles that are nearly the same text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from shanxi_cli.engines.base import Engine, Found, Match, Matches
from shanxi_cli.util.frozen_record import Record


class CollapsedMatches(Record):
    """The first match of each group, in order, as many as were asked for; `total` is the number of all of them.

    `others` has the other matches of the group of each of them, by its number, in order.
    """

    shown: Sequence[Match]
    others: Mapping[int, Sequence[int]]
    total: int


class NearDuplicates:
    """The groups of near-duplicate articles of an archive (`analysis.minhash`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._groups = {number: group for group in engine.near_duplicate_groups() for number in group}

    def group_of(self, number: int) -> tuple[int, ...]:
        """Return the group of an article, including itself; just itself if it has no near-duplicate."""
        return self._groups.get(number, (number,))

    def count(self, matches: Matches) -> int:
        """Return the number of hits: a group is one."""
        return len(matches) - sum(size - 1 for size in self._count_members(matches).values())

    def collapse(self, matches: Matches, many: int | None) -> CollapsedMatches:
        """Return the first `many` hits (None: all), reading no more matches than that takes."""
        sizes = self._count_members(matches)
        total = len(matches) - sum(size - 1 for size in sizes.values())
        first: dict[tuple[int, ...], int] = {}
        others: dict[int, list[int]] = {}
        shown: list[Match] = []
        for match in _iterate_first(matches, many):
            if many is not None and len(shown) >= many:
                break
            group = self._groups.get(match.number)
            if group is not None and group in first:
                others[first[group]].append(match.number)
                continue
            if group is not None:
                first[group], others[match.number] = match.number, []
            shown.append(match)
        unread = [number for group, number in first.items() if len(others[number]) + 1 < sizes[group]]
        return CollapsedMatches(shown, others | self._read_others(matches, unread), total)

    def _count_members(self, matches: Matches) -> Counter[tuple[int, ...]]:
        """Return the number of matches in each group that has any."""
        if isinstance(matches, Found):
            members: Iterable[int] = matches.among(self._groups.keys()) if self._groups else ()
        else:
            members = (match.number for match in matches if match.number in self._groups)
        return Counter(map(self._groups.__getitem__, members))

    def _read_others(self, matches: Matches, numbers: Sequence[int]) -> dict[int, list[int]]:
        """Return the other matches of the groups of some hits, in order, those behind the last hit included."""
        members = [number for one in numbers for number in self._groups[one]]
        if not members:
            return {}
        narrowed: Iterable[Match] = matches
        if isinstance(matches, Found):
            narrowed = matches.within([article.id for article in self._engine.articles(members)])
        others: dict[int, list[int]] = {number: [] for number in numbers}
        hit_of = {member: number for number in numbers for member in self._groups[number] if member != number}
        for match in narrowed:
            if match.number in hit_of:
                others[hit_of[match.number]].append(match.number)
        return others


def _iterate_first(matches: Matches, many: int | None) -> Iterable[Match]:
    """Yield all matches, in parts each twice as large as the one before if the first `many` hits are wanted."""
    if many is None:
        yield from matches
        return
    start, size = 0, max(many, 1)
    while part := matches[start : start + size]:
        yield from part
        start, size = start + len(part), 2 * size
