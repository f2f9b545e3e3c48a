"""`list`: articles that match a query, or all, the newest first."""

from shanxi_cli.cli.commands._search import SearchRequest, answer_request
from shanxi_cli.cli.context import merge_archive_options
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.search import ListOptions
from shanxi_cli.cli.query_args import join_query_words
from shanxi_cli.model.results import HitOrder


def run_list(options: ListOptions, settings: GlobalOptions) -> int:
    """Print the articles that match; exit status 0 for at least one, else 1."""
    request = SearchRequest(
        verb="list",
        text=join_query_words(options.query),
        any_word=options.hits.any_word is True,
        order=options.hits.sort or HitOrder.NEWEST,
        options=options,
        archive=merge_archive_options(options.session.archive, settings),
    )
    return answer_request(request, settings)
