"""`import`: files become pages, pages articles, and these are filed into a folder of articles."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shanxi_cli.cli.messages import print_error, print_notice
from shanxi_cli.cli.options.import_ import ImportOptions
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import PageError, UsageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import TextBlock
from shanxi_cli.importers.writer import METADATA_OPTIONS, CorpusWriter, FilingOutcome, open_corpus_writer
from shanxi_cli.model.article import Article
from shanxi_cli.output import ImportedPage, ImportFormat, make_import_printer
from shanxi_cli.paths import user_folder
from shanxi_cli.places.gazetteer import article_place_mentions
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import replace_fields

STDIN_NAME = "stdin.txt"
"""The name under which a page from stdin is kept."""


def import_files(files: Sequence[str], choices: ImportOptions) -> int:
    """Imports each file and tells what became of it; a file that cannot be read is an error line, and the rest goes on.

    The status is 2 when anything was wrong, else 1 when no article was found at all, else 0.
    """
    form = _choose_report_format(choices)
    known = _option_metadata(choices)
    if choices.into == "":
        raise UsageError("--into is empty")
    folder = Path(os.path.abspath(os.path.expanduser(choices.into))) if choices.into else user_folder()
    printer = make_import_printer(form, sys.stdout)
    errors = ["--json"] if form is ImportFormat.JSONL else []
    wrong, outcomes = False, list[FilingOutcome]()
    with open_corpus_writer(folder, dry=choices.dry_run) as shelf:
        for file in files:
            try:
                for imported in _import_file(file, shelf, known, choices):
                    printer.page(imported)
                    outcomes += (outcome for _, outcome in imported.filed)
                    if imported.problem:
                        print_error(PageError(imported.name, imported.problem), errors)
                        wrong = True
            except PageError as error:
                print_error(error, errors)
                wrong = True
    sys.stdout.flush()
    if form is ImportFormat.TERMINAL and (outcomes or not wrong):
        _print_import_summary(outcomes, folder, choices.dry_run)
    return 2 if wrong else 0 if outcomes else 1


def extract_articles(file: str) -> list[Article]:
    """The articles of a file, without ids, as `import` makes them; nothing is written. For measurements."""
    return [article for part in read_parts(file) for article in part.page.articles]


def _choose_report_format(choices: ImportOptions) -> ImportFormat:
    if choices.json and choices.form:
        raise UsageError("--format and --json do not go together")
    return ImportFormat.JSONL if choices.json else choices.form or ImportFormat.TERMINAL


def _option_metadata(choices: ImportOptions) -> dict[str, str]:
    """What the options tell of every article."""
    told = {name: getattr(choices, name) for name in METADATA_OPTIONS}
    known = {name: " ".join(value.split()) for name, value in told.items() if value is not None}
    for name, value in known.items():
        if not value:
            raise UsageError(f"--{name} is empty")
    if "date" in known:
        try:
            edtf.parse_edtf(known["date"])
        except ValueError as error:
            raise UsageError(f"--date: {error}") from error
    return known


def _import_file(
    file: str, shelf: CorpusWriter, known: dict[str, str], choices: ImportOptions
) -> Iterator[ImportedPage]:
    """What became of the pages of a file. It is read whole before anything of it is written."""
    data = _read_bytes(file)
    parts = list(read_parts(STDIN_NAME if file == "-" else file, data if file == "-" else None, choices.text_field))
    articles = [_add_metadata(article, part, known) for part in parts for article in part.page.articles]
    left = [text for part in parts for text in _list_unused_text(part.page)]
    name = STDIN_NAME if file == "-" else os.path.basename(file)
    filed = shelf.file(name, data, articles, left, overwrite=choices.replace, given=known)
    at = 0
    for part in parts:
        own = filed[at : at + len(part.page.articles)]
        at += len(own)
        yield ImportedPage(part.name, tuple((each.article, each.outcome) for each in own), part.page, part.problem)


def _list_unused_text(page: Page) -> list[str]:
    """What of a page went into no article: its own captions, and what was left out."""
    captions = [f"caption: {caption.text} {caption.credit}".strip() for caption in page.captions]
    return [*captions, *page.dropped]


def _read_bytes(file: str) -> bytes:
    if file == "-":
        return bytes((getattr(sys.stdin, "buffer", None) or io.BytesIO()).read())
    try:
        with open(file, "rb") as handle:
            return handle.read()
    except OSError:
        return b""  # the door to the inputs tells what is wrong with it


def _add_metadata(article: Article, part: TextBlock, known: dict[str, str]) -> Article:
    """An article with what options and page tell beside its own words, the options first, and the places it names."""
    page = {"date": part.page.date, "page": part.page.page or part.number}
    found: dict[str, Any] = {name: value for name, value in page.items() if value and not getattr(article, name)}
    if not article.places:
        found["places"] = tuple(mention.name for mention in article_place_mentions(article))
    return replace_fields(article, **{**found, **known})


def _print_import_summary(outcomes: Sequence[FilingOutcome], folder: Path, dry: bool) -> None:
    if not outcomes:
        print_notice("no article was found")
        return
    counts = [(outcome, outcomes.count(outcome)) for outcome in FilingOutcome if outcome in outcomes]
    told = ", ".join(f"{number:,} {outcome.value}" for outcome, number in counts)
    kept = FilingOutcome.KEPT in outcomes
    place = display_path(str(folder))
    print_notice(f"{told} would go into {place}; nothing was written" if dry else f"{told} in {place}")
    if kept:
        print_notice("kept: a person has edited them; --replace writes over them")
