"""`search`: articles that match a query, the best first, or counts of many queries."""

from shanxi_cli.cli.commands._search import SearchRequest, answer_request
from shanxi_cli.cli.context import merge_archive_options, resolve_locations
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.search import SearchOptions
from shanxi_cli.cli.query_args import infer_phrase
from shanxi_cli.errors import UsageError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.settings import is_semantic_default


def run_search(options: SearchOptions, settings: GlobalOptions) -> int:
    """Print the articles that match; exit status 0 for at least one, else 1."""
    if options.batch is not None:
        from shanxi_cli.cli.commands.search_batch import search_batch  # rare

        return search_batch(options, settings)
    if not options.query:
        raise UsageError("search for what? give it a word: shanxi search coal")
    if options.expand and options.hits.sort not in (None, HitOrder.RELEVANCE):
        raise UsageError(f"--expand changes the order by relevance; leave out --sort {options.hits.sort.value}")
    semantic = _choose_semantic(options, settings)
    request = SearchRequest(
        verb="search",
        text=" ".join(options.query),
        any_word=options.hits.any_word is not False,
        order=options.hits.sort or HitOrder.RELEVANCE,
        options=options,
        archive=merge_archive_options(options.session.archive, settings),
        phrase=infer_phrase(options.query),
        expand=options.expand,
        semantic=semantic,
        near=semantic and not options.only_words,
    )
    return answer_request(request, settings)


def _choose_semantic(options: SearchOptions, settings: GlobalOptions) -> bool:
    """Return True to rank by meaning: by the option, else by the configuration. `UsageError` where it cannot be.

    The configuration is for indexes in folders: one in a cluster has no vectors.
    """
    semantic = options.semantic
    if semantic is None:
        by_relevance = options.hits.sort in (None, HitOrder.RELEVANCE) and not options.expand
        semantic = by_relevance and is_semantic_default() and not _is_remote(options, settings)
    if options.only_words and not semantic:
        raise UsageError("--only-words is for --semantic")
    if semantic and options.expand:
        raise UsageError("--semantic and --expand cannot be combined")
    if semantic and options.hits.sort not in (None, HitOrder.RELEVANCE):
        raise UsageError(f"--semantic changes the order by relevance; leave out --sort {options.hits.sort.value}")
    if semantic:
        from shanxi_cli.semantic.model_files import check_semantic_extra  # of an extra

        check_semantic_extra()
    return semantic


def _is_remote(options: SearchOptions, settings: GlobalOptions) -> bool:
    return resolve_locations(options.session.archive, settings).remote is not None
