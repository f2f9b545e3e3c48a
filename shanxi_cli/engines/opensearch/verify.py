"""Verification: compare what the cluster holds of an article with a fresh analysis of it.

A document has a digest of all that was indexed. An article whose document would be another one by now, or whose stored
text was changed, has another digest. Of single articles the terms are looked up too: the cluster is asked whether each
of them is found, as often as it should be. An article of which the index has more terms has other lengths.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from shanxi_cli.engines.field_names import CODE_FIELDS, NAME_FIELDS
from shanxi_cli.engines.opensearch.article_store import BATCH, load_article
from shanxi_cli.engines.opensearch.document import make_document
from shanxi_cli.engines.opensearch.dsl import EVERYTHING, Dsl, batched, filter_all, has_any_term
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.mapping import STORED_FIELDS, TEXT_ZONES
from shanxi_cli.engines.opensearch.terms import ACRONYM_MARK, FILLER

_COLUMNS = ("first", "last", "length", "title_length", "id", "title_key", "digest")
_TEXT_FIELDS = (*(f"{zone}_{layer}" for zone in ("body", "head", *TEXT_ZONES) for layer in ("words", "stems")),)
_TERMS_AT_ONCE = 500


def find_outdated_documents(index: GenerationIndex, numbers: Iterable[int] | None) -> Iterator[int]:
    """Yield those of `numbers` whose indexed data differs from a fresh analysis; with None of all, by their digests."""
    if numbers is None:
        yield from _find_outdated(index, {"query": EVERYTHING})
        return
    for batch in batched(numbers, BATCH):
        outdated = set(_find_outdated(index, {"query": has_any_term("n", batch)}))
        for number in batch:
            if number in outdated or not _has_all_terms(index, number):
                yield number


def _find_outdated(index: GenerationIndex, search: Dsl) -> Iterator[int]:
    body = {**search, "sort": ["n"], "_source": list(STORED_FIELDS), "docvalue_fields": ["n", *_COLUMNS]}
    for hits in index.walk(body, page=BATCH):
        for hit in hits:
            if not _agrees(hit):
                yield hit["sort"][0]


def _agrees(hit: Any) -> bool:
    """Return True if the columns, the digest and the stored texts of a hit are those of a fresh document."""
    try:
        fresh = make_document(load_article(hit["_source"]["article"]), 0)
    except (TypeError, ValueError, KeyError):
        return False
    fields, source = hit["fields"], hit.get("_source", {})
    columns = all(fields.get(name, [None])[0] == fresh.get(name) for name in _COLUMNS)
    return columns and all(source.get(name, "") == fresh.get(name, "") for name in STORED_FIELDS)


def _has_all_terms(index: GenerationIndex, number: int) -> bool:
    """Return True if the cluster finds each term of an article where it should, as often as it should."""
    [hit] = index.hits({"query": has_any_term("n", [number]), "size": 1, "_source": ["article"]})
    expected = _expected_terms(make_document(load_article(hit["_source"]["article"]), number))
    for batch in batched(sorted(expected.items()), _TERMS_AT_ONCE):
        named = [
            {"term": {field: {"value": term, "_name": str(place)}}} for place, ((field, term), _) in enumerate(batch)
        ]
        beside = {"bool": {"must": [EVERYTHING], "should": named}}
        [found] = index.hits({"query": filter_all([has_any_term("n", [number]), beside]), "size": 1, "_source": False})
        names = found.get("matched_queries") or {}
        for place, ((field, _), often) in enumerate(batch):
            score = names.get(str(place), 0)
            if (score <= 0) if field.startswith("code_") else round(score) != often:
                return False
    return True


def _expected_terms(document: Dsl) -> Counter[tuple[str, str]]:
    """Return the terms of a document by field, with the number of times that each occurs."""
    terms: Counter[tuple[str, str]] = Counter()
    for field in (*_TEXT_FIELDS, *NAME_FIELDS):
        zone, _, layer = field.partition("_")
        indexed = (field, f"text_{layer}") if zone in ("body", "head") else (field,)
        for text in document.get(field, ()):
            for word in text.split(" ") if text else ():
                parts = word.split(ACRONYM_MARK) if ACRONYM_MARK in word and word != FILLER else [word]
                terms.update((name, part) for part in parts if part != FILLER for name in indexed)
    terms.update((f"code_{name}", document[f"code_{name}"]) for name in CODE_FIELDS if f"code_{name}" in document)
    return terms
