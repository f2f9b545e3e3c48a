"""The notice about Shaanxi (陕西), the neighbouring province, for a query and its results."""

from shanxi_cli.engines.base import Engine
from shanxi_cli.places.shaanxi_warning import shaanxi_notice
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan


def find_shaanxi_notice(engine: Engine, plan: QueryPlan) -> str:
    """Return one line where a query or its results may mean the neighbouring province; empty otherwise."""
    return shaanxi_notice(plan.query, lambda query: engine.count(plan_query(query, plan.leaves)))
