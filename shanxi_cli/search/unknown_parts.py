"""The parts of a query that no article has while others match, which an answer would pass over in silence."""

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Dated, Leaf, Measured, Prefix, is_plain_word
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import iterate_leaves
from shanxi_cli.util.frozen_record import Record


class UnknownPart(Record):
    """A part of a query as text, and what may be meant: texts of the archive with the articles of each."""

    text: str
    similar: tuple[tuple[str, int], ...]


def find_unknown_parts(engine: Engine, plan: QueryPlan) -> tuple[UnknownPart, ...]:
    """Return the parts in no article, of a query of several, for which the archive has something similar."""
    leaves = list(dict.fromkeys(iterate_leaves(plan.query)))
    unknown = [leaf for leaf in leaves if _is_unknown(engine, plan, leaf)] if len(leaves) > 1 else []
    if not unknown:
        return ()
    from shanxi_cli.search.similar_words import find_similar_words

    found = ((leaf, tuple(find_similar_words(engine, leaf, plan))) for leaf in unknown)
    return tuple(UnknownPart(to_text(leaf), similar) for leaf, similar in found if similar)


def _is_unknown(engine: Engine, plan: QueryPlan, leaf: Leaf) -> bool:
    """Return True if no article has a leaf of words; of a plain word only the dictionary is read."""
    if isinstance(leaf, (Dated, Measured, Prefix)):
        return False
    stems = [token.stem for token in tokenize(leaf.text)]
    if is_plain_word(leaf) and len(stems) == 1 and engine.term_stats(stems, TermForm.STEMS):
        return False
    return not engine.count(plan.part(leaf))
