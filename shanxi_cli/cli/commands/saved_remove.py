"""`saved remove`: searches out of the file of saved searches."""

from shanxi_cli.cli.commands.saved_show import select_searches
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedRemoveOptions
from shanxi_cli.errors import QueryError, UsageError
from shanxi_cli.paths import state_folder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.parser import parse_query
from shanxi_cli.query.visit import iterate_leaves
from shanxi_cli.search.saved_edit import LOCK_WAIT, delete_searches
from shanxi_cli.search.saved_expansion import FIELD
from shanxi_cli.search.saved_searches import SavedSearch, load_saved_searches
from shanxi_cli.state.files import lock_state
from shanxi_cli.state.reported import forget_reported


def run_saved_remove(options: SavedRemoveOptions, settings: GlobalOptions) -> int:
    """Remove searches, unless another one needs them, and what they have reported."""
    with lock_state(state_folder(), LOCK_WAIT):
        searches = load_saved_searches()
        gone = {search.name for search in select_searches(options.names, searches)}
        for search in searches.values():
            used = gone & _list_references(search) if search.name not in gone else set()
            if used:
                raise UsageError(f"{search.name} has query:{min(used)} in it; change or remove {search.name} first")
        delete_searches(sorted(gone))
    for name in gone:
        forget_reported(name)
    return 0


def _list_references(search: SavedSearch) -> set[str]:
    """Return the names of the searches in the query of one; none where it cannot be parsed."""
    try:
        query = parse_query(search.query, WordOperator.ANY)
    except QueryError:
        return set()
    return {leaf.text for leaf in iterate_leaves(query, excluded=True) if leaf.field == FIELD}
