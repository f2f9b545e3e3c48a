"""The options and arguments of the commands, each declared once."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.model.options import FigureGrouping, FigureOrder, HitOrder, Scope
from shanxi_cli.output import ArticleFormat, Format, TableFormat


class ColorMode(Enum):
    """When the terminal form is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Shell(Enum):
    """The shells that complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class GlobalOptions:
    """What was said before the verb; what is said after it goes first."""

    def __init__(self, corpus: list[str], index: str | None, color: ColorMode | None) -> None:
        self.corpus = corpus
        self.index = index
        self.color = color


class CitationStyle(Enum):
    """The forms of a citation."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


QueryArgument = Annotated[
    Optional[list[str]], typer.Argument(metavar="[QUERY...]", help="What to look for: see shanxi help query.")
]
CitationOption = Annotated[CitationStyle, typer.Option("--style", help="The form of the citations.")]
ArticlesArgument = Annotated[
    list[str],
    typer.Argument(metavar="ARTICLE...", help="An id, how it begins, @3 (third hit shown), - (stdin)."),
]

_CorpusOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--corpus",
        metavar="FOLDER",
        help="A folder of articles; repeatable. [SHANXI_CORPUS, or your own and the shipped ones]",
    ),
]
_IndexOption = Annotated[
    Optional[str],
    typer.Option("--index", metavar="FOLDER", help="Where the index is kept. [SHANXI_INDEX, or a default]"),
]
ColorOption = Annotated[
    Optional[ColorMode], typer.Option("--color", help="Colour and bold in the terminal form. [auto]")
]


class ArchiveOptions(OptionGroup):
    """Which archive."""

    corpus: _CorpusOption = None
    index: _IndexOption = None


class TimeoutOptions(OptionGroup):
    """How long a query may take."""

    timeout: Annotated[
        float,
        typer.Option(
            "--timeout",
            min=0,
            metavar="SECONDS",
            envvar="SHANXI_TIMEOUT",
            show_envvar=False,
            show_default=False,
            help="Give up after so long; 0: never. [SHANXI_TIMEOUT, or 10]",
        ),
    ] = 10


class TerminalOptions(OptionGroup):
    """How the terminal form looks."""

    color: ColorOption = None
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never start a pager.")] = False


BatchOption = Annotated[
    Optional[str],
    typer.Option("--batch", metavar="FILE", help="A query a line (- for stdin); a line of counts for each."),
]


class FilterOptions(OptionGroup):
    """Which articles are asked, and how plain words match."""

    any_word: Annotated[
        Optional[bool], typer.Option("--any/--all", help="Plain words: any of them may match, or all must.")
    ] = None
    within: Annotated[
        Optional[str], typer.Option("--within", metavar="FILE", help="Only among these ids, one a line (- for stdin).")
    ] = None


CollapseOption = Annotated[
    Optional[bool],
    typer.Option(
        "--collapse/--no-collapse",
        help="Show articles that are nearly the same text once. [on a terminal]",
    ),
]


class HitOptions(FilterOptions):
    """Which of the articles that match, and in which order."""

    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="At most N; 0 for all. [10 on a terminal, else all]"),
    ] = None
    offset: Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out the first N.")] = 0
    sort: Annotated[Optional[HitOrder], typer.Option("--sort", help="The order of the articles.")] = None
    collapse: CollapseOption = None


class FormatOptions(OptionGroup):
    """The form of an answer, whatever it is of."""

    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl; errors are objects too.")] = False
    count: Annotated[bool, typer.Option("-c", "--count", help="Only how many there are.")] = False
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit status tells.")] = False
    fields: Annotated[
        Optional[str],
        typer.Option("--fields", metavar="NAME,...", help="The columns of lines, csv and jsonl."),
    ] = None
    null: Annotated[bool, typer.Option("-0", "--null", help="End lines and ids with NUL, as xargs reads them.")] = False
    explain: Annotated[bool, typer.Option("--explain", help="Only tell what was understood.")] = False


class HitFormatOptions(FormatOptions):
    """The form of a list of articles; at most one of these is given."""

    form: Annotated[
        Optional[Format], typer.Option("-f", "--format", help="The form. [terminal, or lines in a pipe]")
    ] = None
    ids: Annotated[bool, typer.Option("-l", "--ids", help="Only the ids, one a line.")] = False


class RowFormatOptions(FormatOptions):
    """The form of a table of rows, and how many; at most one form is given."""

    form: Annotated[
        Optional[TableFormat], typer.Option("-f", "--format", help="The form. [terminal, or lines in a pipe]")
    ] = None
    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="At most N rows; 0 for all. [on a terminal 20]"),
    ] = None


class ArticleFormatOptions(OptionGroup):
    """The form of whole articles."""

    form: Annotated[
        Optional[ArticleFormat], typer.Option("-f", "--format", help="The form. [terminal, or text in a pipe]")
    ] = None
    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl; errors are objects too.")] = False
    match: Annotated[Optional[str], typer.Option("--match", metavar="QUERY", help="Mark what matches.")] = None


class FigureOptions(OptionGroup):
    """Which figures, and in which order."""

    unit: Annotated[
        Optional[str], typer.Option("--unit", metavar="UNIT", help="Only of this unit, or of what is counted.")
    ] = None
    least: Annotated[
        Optional[str], typer.Option("--min", metavar="NUMBER", help="Only from this value on: 500, 1bn, 500mu.")
    ] = None
    most: Annotated[Optional[str], typer.Option("--max", metavar="NUMBER", help="Only up to this value.")] = None
    any_word: Annotated[
        bool, typer.Option("--any/--all", help="Plain words: any of them have to stand there, or all.")
    ] = False
    scope: Annotated[Scope, typer.Option("--in", help="Where the words stand together, with the figure.")] = (
        Scope.SENTENCE
    )
    sort: Annotated[Optional[FigureOrder], typer.Option("--sort", help="The order of the figures. [date]")] = None
    group_by: Annotated[
        Optional[FigureGrouping], typer.Option("--group-by", help="Only how many, and the least, median and greatest.")
    ] = None
    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="At most N; 0 for all. [20 on a terminal, else all]"),
    ] = None
    check: Annotated[bool, typer.Option("--check", help="Only figures that do not agree with each other.")] = False


class FigureFormatOptions(OptionGroup):
    """The form of figures and of quotes."""

    form: Annotated[
        Optional[TableFormat], typer.Option("-f", "--format", help="The form. [terminal, or lines in a pipe]")
    ] = None
    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl; errors are objects too.")] = False


class IndexOptions(OptionGroup):
    """How the index is brought up to date."""

    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read every article again.")] = False
    wait: Annotated[
        float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait for another that builds.")
    ] = 0
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=0, metavar="N", help="How many processes read; 0: one a core, up to 8."),
    ] = 0


class DoctorOptions(OptionGroup):
    """How an archive is examined."""

    full: Annotated[bool, typer.Option("--full", help="Compare every article, not only some.")] = False
    repair: Annotated[
        bool, typer.Option("--repair", help="Build an index that is wrong again, and remove leftovers.")
    ] = False
    json: Annotated[bool, typer.Option("--json", help="One JSON object; errors are objects too.")] = False
