"""`saved add`: a search under a name."""

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedAddOptions
from shanxi_cli.cli.query_args import decode_argument, join_query_words
from shanxi_cli.errors import UsageError
from shanxi_cli.paths import state_folder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.parser import parse_query
from shanxi_cli.search.saved_edit import write_search
from shanxi_cli.search.saved_expansion import expand_saved_searches, parse_day_limits
from shanxi_cli.search.saved_searches import NAME_RULE, SavedSearch, is_search_name, load_saved_searches
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.state.files import lock_state
from shanxi_cli.util.unicode import normalize_nfc

LOCK_WAIT = 10.0
"""Seconds to wait for another process that changes the file."""


def run_saved_add(options: SavedAddOptions, settings: GlobalOptions) -> int:
    """Save a search, after checking it; the exit status is 0."""
    search = _make_search(options)
    compile_query(search.query, search.words, read_today())  # with the place of a mistake
    try:
        parse_day_limits(search.since, search.until, read_today())
    except ValueError as error:
        raise UsageError(str(error)) from error
    with lock_state(state_folder(), LOCK_WAIT):
        searches = load_saved_searches()
        same = next((name for name in searches if name.casefold() == search.name.casefold()), None)
        if same is not None and (same != search.name or not options.force):
            advice = "use another name" if same != search.name else "--force replaces it"
            raise UsageError(f"there is a saved search {same} already; {advice}")
        text = f"query:{search.name}"
        expand_saved_searches(
            parse_query(text, WordOperator.ANY), text, {**searches, search.name: search}, read_today()
        )
        write_search(search)
    print_notice(f"saved; run it with: shanxi saved run {search.name}")
    return 0


def _make_search(options: SavedAddOptions) -> SavedSearch:
    name = normalize_nfc(decode_argument(options.name))
    if not is_search_name(name):
        raise UsageError(f"{name} is no name for a saved search; a name has {NAME_RULE}")
    query = join_query_words([decode_argument(word) for word in options.query or ()])
    if query is None:
        raise UsageError(f"save which search as {name}? give it a query: shanxi saved add {name} coal place:Datong")
    words = WordOperator.ALL if options.any_word is False else WordOperator.ANY
    return SavedSearch(name, query, words, options.sort, options.since or "", options.until or "")
