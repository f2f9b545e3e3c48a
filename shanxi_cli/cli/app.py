"""The commands: what each is called, what it takes, and who does the work.

The work is loaded by the command that was asked for, so that `--version` and help load none of it.
"""

import copy
from collections.abc import Sequence
from typing import Annotated, Any, Optional

import typer

from shanxi_cli import __version__
from shanxi_cli.cli.option_groups import expanded
from shanxi_cli.cli.options import common as opt
from shanxi_cli.cli.options import explore as look
from shanxi_cli.cli.options import import_ as imp
from shanxi_cli.cli.options.quotes import ChosenQuotes
from shanxi_cli.cli.query_args import Commands, QueryCommand, typed, unwrapped
from shanxi_cli.errors import UsageError
from shanxi_cli.model.nouns import Order

app = typer.Typer(
    name="shanxi",
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"shanxi {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
@expanded
def shanxi(
    ctx: typer.Context,
    where: opt.Where,
    color: opt.When = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> int:
    """Search an archive of newspaper articles.

    \b
    shanxi search photovoltaic            the best articles first
    shanxi search '"solar power" -coal'   a phrase, and what must not be there
    shanxi show foreign-trade-continues   one article, by its id or how it begins
    shanxi list date:2023                 all articles of a year, newest first
    shanxi search coal -l | xargs shanxi show
    """
    ctx.obj = opt.Settings(list(where.corpus or ()), where.index, color)
    return 0


@app.command(cls=QueryCommand)
@expanded
def search(
    ctx: typer.Context,
    which: opt.Which,
    answer: opt.Answer,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
    batch: opt.Batch = None,
) -> int:
    """Find articles, the best first; any of the words may match.

    \b
    shanxi search photovoltaic
    shanxi search coal mine --all -n 3
    shanxi search 'robots place:Taiyuan date:2021'
    shanxi search exports -l | xargs shanxi show
    """
    if batch is not None:
        from shanxi_cli.cli.commands.search_batch import search_batch

        return search_batch(batch, query or [], which, answer, patience, where, ctx.obj)
    if not query:
        raise UsageError("search for what? give it a word: shanxi search coal")
    from shanxi_cli.cli.commands.search import Request, find

    any_word = which.any_word is not False
    order = which.sort or Order.RELEVANCE
    request = Request("search", " ".join(query), any_word, order, which, answer, unwrapped(query))
    return find(request, style, patience, where, ctx.obj)


@app.command("list", cls=QueryCommand)
@expanded
def list_articles(
    ctx: typer.Context,
    which: opt.Which,
    answer: opt.Answer,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """List articles, the newest first; all of the words must match.

    \b
    shanxi list
    shanxi list place:Yuncheng
    shanxi list tourism date:2022.. --sort oldest
    """
    from shanxi_cli.cli.commands.search import Request, find

    text = " ".join(query or ()).strip() or None
    request = Request("list", text, which.any_word is True, which.sort or Order.NEWEST, which, answer)
    return find(request, style, patience, where, ctx.obj)


@app.command()
@expanded
def show(
    ctx: typer.Context,
    article: opt.Articles,
    whole: opt.Whole,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
) -> int:
    """Show whole articles.

    \b
    shanxi show foreign-trade-continues-to-triumph-in-first-half
    shanxi show foreign-trade --match robots
    shanxi search coal -l | shanxi show - -f markdown
    """
    from shanxi_cli.cli.commands.show import show_articles

    return show_articles(list(map(typed, article)), whole, style, patience, where, ctx.obj)


@app.command()
@expanded
def cite(
    ctx: typer.Context,
    article: opt.Articles,
    where: opt.Where,
    style: opt.CitationOption = opt.CitationStyle.TEXT,
) -> int:
    """Cite articles.

    \b
    shanxi cite rural-tourism
    shanxi cite rural-tourism foreign-trade-continues --style bibtex >> sources.bib
    shanxi search coal -l | shanxi cite - --style csl-json > zotero.json
    """
    from shanxi_cli.cli.commands.cite import cite_articles

    return cite_articles(list(map(typed, article)), style, where, ctx.obj)


@app.command(cls=QueryCommand)
@expanded
def figures(
    ctx: typer.Context,
    chosen: opt.Chosen,
    form: opt.FigureForm,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """List the figures of the sentences that match, with unit, period and source.

    \b
    shanxi figures households
    shanxi figures money:1bn.. --sort value
    shanxi figures trade --unit percent --group-by year
    shanxi figures photovoltaic --in paragraph -f csv > pv.csv
    shanxi figures --check
    """
    from shanxi_cli.cli.commands.figures import print_figures

    return print_figures(" ".join(query or ()).strip() or None, chosen, form, style, patience, where, ctx.obj)


@app.command(cls=QueryCommand)
@expanded
def facets(
    ctx: typer.Context,
    field: look.Field,
    counting: look.Counting,
    among: opt.Among,
    rows: opt.Rows,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """Count the values of a field among the articles that match; all of the words must.

    \b
    shanxi facets place
    shanxi facets keyword coal --min 2
    shanxi facets year place:Taiyuan -f csv
    """
    from shanxi_cli.cli.commands.facets import print_facets

    return print_facets(
        field, counting, look.question(f"facets {field}", query, among, rows, style, patience, where, ctx.obj)
    )


@app.command(cls=QueryCommand)
@expanded
def timeline(
    ctx: typer.Context,
    over: look.Over,
    among: opt.Among,
    rows: opt.Rows,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """Count the articles that match by month, quarter or year; all of the words must. All periods are shown.

    \b
    shanxi timeline coal
    shanxi timeline tourism --hits --by quarter
    shanxi timeline photovoltaic --share --by year
    shanxi timeline --years-mentioned poverty
    """
    from shanxi_cli.cli.commands.timeline import print_timeline

    return print_timeline(over, look.question("timeline", query, among, rows, style, patience, where, ctx.obj))


@app.command(cls=QueryCommand)
@expanded
def kwic(
    ctx: typer.Context,
    lines: look.Lines,
    among: opt.Among,
    rows: opt.Rows,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """Show every place that matches in its context, one below the other; all of the words must match.

    \b
    shanxi kwic coal
    shanxi kwic '"foreign trade"' --sort right
    shanxi kwic 'photo*' -n 0 --width 30
    shanxi kwic coal --collocates
    """
    from shanxi_cli.cli.commands.kwic import print_lines

    return print_lines(lines, look.question("kwic", query, among, rows, style, patience, where, ctx.obj))


@app.command()
@expanded
def terms(
    ctx: typer.Context,
    words: look.Words,
    rows: opt.Rows,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
) -> int:
    """List the words of the archive, with their articles and occurrences.

    \b
    shanxi terms
    shanxi terms --prefix photo
    shanxi terms --field place --sort word
    """
    from shanxi_cli.cli.commands.terms import print_words

    return print_words(words, look.question("terms", None, opt.Among(), rows, style, patience, where, ctx.obj))


@app.command()
@expanded
def similar(
    ctx: typer.Context,
    article: look.Article,
    near: look.Near,
    rows: opt.Rows,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
) -> int:
    """Show the ten articles (-n) that are most like one, with the words that make them so.

    \b
    shanxi similar rural-tourism
    shanxi similar @2 -n 3
    """
    from shanxi_cli.cli.commands.similar import print_neighbours

    return print_neighbours(
        article, near, look.question("similar", None, opt.Among(), rows, style, patience, where, ctx.obj)
    )


@app.command(cls=QueryCommand)
@expanded
def quotes(
    ctx: typer.Context,
    chosen: ChosenQuotes,
    form: opt.FigureForm,
    style: opt.Style,
    patience: opt.Patience,
    where: opt.Where,
    query: opt.Words = None,
) -> int:
    """List who said what in the sentences that match, and on what that rests.

    \b
    shanxi quotes coal
    shanxi quotes --by 'Yang Xia'
    shanxi quotes market --org 'Jinbo Biology' --kind direct
    shanxi quotes place:Jinzhong --group-by speaker
    shanxi quotes tourism --in paragraph -f csv > tourism.csv
    """
    from shanxi_cli.cli.commands.quotes import print_quotes

    return print_quotes(" ".join(query or ()).strip() or None, chosen, form, style, patience, where, ctx.obj)


@app.command()
@expanded
def fields(
    ctx: typer.Context,
    where: opt.Where,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line; errors are objects too.")] = False,
) -> int:
    """Tell which fields a query may name, and how many articles have each.

    \b
    shanxi fields
    shanxi fields --json
    """
    from shanxi_cli.cli.commands.fields import print_fields

    return print_fields(json, where, ctx.obj)


@app.command("help")
def help_command(
    ctx: typer.Context,
    topic: Annotated[Optional[str], typer.Argument(metavar="[TOPIC]", help="query, or a command.")] = None,
) -> int:
    """Explain the query language, or a command.

    \b
    shanxi help query
    shanxi help search
    """
    from shanxi_cli.cli.commands.fields import print_help

    return print_help(ctx.parent or ctx, topic)


@app.command("import")
@expanded
def import_pages(files: imp.Files, choices: imp.Importing) -> int:
    """Make clean articles of whole newspaper pages, as converters leave them.

    \b
    shanxi import page-*.txt --publication 'China Daily' --date 2022-06
    shanxi import issue.pdf --dry-run
    shanxi import clippings.csv --text-field body --into ~/archive
    pdftotext page.pdf - | shanxi import -
    """
    from shanxi_cli.cli.commands.import_ import import_files

    return import_files(files, choices)


@app.command("index")
@expanded
def index_articles(ctx: typer.Context, building: opt.Building, where: opt.Where) -> int:
    """Bring the index up to date; a search does this by itself.

    \b
    shanxi index
    shanxi index --rebuild
    """
    from shanxi_cli.cli.commands.index import build_index

    return build_index(building, where, ctx.obj)


@app.command()
@expanded
def status(
    ctx: typer.Context,
    where: opt.Where,
    json: Annotated[bool, typer.Option("--json", help="One JSON object; errors are objects too.")] = False,
) -> int:
    """Tell where things are, and what is stale or failed."""
    from shanxi_cli.cli.commands.index import print_status

    return print_status(json, where, ctx.obj)


@app.command()
@expanded
def doctor(ctx: typer.Context, examination: opt.Examination, where: opt.Where) -> int:
    """Examine articles and index, and tell what is wrong and what to do.

    \b
    shanxi doctor
    shanxi doctor --full
    shanxi doctor --repair
    """
    from shanxi_cli.cli.commands.doctor import print_examination

    return print_examination(examination, where, ctx.obj)


@app.command()
def completion(shell: Annotated[opt.Shell, typer.Argument(metavar="bash|zsh|fish", help="Whose script.")]) -> int:
    """Print the script that lets a shell complete verbs, options, fields and ids.

    \b
    eval "$(shanxi completion bash)"                            in ~/.bashrc
    source <(shanxi completion zsh)                             in ~/.zshrc, after compinit
    shanxi completion fish > ~/.config/fish/completions/shanxi.fish
    """
    from shanxi_cli.cli.completion.shells import script

    print(script(shell), end="")
    return 0


def complete(arguments: Sequence[str]) -> int:
    """Answers that script: what `main` does for `shanxi --complete SHELL LINE...`, without Typer's parsing."""
    from shanxi_cli.cli.completion import complete as completing

    return completing.complete(arguments)


def group_of(words: Sequence[str]) -> Any:
    """Typer's group with the verbs that occur in `words`; all, when none does. Each takes a third of a millisecond."""
    some = copy.copy(app)
    some.registered_commands = [
        info
        for info in app.registered_commands
        if (info.name or info.callback.__name__) in words  # type: ignore[union-attr]
    ] or app.registered_commands
    return typer.main.get_command(some)
