"""The commands. Each reads like plain speech: understand, open, ask, print, and the exit status."""

import sys
from typing import Annotated, Optional

import typer

from shanxi_cli import __version__
from shanxi_cli.cli import options as opt
from shanxi_cli.cli.arguments import QueryCommand
from shanxi_cli.cli.building import build_index, print_status
from shanxi_cli.cli.finding import Request, answer
from shanxi_cli.cli.session import Settings, locations, look, one_of, pager
from shanxi_cli.cli.showing import show_articles
from shanxi_cli.grammar import Want
from shanxi_cli.model import Order
from shanxi_cli.printers import ArticleFormat, Format

app = typer.Typer(
    name="shanxi",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"shanxi {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def shanxi(
    ctx: typer.Context,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
    color: opt.When = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Search an archive of newspaper articles.

    \b
    shanxi search photovoltaic            the best articles first
    shanxi search '"solar power" -coal'   a phrase, and what must not be there
    shanxi show foreign-trade-continues   one article, by its id or how it begins
    shanxi list date:2023                 all articles of a year, newest first
    shanxi search coal -l | xargs shanxi show
    """
    ctx.obj = Settings(list(corpus or ()), index, color)


@app.command(cls=QueryCommand)
def search(
    ctx: typer.Context,
    query: opt.Words,
    limit: opt.Limit = None,
    offset: opt.Offset = 0,
    sort: opt.Sort = None,
    any_word: opt.AnyAll = None,
    form: opt.ResultsFormat = None,
    json: opt.Json = False,
    ids: opt.Ids = False,
    count: opt.Count = False,
    quiet: opt.Quiet = False,
    color: opt.When = None,
    no_pager: opt.NoPager = False,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
) -> int:
    """Find articles, the best first; any of the words may match.

    \b
    shanxi search photovoltaic
    shanxi search coal mine --all -n 3
    shanxi search 'robots place:Taiyuan date:2021'
    shanxi search exports -l | xargs shanxi show
    """
    one_of(format=form is not None, json=json, ids=ids, count=count, quiet=quiet)
    request = Request(
        text=" ".join(query),
        want=Want.ALL if any_word is False else Want.ANY,
        order=sort or Order.RELEVANCE,
        limit=limit,
        offset=offset,
        form=Format.JSONL if json else Format.IDS if ids else form,
        count=count,
        quiet=quiet,
        look=look(ctx.obj, color),
        pager=pager(no_pager),
    )
    return answer(request, lambda: locations(ctx.obj, corpus, index))


@app.command("list", cls=QueryCommand)
def list_articles(
    ctx: typer.Context,
    query: opt.MaybeWords = None,
    limit: opt.Limit = None,
    offset: opt.Offset = 0,
    sort: opt.Sort = None,
    any_word: opt.AnyAll = None,
    form: opt.ResultsFormat = None,
    json: opt.Json = False,
    ids: opt.Ids = False,
    count: opt.Count = False,
    quiet: opt.Quiet = False,
    color: opt.When = None,
    no_pager: opt.NoPager = False,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
) -> int:
    """List articles, the newest first; all of the words must match.

    \b
    shanxi list
    shanxi list place:Yuncheng
    shanxi list tourism date:2022.. --sort oldest
    """
    one_of(format=form is not None, json=json, ids=ids, count=count, quiet=quiet)
    request = Request(
        text=" ".join(query or ()),
        want=Want.ANY if any_word else Want.ALL,
        order=sort or Order.NEWEST,
        limit=limit,
        offset=offset,
        form=Format.JSONL if json else Format.IDS if ids else form,
        count=count,
        quiet=quiet,
        look=look(ctx.obj, color),
        pager=pager(no_pager),
    )
    return answer(request, lambda: locations(ctx.obj, corpus, index))


@app.command()
def show(
    ctx: typer.Context,
    article: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="An id, how one begins, or - for ids on stdin.")
    ],
    match: Annotated[Optional[str], typer.Option("--match", metavar="QUERY", help="Mark what matches.")] = None,
    form: opt.WholeFormat = None,
    json: opt.Json = False,
    color: opt.When = None,
    no_pager: opt.NoPager = False,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
) -> int:
    """Show whole articles.

    \b
    shanxi show foreign-trade-continues-to-triumph-in-first-half
    shanxi show foreign-trade --match robots
    shanxi search coal -l | shanxi show - -f markdown
    """
    one_of(format=form is not None, json=json)
    default = ArticleFormat.TERMINAL if sys.stdout.isatty() else ArticleFormat.TEXT
    chosen = ArticleFormat.JSONL if json else form or default
    where = locations(ctx.obj, corpus, index)
    return show_articles(article, match, chosen, look(ctx.obj, color), pager(no_pager), where)


@app.command("index")
def index_command(
    ctx: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every article again.")] = False,
    wait: Annotated[
        float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait for another that builds.")
    ] = 0,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
) -> int:
    """Bring the index up to date; a search does this by itself.

    \b
    shanxi index
    shanxi index --rebuild
    """
    return build_index(locations(ctx.obj, corpus, index), rebuild, wait)


@app.command()
def status(
    ctx: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    corpus: opt.Corpus = None,
    index: opt.Index = None,
) -> int:
    """Tell where archive and index are, what they hold, and what is stale or failed."""
    return print_status(locations(ctx.obj, corpus, index), json)
