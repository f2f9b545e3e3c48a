"""Options that several commands share, each declared once."""

from enum import Enum
from typing import Annotated, Any, Optional

import typer

from shanxi_cli import __version__
from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.output import TableFormat

COMMON_OPTIONS = "Common options"
"""Heading in the help of a command for the options that every command has."""


class ColorMode(Enum):
    """When the terminal format is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Shell(Enum):
    """Shells with completion."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def _common_option(*names: str, **settings: Any) -> Any:
    """Declare an option that help lists under `COMMON_OPTIONS`."""
    return typer.Option(*names, rich_help_panel=COMMON_OPTIONS, **settings)


def _print_version(*, requested: bool) -> None:
    if requested:
        print(f"shanxi {__version__}")
        raise typer.Exit


QueryArgument = Annotated[
    Optional[list[str]], typer.Argument(metavar="[QUERY...]", help="Words or a query; see shanxi help query.")
]
ArticlesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLE...",
        help="Article id, unique prefix, @N for hit N of the last search, or - to read ids from stdin.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Same as --format jsonl; errors are JSON objects too.")]
JsonObjectOption = Annotated[bool, typer.Option("--json", help="Print one JSON object; errors are JSON objects too.")]
LimitOption = Annotated[
    Optional[int],
    typer.Option(
        "-n", "--limit", min=0, metavar="N", help="Show at most N; 0 for all (default: 20 on a terminal, else all)."
    ),
]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Skip the first N results.")]
RowIdsOption = Annotated[
    bool, typer.Option("-l", "--ids", help="Print only the ids of the articles, each once, one per line.")
]
CollapseOption = Annotated[
    Optional[bool],
    typer.Option("--collapse/--no-collapse", help="Show near-duplicate articles once (default on a terminal)."),
]
TableFormatOption = Annotated[
    Optional[TableFormat],
    typer.Option("-f", "--format", help="Output format (default: terminal; lines when piped)."),
]
ChartOption = Annotated[
    Optional[str],
    typer.Option("--chart", metavar="FILE", help="Also draw a chart into FILE, which ends in .svg or .png."),
]
NoDerivedOption = Annotated[
    bool,
    typer.Option("--no-derived", help="Only names of the front matter; none that are derived from the text."),
]

_CorpusOption = Annotated[
    Optional[list[str]],
    _common_option(
        "--corpus",
        metavar="FOLDER",
        help="Directory of articles; repeatable (default: $SHANXI_CORPUS, or your own articles and the shipped ones).",
    ),
]
_IndexOption = Annotated[
    Optional[str],
    _common_option(
        "--index",
        metavar="FOLDER|URL",
        help="Index directory, or https://HOST:9200/NAME of a cluster (default: $SHANXI_INDEX, or the cache).",
    ),
]
_InsecureOption = Annotated[
    bool, _common_option("--insecure", help="Allow http, which is not encrypted, to a cluster on another machine.")
]
_ExcludeOption = Annotated[
    Optional[list[str]],
    _common_option(
        "--exclude", metavar="PATTERN", help="Leave out files that match PATTERN, as in .gitignore; repeatable."
    ),
]
_ColorOption = Annotated[
    Optional[ColorMode], _common_option("--color", help="Use colour and bold in the terminal format (default: auto).")
]
_VersionOption = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
]


_ArchiveNameOption = Annotated[
    Optional[str],
    _common_option(
        "--archive", metavar="NAME", help="Archive of the configuration (default: $SHANXI_ARCHIVE; see shanxi config)."
    ),
]


class ArchiveOptions(OptionGroup):
    """Name or directories of the archive, and the directory of its index."""

    archive_name: _ArchiveNameOption = None
    corpus: _CorpusOption = None
    index: _IndexOption = None
    exclude: _ExcludeOption = None
    insecure: _InsecureOption = False


class GlobalOptions(ArchiveOptions):
    """Search an archive of newspaper articles.

    Examples:
        shanxi search photovoltaic            the best matches first
        shanxi search '"solar power" -coal'   a phrase, excluding a word
        shanxi show foreign-trade-continues   one article, by its id or a prefix
        shanxi list date:2023                 all articles of a year, newest first
        shanxi search coal -l | xargs shanxi show
    """

    color: _ColorOption = None
    version: _VersionOption = False


class TerminalOptions(OptionGroup):
    """Colour and paging of the terminal format."""

    color: _ColorOption = None
    no_pager: Annotated[bool, _common_option("--no-pager", help="Do not start a pager.")] = False


class SessionOptions(OptionGroup):
    """Options of every command that queries the archive."""

    terminal: TerminalOptions = TerminalOptions()
    timeout: Annotated[
        float,
        _common_option(
            "--timeout",
            min=0,
            metavar="SECONDS",
            envvar="SHANXI_TIMEOUT",
            show_envvar=False,
            show_default=False,
            help="Stop after SECONDS; 0 disables the limit (default: $SHANXI_TIMEOUT, or 10).",
        ),
    ] = 10
    archive: ArchiveOptions = ArchiveOptions()


class ArticleFilterOptions(OptionGroup):
    """Articles to search."""

    within: Annotated[
        Optional[str],
        typer.Option("--within", metavar="FILE", help="Search only the ids in FILE, one per line (- for stdin)."),
    ] = None
    since: Annotated[
        Optional[str],
        typer.Option(
            "--since", metavar="DATE", help="Search only articles of DATE or later: 2021-07, last-month, -30d."
        ),
    ] = None
    until: Annotated[
        Optional[str], typer.Option("--until", metavar="DATE", help="Search only articles of DATE or earlier.")
    ] = None


class NameFilterOptions(ArticleFilterOptions):
    """Articles to search, and which of their names are compared."""

    no_derived: NoDerivedOption = False


class FilterOptions(NameFilterOptions):
    """Articles to search, and how plain words match."""

    any_word: Annotated[
        Optional[bool],
        typer.Option("--any/--all", help="Match any or all of the words (default: all; any for search)."),
    ] = None
    no_correct: Annotated[bool, typer.Option("--no-correct", help="Do not correct misspelt words.")] = False


CountOption = Annotated[bool, typer.Option("-c", "--count", help="Print only the number of results.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; only set the exit status.")]
NullOption = Annotated[
    bool, typer.Option("-0", "--null", help="End lines and ids with NUL instead of a newline (for xargs -0).")
]


class RowOptions(OptionGroup):
    """Output options of every table; `--format` and the others that choose a format exclude each other."""

    json: JsonOption = False
    count: CountOption = False
    quiet: QuietOption = False
    fields: Annotated[
        Optional[str],
        typer.Option("--fields", metavar="NAME,...", help="Columns to print in lines, csv and jsonl."),
    ] = None
    null: NullOption = False
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin csv with a byte order mark, by which Excel knows UTF-8.")
    ] = False


class FormatOptions(RowOptions):
    """Output options of the answer to a query."""

    explain: Annotated[bool, typer.Option("--explain", help="Show how the query is parsed, without searching.")] = False


class RowFormatOptions(FormatOptions):
    """Output options of a table of rows."""

    form: TableFormatOption = None
    limit: LimitOption = None
    offset: OffsetOption = 0


class PlainRowOptions(RowOptions):
    """Output options of a table that answers no query: there is nothing to explain."""

    form: TableFormatOption = None
    limit: LimitOption = None
    offset: OffsetOption = 0
