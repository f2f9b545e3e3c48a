"""Other names of countries and cities: one table for the places that a query names and those derived from text.

US      United States, USA, U.S.A., U.S., United States of America, 美国
Bombay  Mumbai

The tables are `data/place_aliases.txt`, whose usual names are those of derived places, and `data/countries.txt`.
"""

from functools import cache

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.util.lexicon import load_list


@cache
def _load_groups() -> dict[str, tuple[str, ...]]:
    """Return the names of one place, the usual one first, by each of them, folded."""
    groups: dict[str, dict[str, None]] = {}
    rows = [tuple(reversed(line.split("\t"))) for line in load_list("places/place_aliases")]
    rows += [tuple(line.split("; ")) for line in load_list("places/countries")]
    for row in rows:
        known = {id(group): group for name in row if (group := groups.get(fold_text(name)))}
        merged = {name: None for group in [*known.values(), dict.fromkeys(row)] for name in group}
        groups |= {fold_text(name): merged for name in merged}
    return {name: tuple(group) for name, group in groups.items()}


def find_other_names(name: str) -> tuple[str, ...]:
    """Return the names to search for beside a name of a country or city, the usual one first; none if there are none.

    A name that is part of another place's is left out: `America` of `South America`.
    """
    group = _load_groups().get(fold_text(name), ())
    return tuple(
        other
        for n, other in enumerate(group)
        if fold_text(other) != fold_text(name) and not _is_part_of_another(other, group, is_usual=n == 0)
    )


def _is_part_of_another(name: str, group: tuple[str, ...], *, is_usual: bool) -> bool:
    """Return True if another place's name has the words of a name; for the usual one of a place, another country's."""
    own = {fold_text(each) for each in group}
    others = set(_load_groups())
    if not is_usual:
        others |= {fold_text(line.partition("\t")[0]) for line in load_list("places/regions")}
    return any(f" {fold_text(name)} " in f" {other} " for other in others - own)
