"""The options that several commands share, each declared once."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.model import Order
from shanxi_cli.printers import ArticleFormat, Format


class Color(Enum):
    """When the terminal form is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Words = Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for; see docs/query.md.")]
MaybeWords = Annotated[
    Optional[list[str]], typer.Argument(metavar="[QUERY...]", help="What to look for; nothing: every article.")
]
Limit = Annotated[
    Optional[int],
    typer.Option(
        "-n", "--limit", min=0, metavar="N", help="At most N articles; 0 for all. [10 on a terminal, else all]"
    ),
]
Offset = Annotated[int, typer.Option("--offset", min=0, metavar="N", help="Leave out the first N.")]
Sort = Annotated[Optional[Order], typer.Option("--sort", help="The order of the articles.")]
AnyAll = Annotated[Optional[bool], typer.Option("--any/--all", help="Plain words: any of them may match, or all must.")]
ResultsFormat = Annotated[
    Optional[Format], typer.Option("-f", "--format", help="The form of the answer. [terminal, or lines in a pipe]")
]
WholeFormat = Annotated[
    Optional[ArticleFormat],
    typer.Option("-f", "--format", help="The form of an article. [terminal, or text in a pipe]"),
]
Json = Annotated[bool, typer.Option("--json", help="The same as --format jsonl; errors are objects too.")]
Ids = Annotated[bool, typer.Option("-l", "--ids", help="Only the ids, one a line.")]
Count = Annotated[bool, typer.Option("-c", "--count", help="Only how many articles match.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; the exit status tells.")]
When = Annotated[Optional[Color], typer.Option("--color", help="Colour and bold in the terminal form.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Never start a pager.")]
Corpus = Annotated[
    Optional[list[str]],
    typer.Option(
        "--corpus",
        metavar="FOLDER",
        help="A folder of articles; repeatable. [SHANXI_CORPUS, or your own and the shipped ones]",
    ),
]
Index = Annotated[
    Optional[str],
    typer.Option("--index", metavar="FOLDER", help="Where the index is kept. [SHANXI_INDEX, or a default]"),
]
