"""Facets of the articles that match a query."""

from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.explore.facets import DATE_FACETS, FacetSelection, count_facets
from shanxi_cli.explore.place_facets import count_places
from shanxi_cli.model.options import FacetOrder, Level
from shanxi_cli.model.views import Facets
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.util.frozen_record import Record


class FacetRequest(Record):
    """A field to count by, and the values to return.

    They are the first `limit` (None: all) of those with `least` articles or more; `order` None is the usual one of the
    field. Places of a `level` alone are counted if it is named; with `authored`, names of the front matter alone.
    """

    field: str
    least: int = 1
    limit: int | None = None
    order: FacetOrder | None = None
    level: Level | None = None
    authored: bool = False


def compute_facets(engine: Engine, found: Found, text: str, request: FacetRequest) -> Facets:
    """Count the values of a field among what the query `text`, as typed, has found."""
    usual = FacetOrder.VALUE if request.field in DATE_FACETS else FacetOrder.COUNT
    selection = FacetSelection(request.least, request.limit, request.order or usual)
    if request.level:
        return count_places(engine, found, request.level, text, selection, authored=request.authored)
    field = AUTHORED_FIELDS.get(request.field, request.field) if request.authored else request.field
    return count_facets(found, field, text, selection)
