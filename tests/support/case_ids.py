"""Readable ids of parametrized cases."""

from collections.abc import Iterable, Sequence


def case_ids(cases: Iterable[Sequence[object]]) -> list[str]:
    """Return an id for each case: the start of its first value on one line; pytest numbers those that are equal."""
    return [" ".join(str(case[0]).split())[:40] or "empty" for case in cases]
