"""The options of `import`."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.output import ImportFormat

FilesArgument = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Pages of text, Markdown, PDF, HTML, ALTO, METS; tables; - (stdin)."),
]


class ImportOptions(OptionGroup):
    """Where imported articles go, and what is known of them beside their pages."""

    into: Annotated[
        Optional[str],
        typer.Option("--into", metavar="FOLDER", help="The folder of articles to write into. [your own]"),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; only tell.")] = False
    form: Annotated[
        Optional[ImportFormat], typer.Option("-f", "--format", help="The form of the report. [terminal]")
    ] = None
    json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl; errors are objects too.")] = False
    date: Annotated[
        Optional[str], typer.Option("--date", metavar="EDTF", help="The date of the articles. [as the page tells]")
    ] = None
    publication: Annotated[
        Optional[str], typer.Option("--publication", metavar="NAME", help="The newspaper of the articles.")
    ] = None
    section: Annotated[
        Optional[str], typer.Option("--section", metavar="NAME", help="The section. [as the page tells]")
    ] = None
    page: Annotated[Optional[str], typer.Option("--page", metavar="P", help="The page number. [as the page tells]")] = (
        None
    )
    text_field: Annotated[
        Optional[str], typer.Option("--text-field", metavar="NAME", help="The column of a table that has the text.")
    ] = None
    replace: Annotated[bool, typer.Option("--replace", help="Also write over articles that a person has edited.")] = (
        False
    )
