"""Warnings for queries that may mean Shaanxi (陕西), the neighbouring province, instead of Shanxi (山西).

The rule that keeps fuzzy matching from confusing the two is in `analysis.shaanxi_rule`. The gazetteer is not loaded.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.shaanxi_rule import SHAANXI, SHANXI, is_neighbour_province
from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.query.ast import Dated, Exact, Fuzzy, Leaf, Measured, Phrase, Prefix, Word
from shanxi_cli.util.lexicon import load_terms

_PROVINCE_NAMES = {SHANXI: "Shanxi (山西)", SHAANXI: "Shaanxi (陕西)"}


def neighbour_warnings(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Yield a warning for each part of a query that excludes, includes or names the neighbouring province."""
    for leaf in dict.fromkeys(leaves):
        match leaf:
            case Dated() | Measured():
                continue
            case Fuzzy(text, distance):
                for name in _PROVINCE_NAMES:
                    if _is_excluded_neighbour(fold_text(text), name, distance):
                        yield f"{text}~ leaves out {_PROVINCE_NAMES[name]}, the neighbouring province; {name} finds it"
            case Prefix(text):
                if SHANXI.startswith(fold_text(text)) and SHAANXI.startswith(fold_text(text)):
                    yield (
                        f"{text}* finds both {_PROVINCE_NAMES[SHANXI]} and {_PROVINCE_NAMES[SHAANXI]}, the "
                        "neighbouring province"
                    )
            case _:
                if (city := _shaanxi_cities().get(fold_text(leaf.text))) is not None:
                    yield (
                        f"{city} is a city of {_PROVINCE_NAMES[SHAANXI]}, the neighbouring province, "
                        f"not of {_PROVINCE_NAMES[SHANXI]}"
                    )


def queries_shanxi(leaves: Iterable[Leaf]) -> bool:
    """Return True if a word, phrase or fuzzy word of a query contains the name of the province, in any field."""
    return any(
        isinstance(leaf, (Word, Exact, Phrase, Fuzzy)) and SHANXI in fold_text(leaf.text).split() for leaf in leaves
    )


def _is_excluded_neighbour(query_word: str, name: str, distance: int) -> bool:
    """Return True for the province that a fuzzy word would match without the rule."""
    return edit_distance(query_word, name, distance) is not None and is_neighbour_province(query_word, name)


@cache
def _shaanxi_cities() -> dict[str, str]:
    """Return the cities of Shaanxi: folded name to the name as printed."""
    return {fold_text(name): name for name in load_terms("places/shaanxi_cities")}
