"""Packing of an article as an index stores it: tuples and text, which refer to no class of this package."""

from typing import Any

from shanxi_cli.model.article import Article, Caption, DerivedNames, Person
from shanxi_cli.util.frozen_record import field_names

_ARTICLE_FIELDS = field_names(Article)


def pack_article(article: Article) -> tuple[object, ...]:
    """Return the article as tuples and text, in the order of its fields."""
    values = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
    values["people"] = tuple(map(tuple, article.people))
    values["captions"] = tuple(map(tuple, article.captions))
    values["derived"] = tuple(article.derived)
    return tuple(values[name] for name in _ARTICLE_FIELDS)


def unpack_article(stored: tuple[Any, ...]) -> Article:
    """Return the article that `pack_article` has packed."""
    values = dict(zip(_ARTICLE_FIELDS, stored, strict=True))
    values["people"] = tuple(Person(*person) for person in values["people"])
    values["captions"] = tuple(Caption(*caption) for caption in values["captions"])
    values["derived"] = DerivedNames(*values["derived"])
    return Article(**values)
