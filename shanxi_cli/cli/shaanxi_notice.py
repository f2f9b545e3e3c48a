"""One line when a query or what it found may mean Shaanxi, the province next to Shanxi."""

from shanxi_cli.analysis.shaanxi_rule import SHAANXI
from shanxi_cli.engines.base import Engine
from shanxi_cli.places.shaanxi_warning import neighbour_warnings, queries_shanxi
from shanxi_cli.query.ast import And, Word
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan


def shaanxi_notice(engine: Engine, query: QueryPlan) -> str:
    """The line; empty where there is nothing to say."""
    asked = [planned.leaf for planned in query.iterate_leaves()]
    said = list(neighbour_warnings(asked))
    if not said and queries_shanxi(asked) and engine.count(plan_query(Word(SHAANXI))):
        both = engine.count(plan_query(And((query.query, Word(SHAANXI))), query.leaves))
        if both:
            named = "1 of these articles names" if both == 1 else f"{both:,} of these articles name"
            said.append(f"{named} Shaanxi (陕西), the neighbouring province, too")
    return "; ".join(said)
