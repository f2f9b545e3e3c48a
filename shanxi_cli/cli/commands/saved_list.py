"""`saved list`: all saved searches."""

import sys

from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.saved import SavedListOptions
from shanxi_cli.cli.output_format import choose_format, default_format
from shanxi_cli.output import TableFormat
from shanxi_cli.output.saved_report import write_search_table
from shanxi_cli.search.saved_searches import load_saved_searches


def run_saved_list(options: SavedListOptions, settings: GlobalOptions) -> int:
    """Print the searches; exit status 0 for at least one, else 1."""
    form = choose_format(options.form, default_format(TableFormat.TERMINAL, TableFormat.LINES), json=options.json)
    searches = list(load_saved_searches().values())
    write_search_table(sys.stdout, form, searches)
    if not searches:
        print_notice("there are no saved searches; save one: shanxi saved add NAME QUERY")
    return 0 if searches else 1
