"""`show`: whole articles by id."""

import sys
from collections.abc import Iterator, Sequence

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, open_session, read_ids
from shanxi_cli.cli.history import resolve_reference
from shanxi_cli.cli.messages import print_error
from shanxi_cli.cli.options.articles import ShowOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.output_format import choose_format, default_format
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle, UsageError
from shanxi_cli.matching.article_marks import mark_articles
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns
from shanxi_cli.model.article import NO_DERIVED_NAMES, Article
from shanxi_cli.output import ArticleFormat, make_article_printer
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query, find_article
from shanxi_cli.util.frozen_record import replace_fields


def run_show(options: ShowOptions, settings: GlobalOptions) -> int:
    """Print articles; one that does not exist or is ambiguous is an error, and the others are printed."""
    default = default_format(ArticleFormat.TERMINAL, ArticleFormat.TEXT)
    if options.match is not None and options.form is None:
        default = ArticleFormat.TERMINAL  # plain text has no highlights
    form = choose_format(options.form, default, json=options.json)
    if options.match is not None and form not in (ArticleFormat.TERMINAL, ArticleFormat.JSONL):
        raise UsageError(f"--match highlights in terminal and jsonl, not in {form.value}: add -f terminal")
    patterns = _parse_highlights(options.match)
    style, pager = choose_terminal_style(options.session.terminal, settings), choose_pager(options.session.terminal)
    printer = make_article_printer(form, sys.stdout, style, pager)
    session = open_session(options.session, settings)
    articles, status = find_articles(session, options.article, as_json=form is ArticleFormat.JSONL)
    shown = [replace_fields(a, derived=NO_DERIVED_NAMES) for a in articles] if options.no_derived else articles
    printer.articles(mark_articles(shown, patterns))
    return status


def find_articles(session: Session, references: Sequence[str], *, as_json: bool) -> tuple[list[Article], int]:
    """Return the articles of references (ids, prefixes, `@N`, `-` for stdin) in their order, each once, and the status.

    The exit status is 0 when all were found, 1 when one does not exist, 2 when one is ambiguous. Each of the latter is
    an error on stderr, as an object for `as_json`.
    """
    names = list(dict.fromkeys(_expand_references(references)))
    if not names:
        raise UsageError("there is no id on stdin")
    results = session.run(lambda archive: _resolve_names(archive, names))
    errors = [result for result in results if not isinstance(result, Article)]
    for error in errors:
        print_error(error, ["--json"] if as_json else [])
    articles = {result.id: result for result in results if isinstance(result, Article)}
    return list(articles.values()), max((2 if isinstance(e, AmbiguousArticle) else 1 for e in errors), default=0)


def _parse_highlights(query: str | None) -> Sequence[TextPattern]:
    return (
        [] if query is None else collect_patterns(compile_query(decode_argument(query), WordOperator.ANY, read_today()))
    )


def _expand_references(references: Sequence[str]) -> Iterator[str]:
    """Yield the references, and the ids on stdin in place of `-`."""
    for reference in map(decode_argument, references):
        if reference == "-":
            yield from read_ids("-")
        else:
            yield reference


def _resolve_names(archive: OpenedArchive, names: Sequence[str]) -> list[Article | NoSuchArticle | AmbiguousArticle]:
    results = [_resolve_name(archive.engine, name) for name in names]
    if any(isinstance(result, NoSuchArticle) for result in results):
        archive.ensure_full_scan()
    return results


def _resolve_name(engine: Engine, name: str) -> Article | NoSuchArticle | AmbiguousArticle:
    try:
        return find_article(engine, resolve_reference(name))
    except (NoSuchArticle, AmbiguousArticle) as error:
        return error
