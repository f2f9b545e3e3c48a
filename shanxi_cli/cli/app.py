"""The commands: what each is called, what it takes, and who does the work.

The work is loaded by the command that was asked for, so that `--version` and help load none of it.
"""

import copy
from collections.abc import Sequence
from typing import Annotated, Any, Optional

import typer

from shanxi_cli import __version__
from shanxi_cli.cli.option_groups import expand_option_groups
from shanxi_cli.cli.options import common as opt
from shanxi_cli.cli.options import explore as look
from shanxi_cli.cli.options import import_ as imp
from shanxi_cli.cli.options.quotes import QuoteOptions
from shanxi_cli.cli.query_args import CommandGroup, QueryCommand, decode_argument, infer_phrase
from shanxi_cli.errors import UsageError
from shanxi_cli.model.options import HitOrder

app = typer.Typer(
    name="shanxi",
    cls=CommandGroup,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"shanxi {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
@expand_option_groups
def shanxi(
    ctx: typer.Context,
    where: opt.ArchiveOptions,
    color: opt.ColorOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
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
    ctx.obj = opt.GlobalOptions(list(where.corpus or ()), where.index, color)
    return 0


@app.command(cls=QueryCommand)
@expand_option_groups
def search(
    ctx: typer.Context,
    which: opt.HitOptions,
    answer: opt.HitFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
    batch: opt.BatchOption = None,
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
    from shanxi_cli.cli.commands.search import SearchRequest, run_search

    any_word = which.any_word is not False
    order = which.sort or HitOrder.RELEVANCE
    request = SearchRequest("search", " ".join(query), any_word, order, which, answer, infer_phrase(query))
    return run_search(request, style, patience, where, ctx.obj)


@app.command("list", cls=QueryCommand)
@expand_option_groups
def list_articles(
    ctx: typer.Context,
    which: opt.HitOptions,
    answer: opt.HitFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
) -> int:
    """List articles, the newest first; all of the words must match.

    \b
    shanxi list
    shanxi list place:Yuncheng
    shanxi list tourism date:2022.. --sort oldest
    """
    from shanxi_cli.cli.commands.search import SearchRequest, run_search

    text = " ".join(query or ()).strip() or None
    request = SearchRequest("list", text, which.any_word is True, which.sort or HitOrder.NEWEST, which, answer)
    return run_search(request, style, patience, where, ctx.obj)


@app.command()
@expand_option_groups
def show(
    ctx: typer.Context,
    article: opt.ArticlesArgument,
    whole: opt.ArticleFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
) -> int:
    """Show whole articles.

    \b
    shanxi show foreign-trade-continues-to-triumph-in-first-half
    shanxi show foreign-trade --match robots
    shanxi search coal -l | shanxi show - -f markdown
    """
    from shanxi_cli.cli.commands.show import show_articles

    return show_articles(list(map(decode_argument, article)), whole, style, patience, where, ctx.obj)


@app.command()
@expand_option_groups
def cite(
    ctx: typer.Context,
    article: opt.ArticlesArgument,
    where: opt.ArchiveOptions,
    style: opt.CitationOption = opt.CitationStyle.TEXT,
) -> int:
    """Cite articles.

    \b
    shanxi cite rural-tourism
    shanxi cite rural-tourism foreign-trade-continues --style bibtex >> sources.bib
    shanxi search coal -l | shanxi cite - --style csl-json > zotero.json
    """
    from shanxi_cli.cli.commands.cite import print_citations

    return print_citations(list(map(decode_argument, article)), style, where, ctx.obj)


@app.command(cls=QueryCommand)
@expand_option_groups
def figures(
    ctx: typer.Context,
    chosen: opt.FigureOptions,
    form: opt.FigureFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
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
@expand_option_groups
def facets(
    ctx: typer.Context,
    field: look.FieldArgument,
    counting: look.FacetOptions,
    among: opt.FilterOptions,
    rows: opt.RowFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
) -> int:
    """Count the values of a field among the articles that match; all of the words must.

    \b
    shanxi facets place
    shanxi facets keyword coal --min 2
    shanxi facets year place:Taiyuan -f csv
    """
    from shanxi_cli.cli.commands.facets import print_facets

    return print_facets(
        field,
        counting,
        look.make_explore_arguments(f"facets {field}", query, among, rows, style, patience, where, ctx.obj),
    )


@app.command(cls=QueryCommand)
@expand_option_groups
def timeline(
    ctx: typer.Context,
    over: look.TimelineOptions,
    among: opt.FilterOptions,
    rows: opt.RowFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
) -> int:
    """Count the articles that match by month, quarter or year; all of the words must. All periods are shown.

    \b
    shanxi timeline coal
    shanxi timeline tourism --hits --by quarter
    shanxi timeline photovoltaic --share --by year
    shanxi timeline --years-mentioned poverty
    """
    from shanxi_cli.cli.commands.timeline import print_timeline

    return print_timeline(
        over, look.make_explore_arguments("timeline", query, among, rows, style, patience, where, ctx.obj)
    )


@app.command(cls=QueryCommand)
@expand_option_groups
def kwic(
    ctx: typer.Context,
    lines: look.ConcordanceOptions,
    among: opt.FilterOptions,
    rows: opt.RowFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
) -> int:
    """Show every place that matches in its context, one below the other; all of the words must match.

    \b
    shanxi kwic coal
    shanxi kwic '"foreign trade"' --sort right
    shanxi kwic 'photo*' -n 0 --width 30
    shanxi kwic coal --collocates
    """
    from shanxi_cli.cli.commands.kwic import print_concordance

    return print_concordance(
        lines, look.make_explore_arguments("kwic", query, among, rows, style, patience, where, ctx.obj)
    )


@app.command()
@expand_option_groups
def terms(
    ctx: typer.Context,
    words: look.TermsOptions,
    rows: opt.RowFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
) -> int:
    """List the words of the archive, with their articles and occurrences.

    \b
    shanxi terms
    shanxi terms --prefix photo
    shanxi terms --field place --sort word
    """
    from shanxi_cli.cli.commands.terms import print_terms

    return print_terms(
        words, look.make_explore_arguments("terms", None, opt.FilterOptions(), rows, style, patience, where, ctx.obj)
    )


@app.command()
@expand_option_groups
def similar(
    ctx: typer.Context,
    article: look.ArticleArgument,
    near: look.SimilarOptions,
    rows: opt.RowFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
) -> int:
    """Show the ten articles (-n) that are most like one, with the words that make them so.

    \b
    shanxi similar rural-tourism
    shanxi similar @2 -n 3
    """
    from shanxi_cli.cli.commands.similar import print_similar_articles

    return print_similar_articles(
        article,
        near,
        look.make_explore_arguments("similar", None, opt.FilterOptions(), rows, style, patience, where, ctx.obj),
    )


@app.command(cls=QueryCommand)
@expand_option_groups
def quotes(
    ctx: typer.Context,
    chosen: QuoteOptions,
    form: opt.FigureFormatOptions,
    style: opt.TerminalOptions,
    patience: opt.TimeoutOptions,
    where: opt.ArchiveOptions,
    query: opt.QueryArgument = None,
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
@expand_option_groups
def fields(
    ctx: typer.Context,
    where: opt.ArchiveOptions,
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
@expand_option_groups
def import_pages(files: imp.FilesArgument, choices: imp.ImportOptions) -> int:
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
@expand_option_groups
def index_articles(ctx: typer.Context, building: opt.IndexOptions, where: opt.ArchiveOptions) -> int:
    """Bring the index up to date; a search does this by itself.

    \b
    shanxi index
    shanxi index --rebuild
    """
    from shanxi_cli.cli.commands.index import build_index

    return build_index(building, where, ctx.obj)


@app.command()
@expand_option_groups
def status(
    ctx: typer.Context,
    where: opt.ArchiveOptions,
    json: Annotated[bool, typer.Option("--json", help="One JSON object; errors are objects too.")] = False,
) -> int:
    """Tell where things are, and what is stale or failed."""
    from shanxi_cli.cli.commands.index import print_status

    return print_status(json, where, ctx.obj)


@app.command()
@expand_option_groups
def doctor(ctx: typer.Context, examination: opt.DoctorOptions, where: opt.ArchiveOptions) -> int:
    """Examine articles and index, and tell what is wrong and what to do.

    \b
    shanxi doctor
    shanxi doctor --full
    shanxi doctor --repair
    """
    from shanxi_cli.cli.commands.doctor import print_findings

    return print_findings(examination, where, ctx.obj)


@app.command()
def completion(
    shell: Annotated[opt.Shell, typer.Argument(metavar="bash|zsh|fish", help="Whose script.")],
) -> int:
    """Print the script that lets a shell complete verbs, options, fields and ids.

    \b
    eval "$(shanxi completion bash)"                            in ~/.bashrc
    source <(shanxi completion zsh)                             in ~/.zshrc, after compinit
    shanxi completion fish > ~/.config/fish/completions/shanxi.fish
    """
    from shanxi_cli.cli.completion.shells import completion_script

    print(completion_script(shell), end="")
    return 0


def run_completion(arguments: Sequence[str]) -> int:
    """Answers that script: what `main` does for `shanxi --complete SHELL LINE...`, without Typer's parsing."""
    from shanxi_cli.cli.completion import complete as completing

    return completing.print_completions(arguments)


def build_command_group(words: Sequence[str]) -> Any:
    """Typer's group with the verbs that occur in `words`; all, when none does. Each takes a third of a millisecond."""
    some = copy.copy(app)
    some.registered_commands = [
        info
        for info in app.registered_commands
        if (info.name or info.callback.__name__) in words  # type: ignore[union-attr]
    ] or app.registered_commands
    return typer.main.get_command(some)
