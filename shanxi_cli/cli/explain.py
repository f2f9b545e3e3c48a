"""`--explain`: a query as it was typed, understood, analysed, and as it would be asked of the engine."""

from collections.abc import Iterable

from shanxi_cli.engines import open_backend
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.explain import format_analysis, format_query_tree
from shanxi_cli.util.sanitize import sanitize_line


def print_explanation(query: QueryPlan, text: str) -> int:
    """Prints the four steps; nothing is searched and nothing opened."""
    steps: dict[str, Iterable[str]] = {
        "typed": [text],
        "understood": format_query_tree(query),
        "analysed": format_analysis(query),
        "engine": open_backend().explain(query),
    }
    for name, lines in steps.items():
        for number, line in enumerate(lines):
            print(f"{'' if number else name:<12}{sanitize_line(line)}".rstrip())
    return 0
