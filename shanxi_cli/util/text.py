"""English phrases that messages are made of."""


def pluralize(count: int, noun: str) -> str:
    """Return a count with its noun: `1 quote`, `2,000 quotes`, `3 boxes`."""
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun}" + ("es" if noun.endswith(("x", "s", "ch", "sh")) else "s")


def add_article(noun: str) -> str:
    """Return a noun behind its indefinite article.

    >>> add_article("sentence"), add_article("article")
    ('a sentence', 'an article')
    """
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
