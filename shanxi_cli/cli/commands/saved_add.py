"""`saved add`: a search under a name."""

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedAddOptions
from shanxi_cli.cli.query_args import decode_argument, join_query_words
from shanxi_cli.errors import UsageError
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.search.saved_edit import add_search
from shanxi_cli.search.saved_searches import SavedSearch
from shanxi_cli.util.unicode import normalize_nfc


def run_saved_add(options: SavedAddOptions, settings: GlobalOptions) -> int:
    """Save a search, after checking it; the exit status is 0."""
    name = normalize_nfc(decode_argument(options.name))
    query = join_query_words([decode_argument(word) for word in options.query or ()])
    if query is None:
        raise UsageError(f"save which search as {name}? give it a query: shanxi saved add {name} coal place:Datong")
    words = WordOperator.ALL if options.any_word is False else WordOperator.ANY
    search = SavedSearch(name, query, words, options.sort, options.since or "", options.until or "")
    add_search(search, read_today(), force=options.force)
    print_notice(f"saved; run it with: shanxi saved run {name}")
    return 0
