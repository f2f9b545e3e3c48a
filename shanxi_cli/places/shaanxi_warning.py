"""Shanxi (山西) and Shaanxi (陕西): a notice where a query or its results may mean the neighbouring province.

`edit_distance.is_neighbour_province` keeps fuzzy search from leading from one name to the other. Loads no gazetteer.
"""

from collections.abc import Callable, Iterable, Iterator

from shanxi_cli.analysis.edit_distance import edit_distance, is_neighbour_province
from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.query.ast import And, Dated, Exact, Fuzzy, Leaf, Measured, Phrase, Prefix, Query, Word, iterate_leaves

SHANXI, SHAANXI = "shanxi", "shaanxi"
SHAANXI_CITIES = {
    fold_text(name): name
    for name in "Xi'an Yan'an Baoji Xianyang Weinan Tongchuan Hanzhong Ankang Shangluo 西安 延安 宝鸡 咸阳 渭南 铜川 "
    "汉中 安康 商洛 西安市 延安市 宝鸡市 咸阳市 渭南市 铜川市 汉中市 安康市 商洛市".split()
}
"""The cities of Shaanxi, but Yulin, a name that is known elsewhere too."""

_PROVINCE_NAMES = {SHANXI: "Shanxi (山西)", SHAANXI: "Shaanxi (陕西)"}


def shaanxi_notice(query: Query, count: Callable[[Query], int]) -> str:
    """Return one line about the neighbour for a query; empty where there is none. `count` counts matching articles."""
    leaves = list(iterate_leaves(query))
    notices = list(neighbour_warnings(leaves))
    if not notices and queries_shanxi(leaves) and count(Word(SHAANXI)):
        both = count(And((query, Word(SHAANXI))))
        if both:
            articles = "1 of these articles also names" if both == 1 else f"{both:,} of these articles also name"
            notices.append(f"{articles} Shaanxi (陕西), the neighbouring province")
    return "; ".join(notices)


def neighbour_warnings(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Yield what to know about the neighbour for the leaves of a query, each once."""
    for leaf in dict.fromkeys(leaves):
        match leaf:
            case Dated() | Measured():
                continue
            case Fuzzy(text, distance):
                for other in (
                    name for name in _PROVINCE_NAMES if _is_excluded_neighbour(fold_text(text), name, distance)
                ):
                    yield f"{text}~ leaves out {_PROVINCE_NAMES[other]}, the neighbouring province; {other} finds it"
            case Prefix(text):
                if SHANXI.startswith(fold_text(text)) and SHAANXI.startswith(fold_text(text)):
                    yield (
                        f"{text}* finds both {_PROVINCE_NAMES[SHANXI]} and {_PROVINCE_NAMES[SHAANXI]}, the "
                        "neighbouring province"
                    )
            case _:
                if (name := SHAANXI_CITIES.get(fold_text(leaf.text))) is not None:
                    yield (
                        f"{name} is a city of {_PROVINCE_NAMES[SHAANXI]}, the neighbouring province, "
                        f"not of {_PROVINCE_NAMES[SHANXI]}"
                    )


def _is_excluded_neighbour(word: str, name: str, distance: int) -> bool:
    """Return True for a province that a fuzzy word would match, were it not the neighbour."""
    return edit_distance(word, name, distance) is not None and is_neighbour_province(word, name)


def queries_shanxi(leaves: Iterable[Leaf]) -> bool:
    """Return True when a leaf names Shanxi, in any field."""
    return any(
        isinstance(leaf, (Word, Exact, Phrase, Fuzzy)) and SHANXI in fold_text(leaf.text).split() for leaf in leaves
    )
