"""Options of `import`."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import JsonOption
from shanxi_cli.output import ImportFormat


class ImportOptions(OptionGroup):
    """Import newspaper pages as articles.

    Reads whole pages as converters leave them, reports its repairs and flags anything uncertain.

    Examples:
        shanxi import page-*.txt --publication 'China Daily' --date 2022-06
        shanxi import issue.pdf --dry-run
        shanxi import Nexis.DOCX factiva.html ~/clippings
        shanxi import clippings.csv --text-field body --into ~/archive
        pdftotext page.pdf - | shanxi import -
        shanxi import page.txt --explain
    """

    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files in any form that is read, zip files, or folders; - for stdin."),
    ]
    into: Annotated[
        Optional[str],
        typer.Option("--into", metavar="FOLDER", help="Directory of articles to write to (default: your own)."),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the report, but write nothing.")] = False
    form: Annotated[
        Optional[ImportFormat], typer.Option("-f", "--format", help="Format of the report (default: terminal).")
    ] = None
    json: JsonOption = False
    date: Annotated[
        Optional[str],
        typer.Option("--date", metavar="EDTF", help="Date of the articles (default: the date on the page)."),
    ] = None
    publication: Annotated[
        Optional[str], typer.Option("--publication", metavar="NAME", help="Newspaper of the articles.")
    ] = None
    section: Annotated[
        Optional[str], typer.Option("--section", metavar="NAME", help="Section (default: the section on the page).")
    ] = None
    page: Annotated[
        Optional[str], typer.Option("--page", metavar="P", help="Page number (default: the number on the page).")
    ] = None
    text_field: Annotated[
        Optional[str], typer.Option("--text-field", metavar="NAME", help="Column of a table that holds the text.")
    ] = None
    replace: Annotated[bool, typer.Option("--replace", help="Also overwrite articles that were edited by hand.")] = (
        False
    )
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 2 if anything imported is listed as unsure.")
    ] = False
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what each block was taken for, and why; write nothing.")
    ] = False
