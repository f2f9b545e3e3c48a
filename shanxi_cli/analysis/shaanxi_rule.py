"""The Shanxi/Shaanxi rule: fuzzy matching never leads from one province to the other.

Shanxi (山西) and Shaanxi (陕西) are neighbours, and their names differ by one letter. The rule and both names are
defined here only: `fuzzy_words` applies it, `places.shaanxi_warning` tells users about it.
"""

from shanxi_cli.analysis.edit_distance import edit_distance

SHANXI, SHAANXI = "shanxi", "shaanxi"


def is_neighbour_province(query_word: str, word: str) -> bool:
    """Return True if `word` names one of the two provinces, and `query_word`, a folded word, means the other.

    `query_word` means the province whose name has the smaller edit distance, Shanxi if both are equal.
    """
    if word not in (SHANXI, SHAANXI):
        return False
    neighbour = SHAANXI if word == SHANXI else SHANXI
    no_limit = len(query_word) + len(word)
    edits, neighbour_edits = edit_distance(query_word, word, no_limit), edit_distance(query_word, neighbour, no_limit)
    assert edits is not None and neighbour_edits is not None
    return neighbour_edits < edits or (neighbour_edits == edits and word == SHAANXI)
