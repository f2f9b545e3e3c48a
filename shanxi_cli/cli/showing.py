"""`show`: whole articles by id."""

import sys
from collections.abc import Iterator, Sequence

from shanxi_cli.cli.arguments import typed
from shanxi_cli.cli.options import Settings, Style, Where, Whole
from shanxi_cli.cli.recent import meant
from shanxi_cli.cli.reporting import report
from shanxi_cli.cli.session import ids_in, locations, look, opened, pager
from shanxi_cli.engines import Engine
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle, UsageError
from shanxi_cli.grammar import Want
from shanxi_cli.language.matching import patterns
from shanxi_cli.model import Article
from shanxi_cli.printers import ArticleFormat, make_article_printer
from shanxi_cli.searching import article, understand


def show_articles(names: Sequence[str], whole: Whole, style: Style, where: Where, settings: Settings) -> int:
    """Prints the articles that `names` mean; one that means none, or several, does not stop the others."""
    if whole.form and whole.json:
        raise UsageError("--format and --json do not go together")
    default = ArticleFormat.TERMINAL if sys.stdout.isatty() else ArticleFormat.TEXT
    form = ArticleFormat.JSONL if whole.json else whole.form or default
    wanted = patterns(understand(typed(whole.match), Want.ANY)) if whole.match is not None else []
    engine = opened(locations(where, settings)).engine
    found, status = found_articles(engine, names, as_json=form is ArticleFormat.JSONL)
    printer = make_article_printer(form, sys.stdout, look(style, settings), pager(style))
    printer.articles(found, wanted)
    return status


def found_articles(engine: Engine, names: Sequence[str], as_json: bool) -> tuple[list[Article], int]:
    """The articles that `names` mean, in their order, each once, and the exit status: 0 when all were
    found, 1 when one does not exist, 2 when one is ambiguous. Each of the latter is an error on stderr."""
    asked = list(dict.fromkeys(_names(names)))
    if not asked:
        raise UsageError("there is no id on stdin")
    found: dict[str, Article] = {}
    status = 0
    for name in asked:
        try:
            one = article(engine, meant(name))
            found[one.id] = one
        except (NoSuchArticle, AmbiguousArticle) as error:
            report(error, ["--json"] if as_json else [])
            status = max(status, 2 if isinstance(error, AmbiguousArticle) else 1)
    return list(found.values()), status


def _names(names: Sequence[str]) -> Iterator[str]:
    """The names, those on stdin in place of `-`: the first field of each line, so that the lines of a search do."""
    for name in names:
        if name == "-":
            yield from ids_in("-")
        else:
            yield name
