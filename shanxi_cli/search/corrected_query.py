"""The query that is searched for: the one that was typed, with its misspelt words corrected."""

from shanxi_cli.engines.base import Engine
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrections import Correction, correct_plan
from shanxi_cli.search.joined_words import add_other_forms
from shanxi_cli.search.unknown_parts import UnknownPart, find_unknown_parts
from shanxi_cli.util.frozen_record import Record


class CorrectedQuery(Record):
    """The plan of a query to search for, its corrections, and the parts of it that no article has, in its order.

    Without corrections it is the plan as typed.
    """

    plan: QueryPlan
    corrections: tuple[Correction, ...] = ()
    unknown: tuple[UnknownPart, ...] = ()


def correct_query(engine: Engine, plan: QueryPlan, *, correct: bool) -> CorrectedQuery:
    """Return a compiled query corrected by the vocabulary of the archive; as typed without `correct`."""
    corrections: tuple[Correction, ...] = ()
    if correct:
        plan, corrections = correct_plan(engine, plan)
        plan = add_other_forms(engine, plan)
    return CorrectedQuery(plan, corrections, find_unknown_parts(engine, plan))


def format_corrections(corrections: tuple[Correction, ...]) -> str:
    """Return one line: the words that were searched for, and how to search for those that were typed."""
    pairs = ", ".join(f"{each.searched} instead of {each.typed}" for each in corrections)
    exact = " ".join(f"={each.typed}" for each in corrections)
    return f"searched for {pairs}; write {exact} for the {'word' if len(corrections) == 1 else 'words'} as typed"


def format_unknown_part(part: UnknownPart) -> str:
    """Return one line: a part of a query that no article has, and what may be meant."""
    similar = " or ".join(f"{text} ({articles:,})" for text, articles in part.similar)
    return f"no article has {part.text}; did you mean {similar}?"
