"""`import`: read files, split them into pages and articles, and write these into a corpus."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shanxi_cli.cli.messages import print_error, print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.import_ import ImportOptions
from shanxi_cli.cli.output_format import choose_format
from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import LocationError, PageError, QueryTimeout, ShanxiError, UsageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.folders import describe_passed_over, list_folder_files
from shanxi_cli.importers.input_files import read_input_file, read_limited
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.writer import METADATA_OPTIONS, CorpusWriter, FiledArticle, FilingOutcome, open_corpus_writer
from shanxi_cli.model.article import Article
from shanxi_cli.output import ImportedArticle, ImportedPage, ImportFormat, make_import_printer
from shanxi_cli.output.protocols import ImportPrinter
from shanxi_cli.paths import user_folder
from shanxi_cli.places.gazetteer import PlaceMention, article_place_mentions
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, replace_fields

STDIN_NAME = "stdin.txt"
"""Name of the file in which a page from stdin is kept."""
MAX_PAGE_SECONDS = 60
"""Time limit of one page, article or row of a file."""


class ImportRequest(Record):
    """One command line of `import`: files, directory to write to, metadata of every article, and the options."""

    files: Sequence[str]
    folder: Path
    metadata: dict[str, str]
    form: ImportFormat
    options: ImportOptions


class ImportAnswer(Record):
    """Outcome of each imported article, whether a file or page could not be read, and the articles with doubts."""

    outcomes: Sequence[FilingOutcome]
    failed: bool
    unsure: int


def run_import(options: ImportOptions, settings: GlobalOptions) -> int:
    """Import files and print a report; a file that cannot be read is an error line, and the rest is imported.

    The exit status is 2 for any error, and with `--strict` for any doubt; else 1 when no article was found, else 0.
    """
    request = _make_import_request(options)
    printer = make_import_printer(request.form, sys.stdout, explain=options.explain)
    answer = _import_files(request, printer)
    sys.stdout.flush()
    if request.form is ImportFormat.TERMINAL and not options.explain and (answer.outcomes or not answer.failed):
        _print_summary(answer, request)
    failed = answer.failed or (request.options.strict and answer.unsure)
    return 2 if failed else 0 if answer.outcomes else 1


def extract_articles(file: str) -> list[Article]:
    """Return the articles of a file as `import` makes them, without ids; nothing is written. Used by the benchmarks."""
    return [article for part in read_parts(file) for article in part.page.articles]


def _make_import_request(options: ImportOptions) -> ImportRequest:
    form = choose_format(options.form, ImportFormat.TERMINAL, json=options.json)
    metadata = _parse_metadata(options)
    if options.into == "":
        raise UsageError("--into is empty")
    folder = Path(os.path.abspath(os.path.expanduser(options.into))) if options.into else user_folder()
    return ImportRequest(options.files, folder, metadata, form, options)


def _parse_metadata(options: ImportOptions) -> dict[str, str]:
    """Return the metadata that options give every article. `UsageError` for an empty value and for a bad date."""
    given = {name: getattr(options, name) for name in METADATA_OPTIONS}
    metadata = {name: " ".join(value.split()) for name, value in given.items() if value is not None}
    for name, value in metadata.items():
        if not value:
            raise UsageError(f"--{name} is empty")
    if "date" in metadata:
        try:
            edtf.parse_edtf(metadata["date"])
        except ValueError as error:
            raise UsageError(f"--date: {error}") from error
    return metadata


def _refuse_url(file: str) -> None:
    """Raise `PageError` for the address of a page: nothing is fetched."""
    if file.lower().startswith(("http://", "https://", "ftp://")):
        raise PageError(file, "shanxi does not fetch pages; save it in the browser and import the file")


def _expand_folder(name: str) -> Sequence[str]:
    """Return the files of a folder, with a notice of what was passed over; the name itself for anything else."""
    if name == "-" or not os.path.isdir(name):
        return (name,)
    try:
        found = list_folder_files(name)
    except OSError:
        return (name,)  # reading it says why
    if what := describe_passed_over(found.passed_over):
        print_notice(f"{display_path(name)}: passed over {what}")
    return found.files or (name,)


def _import_files(request: ImportRequest, printer: ImportPrinter) -> ImportAnswer:
    """Import each file and print its pages as they are done, for a file may take minutes."""
    as_json = ["--json"] if request.form is ImportFormat.JSONL else []
    outcomes: list[FilingOutcome] = []
    failed, unsure = False, 0
    with open_corpus_writer(request.folder, dry=request.options.dry_run or request.options.explain) as writer:
        for file in (one for name in request.files for one in _expand_folder(name)):
            pages, errors = _try_import_file(file, writer, request)
            for page in pages:
                printer.page(page)
                outcomes += (filed.outcome for filed in page.filed)
                unsure += sum(bool(filed.article.unsure) for filed in page.filed)
            for error in errors:
                print_error(error, as_json)
                failed = True
    return ImportAnswer(outcomes, failed, unsure)


def _try_import_file(
    file: str, writer: CorpusWriter, request: ImportRequest
) -> tuple[list[ImportedPage], list[PageError]]:
    """Return the pages of a file and its errors, whatever happens; only a folder that cannot be written ends an import.

    With SHANXI_DEBUG=1 the traceback of an unforeseen error is printed.
    """
    try:
        _refuse_url(file)
        return _import_file(file, writer, request)
    except PageError as error:
        return [], [error]
    except LocationError:
        raise
    except Exception as error:  # the one boundary: a file must not end the import of the others
        if os.environ.get("SHANXI_DEBUG") and not isinstance(error, ShanxiError):
            traceback.print_exc()
        return [], [PageError(_display_name(file), _describe_error(error))]


def _describe_error(error: Exception) -> str:
    if isinstance(error, ShanxiError):
        return str(error)
    if isinstance(error, MemoryError):
        return "not enough memory; split it"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    detail = " ".join(str(error).split())[:200]
    return f"cannot be imported ({type(error).__name__}: {detail}); please report this, if you can with the file"


def _import_file(file: str, writer: CorpusWriter, request: ImportRequest) -> tuple[list[ImportedPage], list[PageError]]:
    """Return the pages of a file with their articles, and the errors of pages and of articles that were refused.

    The file is read whole before any of it is written.
    """
    options, data = request.options, _read_bytes(file)
    name = STDIN_NAME if file == "-" else file
    parts, mentions = _read_parts_in_time(name, data, options.text_field)
    read = [(article, part) for part in parts for article in part.page.articles]
    articles = [
        _add_metadata(article, part, places, request.metadata)
        for (article, part), places in zip(read, mentions, strict=True)
    ]
    unused = [text for part in parts for text in _list_unused_text(part.page)]
    filed = writer.file(
        os.path.basename(name), data, articles, unused, overwrite=options.replace, given=request.metadata
    )
    pages: list[ImportedPage] = []
    errors: list[PageError] = []
    start = 0
    for part in parts:
        own = slice(start, start + len(part.page.articles))
        start = own.stop
        written = [pair for pair in zip(filed[own], mentions[own], strict=True) if not pair[0].problem]
        pages.append(ImportedPage(part.name, tuple(_count_places(*pair) for pair in written), part.page, part.problem))
        errors += [PageError(part.name, part.problem)] if part.problem else []
        errors += [_make_refusal(part.name, one) for one in filed[own] if one.problem]
    return pages, errors


def _make_refusal(name: str, refused: FiledArticle) -> PageError:
    title = refused.article.title
    title = title if len(title) <= 40 else f"{title[:40].rstrip()}…"
    return PageError(name, f'the article "{title}" was not written: {refused.problem}')


def _read_parts_in_time(
    name: str, data: bytes, text_field: str | None
) -> tuple[list[ImportedPart], list[list[PlaceMention]]]:
    """Return the parts of a file, and the places that each article names; `PageError` if a part takes too long."""
    parts: list[ImportedPart] = []
    mentions: list[list[PlaceMention]] = []
    try:
        with time_limit(MAX_PAGE_SECONDS, "slow"):
            iterator = iter(read_parts(name, data, text_field))
        while True:
            with time_limit(MAX_PAGE_SECONDS, "slow"):
                part = next(iterator, None)
                if part is None:
                    return parts, mentions
                parts.append(part)
                mentions += (list(article_place_mentions(article)) for article in part.page.articles)
    except QueryTimeout as error:
        where = f"page {len(parts) + 1} takes" if parts else "it takes"
        reason = f"{where} longer than {MAX_PAGE_SECONDS} seconds, the limit of one page; split the file there"
        raise PageError(_display_name(name), reason) from error


def _count_places(filed: FiledArticle, mentions: Sequence[PlaceMention]) -> ImportedArticle:
    places = tuple((mention.name, mention.times) for mention in mentions if mention.name in filed.article.places)
    return ImportedArticle(filed.article, filed.outcome, places)


def _list_unused_text(page: Page) -> list[str]:
    """Return the text of a page that is in no article: its own captions, and what was left out."""
    captions = [f"caption: {caption.text} {caption.credit}".strip() for caption in page.captions]
    return [*captions, *page.dropped]


def _read_bytes(file: str) -> bytes:
    if file != "-":
        return read_input_file(file, display_path(file))
    stream = getattr(sys.stdin, "buffer", None)
    return read_limited(stream, STDIN_NAME) if stream else b""


def _display_name(file: str) -> str:
    return STDIN_NAME if file == "-" else display_path(file)


def _add_metadata(
    article: Article, part: ImportedPart, mentions: Sequence[PlaceMention], metadata: dict[str, str]
) -> Article:
    """Return an article with metadata of the options, else of its page, and with the places that it names.

    A page that prints no number has its position in the file, by three digits as archives number pages: it is no page
    of the newspaper, and is not cited as one.
    """
    page = {
        "date": part.page.date,
        "page": part.page.page or (part.number and part.number.zfill(3)),
        "publication": part.page.publication,
    }
    missing: dict[str, Any] = {name: value for name, value in page.items() if value and not getattr(article, name)}
    if not article.places:
        missing["places"] = tuple(mention.name for mention in mentions)
    return replace_fields(article, **{**missing, **metadata})


def _print_summary(answer: ImportAnswer, request: ImportRequest) -> None:
    outcomes = answer.outcomes
    if not outcomes:
        print_notice("no articles found")
        return
    counts = [(outcome, outcomes.count(outcome)) for outcome in FilingOutcome if outcome in outcomes]
    summary = ", ".join(f"{count:,} {outcome.value}" for outcome, count in counts)
    summary += f" ({answer.unsure:,} unsure)" if answer.unsure else ""
    folder = display_path(str(request.folder))
    dry = request.options.dry_run
    print_notice(f"{summary} would go into {folder}; nothing was written" if dry else f"{summary} in {folder}")
    if FilingOutcome.KEPT in outcomes:
        print_notice("kept: edited by hand; --replace overwrites them")
