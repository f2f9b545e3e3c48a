"""`terms`: the vocabulary, with articles, occurrences and these in a million."""

from shanxi_cli.cli.commands._explore import ExploreRequest, ExploreResult, format_row_range
from shanxi_cli.cli.options.explore import ExploreArguments, TermsOptions
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.terms import check_word_field, list_terms


def print_terms(words: TermsOptions, question: ExploreArguments) -> int:
    """Prints words; the status is 0 when there is one, else 1."""
    field = check_word_field(words.field) if words.field else ""
    asked = ExploreRequest(question)
    return asked.answer(lambda engine: _list_terms(engine, asked, words, field))


def _list_terms(engine: Engine, asked: ExploreRequest, words: TermsOptions, field: str) -> ExploreResult:
    found = list_terms(engine, field, words.prefix, words.sort, words.least, asked.limit)
    begin = f" beginning with {words.prefix}" if words.prefix else ""
    often = f" {words.least:,} times" if words.least > 1 else ""
    footer = [format_row_range(len(found.rows), found.words, "word")]
    return ExploreResult(found, found.words, footer, f"no word{begin} occurs{often} in {field or 'the text'}")
