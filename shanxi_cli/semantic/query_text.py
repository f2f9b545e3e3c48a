"""The words of a query that are read for its meaning, and its part that holds whatever the words of an article."""

from shanxi_cli.query.ast import And, Clause, Dated, Group, Measured, Not, Occur, Or, Prefix, Query, Word
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.visit import iterate_leaves
from shanxi_cli.search.searcher import plan_like


def read_meaning_text(text: str, plan: QueryPlan) -> str:
    """Return the words of a query that say what is looked for: the text as typed, without fields, dates and operators.

    Empty where it has none (`place:Datong`).
    """
    leaves = list(iterate_leaves(plan.query))
    if all(isinstance(leaf, Word) and not leaf.field for leaf in leaves) and not _has_operators(text):
        return text
    words = (leaf.text for leaf in leaves if not isinstance(leaf, Dated | Measured | Prefix) and not leaf.field)
    return " ".join(words)


def _has_operators(text: str) -> bool:
    return any(sign in text for sign in '"()+-=~*:|') or any(word in ("AND", "OR", "NOT") for word in text.split())


def plan_filters(plan: QueryPlan) -> QueryPlan | None:
    """Return the plan of the fields, dates and exclusions of a query, without its plain words.

    None for a query that asks for words themselves, by `+`, quotation marks, `=` or operators between them: an article
    without them is no answer to it, however near it is.
    """
    template = plan.query if plan.template is None else plan.template
    clauses = template.clauses if isinstance(template, Group) else (Clause(Occur.MAY, template),)
    kept = []
    for clause in clauses:
        if clause.occur in (Occur.NOT, Occur.FILTER) or _is_field(clause.node):
            role = clause.occur if clause.occur is Occur.NOT else Occur.FILTER
            kept.append(Clause(role, clause.node))
        elif clause.occur is Occur.MUST or not isinstance(clause.node, Word):
            return None
    return plan_like(plan, Group(tuple(kept)))


def _is_field(node: Query) -> bool:
    """Return True for a node about fields and dates alone."""
    match node:
        case Dated() | Measured():
            return True
        case Not(child):
            return _is_field(child)
        case And(children) | Or(children):
            return all(map(_is_field, children))
        case Group(clauses):
            return all(_is_field(clause.node) for clause in clauses)
        case _:
            return bool(node.field)
