"""The tool `show`: whole articles, by lines, as many as an answer holds."""

from collections.abc import Iterator
from typing import Any

from shanxi_cli.api.archive import Archive
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle, UsageError
from shanxi_cli.mcp_server.answers import (
    MAX_ANSWER,
    MAX_TEXT,
    UNTRUSTED,
    Json,
    drop_empty,
    list_sources,
    shorten_text,
    shorten_texts,
)
from shanxi_cli.model.article import Article
from shanxi_cli.output.jsonl import to_json
from shanxi_cli.search.searcher import IDS_HINT

_HEAD_FIELDS = (
    *("id", "title", "title_note", "deck", "author", "contributors", "date", "date_note", "publication", "section"),
    *("page", "language", "type", "edition", "url", "places", "organisations", "keywords", "author_note"),
)


def show_articles(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return articles by id, the lines from `from` on; an id that no article has is an error beside the others."""
    first, most = arguments["from"], arguments["lines"]
    shown: list[Json] = []
    problems: list[Json] = []
    left = MAX_ANSWER
    for name in dict.fromkeys(arguments["ids"]):
        try:
            article = archive.article(name)
        except (NoSuchArticle, AmbiguousArticle) as error:
            problems.append(describe_problem(name, error))
            continue
        entry = _show_lines(article, first, most, left)
        left = max(0, left - len(to_json(entry)))
        shown.append(entry)
    if not shown:
        raise UsageError("; ".join(problem["error"] for problem in problems))
    answer: Json = {"untrusted_content": UNTRUSTED, "articles": shown}
    if problems:
        answer["not_found"] = problems
    return {**answer, "sources": list_sources(archive, (entry["id"] for entry in shown))}


def describe_problem(name: str, error: NoSuchArticle | AmbiguousArticle) -> Json:
    """Return why an id names no article."""
    return {"id": shorten_text(name), "error": str(error).replace(IDS_HINT, "the tool search gives ids")}


def _show_lines(article: Article, first: int, most: int, room: int) -> Json:
    """Return an article with at most `most` lines, and not more characters than `room`; one line at least."""
    head: Json = shorten_texts(drop_empty({name: getattr(article, name) for name in _HEAD_FIELDS}))
    head["people"] = shorten_texts([drop_empty(person._asdict()) for person in article.people])
    head["captions"] = shorten_texts([drop_empty(caption._asdict()) for caption in article.captions])
    lines = list(split_lines(article.paragraphs))
    kept: list[str] = []
    room -= len(to_json(head))
    for line in lines[first - 1 : first - 1 + most]:
        room -= len(to_json(line))
        if kept and room < 0:
            break
        kept.append(line)
    after = first + len(kept)
    return {
        **{name: value for name, value in head.items() if value},
        "from": first,
        "lines": kept,
        "total_lines": len(lines),
        "next_from": after if after <= len(lines) and kept else None,
    }


def split_lines(paragraphs: list[str]) -> Iterator[str]:
    """Yield paragraphs as lines of at most `MAX_TEXT` characters, broken at a space where there is one."""
    for paragraph in paragraphs:
        rest = paragraph
        while len(rest) > MAX_TEXT:
            at = rest.rfind(" ", MAX_TEXT // 2, MAX_TEXT)
            end = at + 1 if at > 0 else MAX_TEXT
            yield rest[:end].rstrip()
            rest = rest[end:]
        yield rest
