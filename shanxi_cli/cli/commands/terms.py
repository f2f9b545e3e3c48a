"""`terms`: the vocabulary, with articles, occurrences and these in a million."""

from shanxi_cli.cli.commands._explore import Asked, Found, shown_of
from shanxi_cli.cli.options.explore import Question, Words
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.terms import vocabulary, worded


def print_words(words: Words, question: Question) -> int:
    """Prints words; the status is 0 when there is one, else 1."""
    field = worded(words.field) if words.field else ""
    asked = Asked(question)
    return asked.answer(lambda engine: _found(engine, asked, words, field))


def _found(engine: Engine, asked: Asked, words: Words, field: str) -> Found:
    found = vocabulary(engine, field, words.prefix, words.sort, words.least, asked.limit)
    begin = f" that begins with {words.prefix}" if words.prefix else ""
    often = f" {words.least:,} times" if words.least > 1 else ""
    footer = [shown_of(len(found.rows), found.words, "word")]
    return Found(found, found.words, footer, f"no word{begin} stands{often} in {field or 'the text'}")
