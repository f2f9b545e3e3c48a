"""Articles as a folder of Markdown files, which `shanxi` reads back as the same articles."""

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from shanxi_cli.corpus.exclusions import IGNORE_FILE
from shanxi_cli.corpus.file_names import IGNORED_FOLDERS, make_article_id
from shanxi_cli.corpus.reader import check_article, format_article
from shanxi_cli.errors import ArticleError, LocationError
from shanxi_cli.exporters.collection import ExportCounts, ExportedArticle, ExportNote
from shanxi_cli.exporters.target import RECORD_NAME
from shanxi_cli.model.article import NO_DERIVED_NAMES, Article
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import replace_surrogates


def write_markdown_folder(folder: Path, articles: Iterable[ExportedArticle], note: ExportNote) -> ExportCounts:
    """Write the articles into an empty folder, each as a file named by its id, and a record of the export.

    Raise `LocationError` for an id that cannot be the name of a file.
    """
    names: list[str] = []
    altered: list[str] = []
    ignored: set[str] = set()
    for exported in articles:
        article = exported.article
        name = choose_file_name(article.id)
        data, is_same = _format_file(article, name)
        altered += [] if is_same else [article.id]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "xb") as file:
                file.write(data)
        except FileExistsError as error:
            raise LocationError(f"two articles would have the file name {name}, one of them {article.id}") from error
        names.append(name)
        ignored.update(set(PurePosixPath(name).parent.parts) & IGNORED_FOLDERS)
    if ignored:
        (folder / IGNORE_FILE).write_text("".join(f"!{each}/\n" for each in sorted(ignored)), encoding="utf-8")
        names.append(IGNORE_FILE)
    record = {"query": replace_surrogates(note.query), "day": note.day, "version": note.version, "files": names}
    (folder / RECORD_NAME).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return ExportCounts(len(names) - bool(ignored), altered=tuple(altered))


def _format_file(article: Article, name: str) -> tuple[bytes, bool]:
    """Return the content of the file of an article, and True if the article is read back from it as it is.

    A heading at the beginning of the text that repeats the title is not read as text. Where the title is that of the
    heading or of the file's name anyway, it is therefore not written.
    """
    expected = replace_fields(article, derived=NO_DERIVED_NAMES)
    data = format_article(article).encode("utf-8", "replace")
    try:
        if check_article(data, article.id, name) == expected:
            return data, True
        untitled = format_article(replace_fields(article, title="")).encode("utf-8", "replace")
        if check_article(untitled, article.id, name) == expected:
            return untitled, True
    except ArticleError as error:
        raise LocationError(f"the article {article.id} cannot be exported: {error.reason}") from error
    return data, False


def choose_file_name(article_id: str) -> str:
    """Return the path of the file of an article in an exported folder, with slashes: its id and the suffix of Markdown.

    Raise `LocationError` for an id whose file would lie elsewhere, be hidden, or be read under another id.
    """
    name = f"{article_id}.md"
    parts = article_id.split("/")
    unsafe = any(part in ("", "..") or part.startswith(".") or "\0" in part for part in parts)
    if unsafe or make_article_id("", name) != article_id:
        raise LocationError(f"the article {article_id[:100]} cannot be exported: its id is not the name of a file")
    return name
