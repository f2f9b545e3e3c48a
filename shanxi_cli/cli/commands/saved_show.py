"""`saved show`: saved searches one by one."""

import sys
from collections.abc import Mapping, Sequence

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.cli.messages import print_error
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedShowOptions
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.errors import QueryError, UsageError
from shanxi_cli.output.saved_report import write_search_json, write_search_text
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.search.explain import format_query_tree
from shanxi_cli.search.saved_searches import SavedSearch, load_saved_searches, suggest_search
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.util.unicode import normalize_nfc


def run_saved_show(options: SavedShowOptions, settings: GlobalOptions) -> int:
    """Print searches; exit status 2 where the query of one has a mistake, which is printed too."""
    status = 0
    write_search = write_search_json if options.json else write_search_text
    for number, search in enumerate(select_searches(options.names, load_saved_searches())):
        tree: Sequence[str] = ()
        try:
            tree = tuple(format_query_tree(compile_query(f"query:{search.name}", WordOperator.ANY, read_today())))
        except QueryError as error:
            print_error(error, ["--json"] if options.json else [])
            status = 2
        if number and not options.json:
            print()
        write_search(sys.stdout, search, [line[2:] for line in tree[1:]])  # behind its name
    return status


def select_searches(names: Sequence[str] | None, searches: Mapping[str, SavedSearch]) -> list[SavedSearch]:
    """Return the saved searches of these names, each once; all for none. `UsageError` for one that there is not."""
    if not searches and not names:
        raise UsageError("there are no saved searches; save one: shanxi saved add NAME QUERY")
    wanted = list(dict.fromkeys(normalize_nfc(decode_argument(name)) for name in names or searches))
    unknown = next((name for name in wanted if name not in searches), None)
    if unknown is not None:
        raise UsageError(f"there is no saved search {unknown}; {suggest_search(unknown, searches)}")
    return [searches[name] for name in wanted]
