"""Write a query as text that parses back to an equal query."""

from typing import assert_never

from shanxi_cli.query.ast import (
    And,
    Clause,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Leaf,
    Measured,
    Near,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)


def to_text(query: Query) -> str:
    """Write a query in the query language; `parse_query` and `check_query` read it back as an equal query."""
    match query:
        case Group(_, str(name)) if name:
            return f"query:{name}"
        case Group(clauses):
            return " ".join(_clause_text(clause) for clause in clauses)
        case And(children):
            return " AND ".join(_operand_text(child) for child in children)
        case Or(children):
            return " OR ".join(_operand_text(child, inside_or=True) for child in children)
        case Not(child):
            return "NOT " + _operand_text(child)
        case _:
            return _leaf_text(query)


def _clause_text(clause: Clause) -> str:
    node = clause.node
    match clause.occur:
        case Occur.MAY | Occur.FILTER:
            return f"({to_text(node)})" if isinstance(node, Group) and not node.saved else to_text(node)
        case Occur.MUST:
            return "+" + _operand_text(node)
        case Occur.NOT:
            return "NOT " + _operand_text(node)
        case _:
            assert_never(clause.occur)


def _operand_text(node: Query, *, inside_or: bool = False) -> str:
    if isinstance(node, Group) and node.saved:
        return to_text(node)
    loose = (Group, Or) if inside_or else (Group, Or, And)
    return f"({to_text(node)})" if isinstance(node, loose) else to_text(node)


def _leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Dated(text, field=name):
            shown = _quote_if_needed(text)
        case Measured(text, name):
            shown = _quote_if_needed(text)
        case Word(text, name):
            shown = text
        case Exact(text, name):
            shown = f"exact:{_quote_if_needed(text)}"
        case Phrase(text, name):
            shown = f'"{text}"'
        case Near(text, distance, name):
            shown = f'"{text}"~{distance}'
        case Prefix(text, name):
            shown = f"prefix:{text}"
        case Fuzzy(text, distance, name):
            shown = f"fuzzy:{text}~{distance}"
        case _:
            assert_never(leaf)
    return f"{name}:{shown}" if name else shown


def _quote_if_needed(text: str) -> str:
    """Return `text`, in quotes if it would be parsed differently without them."""
    return f'"{text}"' if set(text) & set(" ():*~") else text
