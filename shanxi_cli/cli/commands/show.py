"""`show`: whole articles by id."""

import sys
from collections.abc import Iterator, Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, read_ids, resolve_locations
from shanxi_cli.cli.history import resolve_reference
from shanxi_cli.cli.messages import print_error
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    ArticleFormatOptions,
    GlobalOptions,
    TerminalOptions,
    TimeoutOptions,
)
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle, UsageError
from shanxi_cli.matching.article_marks import mark_articles
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.model.article import Article
from shanxi_cli.output import ArticleFormat, make_article_printer
from shanxi_cli.paths import Locations
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query, find_article


def show_articles(
    names: Sequence[str],
    whole: ArticleFormatOptions,
    style: TerminalOptions,
    patience: TimeoutOptions,
    where: ArchiveOptions,
    settings: GlobalOptions,
) -> int:
    """Prints the articles that `names` mean; one that means none, or several, does not stop the others."""
    if whole.form and whole.json:
        raise UsageError("--format and --json do not go together")
    default = ArticleFormat.TERMINAL if sys.stdout.isatty() else ArticleFormat.TEXT
    form = ArticleFormat.JSONL if whole.json else whole.form or default
    wanted = (
        collect_patterns(compile_query(decode_argument(whole.match), WordOperator.ANY))
        if whole.match is not None
        else []
    )
    printer = make_article_printer(form, sys.stdout, choose_terminal_style(style, settings), choose_pager(style))
    found, status = find_articles(resolve_locations(where, settings), names, form is ArticleFormat.JSONL, patience)
    printer.articles(mark_articles(found, wanted))
    return status


def find_articles(
    at: Locations, names: Sequence[str], as_json: bool, patience: TimeoutOptions | None = None
) -> tuple[list[Article], int]:
    """The articles that `names` mean, in their order, each once, and the exit status: 0 when all were
    found, 1 when one does not exist, 2 when one is ambiguous. Each of the latter is an error on stderr.
    """
    asked = list(dict.fromkeys(_expand_names(names)))
    if not asked:
        raise UsageError("there is no id on stdin")
    answers = Session(at, patience).ask(lambda archive: _resolve_names(archive, asked))
    missing = [answer for answer in answers if not isinstance(answer, Article)]
    for error in missing:
        print_error(error, ["--json"] if as_json else [])
    found = {answer.id: answer for answer in answers if isinstance(answer, Article)}
    return list(found.values()), max((2 if isinstance(e, AmbiguousArticle) else 1 for e in missing), default=0)


def _resolve_names(archive: Archive, names: Sequence[str]) -> list[Article | NoSuchArticle | AmbiguousArticle]:
    answers = [_resolve_name(archive.engine, name) for name in names]
    if any(isinstance(answer, NoSuchArticle) for answer in answers):
        archive.confirm()
    return answers


def _resolve_name(engine: Engine, name: str) -> Article | NoSuchArticle | AmbiguousArticle:
    try:
        return find_article(engine, resolve_reference(name))
    except (NoSuchArticle, AmbiguousArticle) as error:
        return error


def _expand_names(names: Sequence[str]) -> Iterator[str]:
    """The names, those on stdin in place of `-`: the first field of each line, so that the lines of a search do."""
    for name in names:
        if name == "-":
            yield from read_ids("-")
        else:
            yield name
