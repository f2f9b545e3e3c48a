"""Names of indexes and aliases in a cluster, for an index called `press`.

press                       alias of the current generation
press-gen-0123456789abcdef  a generation: its articles
press-gen-...-words         its words, and the manifest of its corpus in chunks
press-build-...             alias of a generation that is being written: nothing is written by another name, so that
                            a builder cannot write into, nor create again, a generation that was taken from it
press-lease                 the lease of the builder
press-fence-12              alias of that index: the builder with this number, and no other, may publish
"""

import re

_GENERATION = r"-gen-[0-9a-f]{16}"


def generation_name(name: str, suffix: str) -> str:
    """Return the name of a generation; `suffix` are 16 hexadecimal digits."""
    return f"{name}-gen-{suffix}"


def words_name(generation: str) -> str:
    """Return the name of the index of the words of a generation."""
    return f"{generation}-words"


def build_alias(name: str, suffix: str) -> str:
    """Return the alias by which a generation is written."""
    return f"{name}-build-{suffix}"


def lease_name(name: str) -> str:
    """Return the name of the index with the lease."""
    return f"{name}-lease"


def fence_alias(name: str, number: int) -> str:
    """Return the alias that stands for the right of builder `number` to publish."""
    return f"{name}-fence-{number}"


def fence_number(name: str, alias: str) -> int | None:
    """Return the number of a fence; None for another alias."""
    found = re.fullmatch(rf"{re.escape(name)}-fence-(\d+)", alias)
    return int(found[1]) if found else None


def is_generation(name: str, index: str) -> bool:
    """Return True for the index of the articles of a generation of `name`."""
    return bool(re.fullmatch(re.escape(name) + _GENERATION, index))


def is_part_of_generation(name: str, index: str) -> bool:
    """Return True for an index of a generation of `name`, of its articles or of its words."""
    return bool(re.fullmatch(f"{re.escape(name)}{_GENERATION}(-words)?", index))
