"""Quantities in running English newspaper text: every number with its unit, relation, period and place.

`read_quantities` is the door. What is read, and what is not, is told in `docs/figures.md`. The way through:
`words` cuts the paragraph into tokens; `calendar` finds the times that are named; `finding` makes
`amounts` of numbers with units (`numbers`, `units`, `measures`) or of counts (`counts`, `nouns`,
`names`), with their `relations`; `links`, `rates`, `changes`,
`subjects` and `speaking` say what the sentence tells of them; `reading` puts it together. `checks`
looks for quantities that do not agree with each other.

Written by hand on purpose: general libraries for this read `($358 billion)` as a negative amount
and know neither mu nor the period that a figure speaks of.

The reader is loaded when it is asked for: a limit in a query needs only the units and nouns.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shanxi_cli.extraction.quantities.pipeline import format_quantity, read_paragraphs, read_quantities

__all__ = ["format_quantity", "read_paragraphs", "read_quantities"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import shanxi_cli.extraction.quantities.pipeline as reading

    return getattr(reading, name)
