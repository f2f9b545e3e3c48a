"""The first matches of a query by upper bounds: exact scores of the few documents that can be among them.

The bounds of all documents (`score_bounds`) are searched twice. The documents with the highest are evaluated, and the
k-th of their scores is one that the k-th match has at least. Every document whose bound reaches it is evaluated then
(Turtle and Flood, 1995: MaxScore; here the bounds are of postings, not of words). Documents are evaluated by the same
evaluator as all would be, restricted to them, so ids, order and scores are the same; a test compares them.

Matches are counted by bounds or sets, never by scores.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nlargest

from shanxi_cli.engines.boolean import DocumentSet
from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.evaluator import PlanEvaluator
from shanxi_cli.engines.whoosh.score_bounds import MAX_PARTS, ScoreBounds
from shanxi_cli.engines.whoosh.score_parts import ScoreParts
from shanxi_cli.query.ast import And, Group, Not, Occur, Or, Query
from shanxi_cli.query.plan.query_plan import QueryPlan

_TOLERANCE = 1e-8
"""Margin of the bounds: more than the digits to which scores are compared (`engines.top_k`)."""
_SAMPLE = 2
"""Documents evaluated first, for each of those wanted."""
_FEW = 100
"""Matches that are all evaluated."""
_MAX_RESTRICTED = 2_000
"""Matches up to which all of them are evaluated by looking their postings up, and not by reading all postings."""
_MANY_FRACTION = 4
"""A k of at least this fraction (1/n) of all matches is found by evaluating all of them."""


class FirstMatches:
    """The matches of a query, evaluated only as far as they are needed."""

    def __init__(self, read: CachedReader, evaluator: PlanEvaluator, plan: QueryPlan) -> None:
        self.scores: ScoreMap = {}
        self._read = read
        self._evaluator = evaluator
        self._plan = plan
        self._all_scored = False

    @cached_property
    def count(self) -> int:
        """Number of matches."""
        return self._bounds.count() if self._is_union and self._bounds is not None else len(self.documents)

    def score(self, numbers: Iterable[int]) -> None:
        """Evaluate some matches: their scores are in `scores` then."""
        missing = [number for number in numbers if number not in self.scores]
        if len(missing) * _MANY_FRACTION >= max(self.count, _FEW * _MANY_FRACTION):
            self._score_all()
        elif missing:
            self.scores.update(self._restricted(missing).scores(self._plan))

    def settle(self, many: int) -> Sequence[int]:
        """Evaluate the first `many` matches by score; return these and whatever others may be among them."""
        if self._all_scored:
            return list(self.scores)
        if many * _MANY_FRACTION >= self.count or self.count <= _FEW or self._bounds is None:
            return self._score_all()
        candidates = self._candidates(many, self._bounds)
        if len(candidates) * _MANY_FRACTION >= self.count:
            return self._score_all()
        found = self._restricted(candidates).deferred_scores(self._plan)
        numbers = found.settle(many)
        self.scores.update((number, found.scores[number]) for number in numbers)
        return numbers

    def _candidates(self, many: int, bounds: ScoreBounds) -> list[int]:
        """Return the documents, ascending, that can be among the first `many`."""
        if many == 0:
            return []
        sample: list[int] = []
        for numbers in bounds.likely():
            sample += numbers if self._is_union else filter(self.documents.__contains__, numbers)
            if len(sample) >= _SAMPLE * many:
                break
        if len(sample) < many:
            return sorted(self.documents)
        unpaired = self._restricted(sample).deferred_scores(self._plan).scores
        found = bounds.candidates(nlargest(many, unpaired.values())[-1] - _TOLERANCE)
        if found is None:
            return sorted(self.documents)
        return found if self._is_union else list(filter(self.documents.__contains__, found))

    def _score_all(self) -> Sequence[int]:
        """Evaluate all matches: by reading all postings, or where matches are few those of the matches."""
        if not self._all_scored:
            is_small = self.count <= _MAX_RESTRICTED
            evaluator = self._restricted(self.documents) if is_small else self._evaluator
            self.scores.update(evaluator.scores(self._plan))
            self._all_scored = True
        return list(self.scores)

    def _restricted(self, numbers: Iterable[int]) -> PlanEvaluator:
        return self._evaluator.restricted_to(numbers)

    @cached_property
    def documents(self) -> DocumentSet:
        """All matches."""
        return self._evaluator.documents(self._plan)

    @cached_property
    def _is_union(self) -> bool:
        """True if every document with any part of the scores matches."""
        return _is_union(self._plan.query)

    @cached_property
    def _bounds(self) -> ScoreBounds | None:
        """The bounds; None if nothing in the query makes a difference among the matches."""
        parts = ScoreParts(self._plan, self._read, self._evaluator.documents_of_lookup)
        return ScoreBounds(self._read, parts) if parts.terms and len(parts) <= MAX_PARTS else None


def _is_union(query: Query) -> bool:
    match query:
        case Group(clauses):
            return bool(clauses) and all(c.occur is Occur.MAY and _is_union(c.node) for c in clauses)
        case Or(children):
            return all(map(_is_union, children))
        case And() | Not():
            return False
        case _:
            return True
