"""Extraction of quantities from newspaper text: each number with its unit, relation, period and place.

`read_quantities` is the entry point; `docs/figures.md` says what it reads and what it leaves out. The passes in order:
`token_line` cuts a paragraph into tokens; `date_expressions` finds times; `extractor` makes `candidates` of numbers
with units (`numbers`, `units`, `unit_matcher`) or of counts (`counted_nouns`, `noun_phrases`, `false_positives`), with
their `modifiers`; `equivalents`, `rates`, `changes`, `measured_noun` and `period_resolver` add what the sentence says
of them; `pipeline` builds the records. `consistency` finds figures that contradict each other.

`token_rules` matches rules that are rows: name, pattern, what it gives, examples, counter-examples, source. Modifiers,
rates, changes, compared times, clock times and names are such rows; `explanation` names the rules that read a figure.

Written by hand on purpose: general libraries for this read `($358 billion)` as a negative amount and know neither mu
nor the period of a figure. The pipeline is imported lazily: a range in a query needs only units and nouns.
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
