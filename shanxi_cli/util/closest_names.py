"""Did-you-mean: the names most similar to a misspelt one. `search.suggest` corrects the words of a query."""

from collections.abc import Iterable


def closest_names(name: str, candidates: Iterable[str], *, limit: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return at most `limit` of the candidates, the most similar first; empty if none is similar enough.

    `cutoff` is the least similarity (0 to 1) of `difflib.get_close_matches`. Case counts.
    """
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(name, list(candidates), limit, cutoff)


def format_suggestion(name: str | None, otherwise: str) -> str:
    """Return `did you mean NAME?`, or the other hint if there is no similar name."""
    return f"did you mean {name}?" if name else otherwise


def closest_name(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most similar to `name`, or None if none is similar enough."""
    return next(iter(closest_names(name, candidates)), None)
