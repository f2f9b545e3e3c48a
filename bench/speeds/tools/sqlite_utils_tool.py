"""`sqlite-utils search`: a table of titles and texts with SQLite's full-text index."""

import json
import subprocess

from shanxi_cli.corpus.reader import load_article
from speeds.archives import Archive
from speeds.tools.installed import package, program

NAME = "sqlite-utils search"
MOST = 1_000_000


def version() -> str:
    """See `Tool.version`."""
    return package("sqlite-utils")


def prepare(archive: Archive, environment: dict[str, str]) -> None:
    """See `Tool.prepare`."""
    database = archive.place / "sqlite-utils.db"
    if database.exists():
        return
    partly = database.with_suffix(".new")
    partly.unlink(missing_ok=True)
    with subprocess.Popen(
        [_program(), "insert", str(partly), "articles", "-", "--nl"], env=environment, stdin=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        for source in archive.sources():
            article, _ = load_article(source)
            process.stdin.write(json.dumps({"id": article.id, "title": article.title, "body": article.body}) + "\n")
    fields = ["title", "body", "--fts5", "--tokenize", "porter"]
    subprocess.run([_program(), "enable-fts", str(partly), "articles", *fields], env=environment, check=True)
    partly.rename(database)


def command(archive: Archive) -> list[str]:
    """See `Tool.command`."""
    return [_program(), "search", str(archive.place / "sqlite-utils.db"), "articles", archive.words.rare, "-c", "id"]


def _program() -> str:
    return program("sqlite-utils") or "sqlite-utils"
