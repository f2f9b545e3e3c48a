"""Edit distance of two words (Levenshtein's, with transpositions). No text and no query here.

An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string alignment distance).
"""


def edit_distance(a: str, b: str, limit: int) -> int | None:
    """Return the number of edits that turn `a` into `b`, or None if it exceeds `limit`."""
    if abs(len(a) - len(b)) > limit:
        return None
    if a == b:
        return 0
    a, b = _strip_common_ends(a, b)
    if not a or not b:
        return max(len(a), len(b))  # within the limit, because the difference of the lengths is
    return _banded_distance(a, b, limit)


def _strip_common_ends(a: str, b: str) -> tuple[str, str]:
    """Remove the common prefix and suffix of two different words; they need no edit."""
    start, shorter = 0, min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def _banded_distance(a: str, b: str, limit: int) -> int | None:
    """Compute the distance by dynamic programming, in the band of width `limit` around the diagonal only."""
    far, width = limit + 1, len(b) + 1
    older, above = [far] * width, [min(j, far) for j in range(width)]
    for i, x in enumerate(a, 1):
        row = [far] * width
        row[0] = min(i, far)
        for j in range(max(1, i - limit), min(width, i + limit + 1)):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != b[j - 1]))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > limit:
            return None
        older, above = above, row
    return above[-1] if above[-1] <= limit else None
