"""`terms`: the vocabulary, with articles, occurrences and occurrences per million words."""

from shanxi_cli.cli.commands._explore import (
    ExploreRequest,
    ExploreResult,
    answer_request,
    format_row_count,
    make_explore_request,
)
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.explore import TermsOptions
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.terms import TermSelection, check_word_field, list_terms
from shanxi_cli.query.fields import AUTHORED_FIELDS


def run_terms(options: TermsOptions, settings: GlobalOptions) -> int:
    """Print words; exit status 0 for at least one, else 1."""
    field = check_word_field(options.field) if options.field else ""
    request = make_explore_request("terms", options, settings, filters=options.filter)
    return answer_request(request, lambda engine, request: _list_terms(engine, request, options, field))


def _list_terms(engine: Engine, request: ExploreRequest, options: TermsOptions, field: str) -> ExploreResult:
    among = None if request.searches_all else request.numbers(engine)
    index_field = AUTHORED_FIELDS.get(field, field) if options.filter.no_derived else field
    selection = TermSelection(index_field, options.prefix, options.least, options.sort, request.limit, options.code)
    terms = list_terms(engine, selection, among)
    prefix = f" that begins with {options.prefix}" if options.prefix else ""
    often = f" {options.least:,} times or more" if options.least > 1 else ""
    footer = [format_row_count(len(terms.rows), terms.words, "word", request.offset)]
    return ExploreResult(terms, terms.words, footer, f"no word{prefix} occurs{often} in {field or 'the text'}")
