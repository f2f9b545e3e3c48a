"""Mapping and settings of the indexes in the cluster: which fields a document has, and how they are indexed.

    n                   number of the article, unique in its generation
    id, title_key       the id and the folded title, for sorting; `id` also for finding
    body_words, _stems  the words and stems of the body; `head_` those of all other running text
    text_words, _stems  those of both, with frequencies and without positions: what ranks reads one list a word
    title_words, ...    the same for each field of text that can be searched by itself
    author, place ...   fields of names: words; those of `AUTHORED_FIELDS` without derived names
    code_page, ...      one whole folded value each
    quantities          intervals of numbers by unit: see `terms`
    sentences           the sentences that have quantities, as documents of their own: intervals, and the stems beside
    first, last         the days of the date
    length, title_length    number of words of all running text, and of the title, for ranking
    values_place, ...   whole values of a field as printed, for facets; none is a value for nothing
    likeness            the MinHash signature, for near-duplicates
    bands               its bands as terms, to find those that may be
    digest              checksum of all of the document, for `doctor`
    article, figures, quotes    the article itself, its quantities and its attributed speech: stored, not indexed

Terms come from our own analysis: a text arrives as finished terms with spaces between them. Values of a field are
`POSITION_GAP` apart, and a paragraph ends with a position of its own, as in every engine.

The frequency of a term is its whole score, so that the score of a query named in a search tells how often it occurs.

A second index has the vocabulary: a document for each word of each field, with its articles and occurrences.
"""

from typing import Any

from shanxi_cli.analysis.document_fields import POSITION_GAP, VALUE_FIELDS
from shanxi_cli.engines.field_names import CODE_FIELDS, NAME_FIELDS
from shanxi_cli.engines.opensearch.terms import ACRONYM_MARK, FILLER, MAX_TERM_CHARACTERS

MAPPING_VERSION = 1
"""To be raised whenever a document would be indexed in another way: part of the identity of an index."""

TEXT_ZONES = ("title", "deck", "caption", "keyword")
"""Fields of running text that have terms of their own, besides the body."""
STORED_FIELDS = ("article", "figures", "quotes")
"""What is kept as it is; the rest of a document is indexed only."""

_MAX_TOKEN = 4 * MAX_TERM_CHARACTERS
_MANY = 1_000_000
"""Limit of what one article or query may have, in place of lower defaults."""

_ANALYSIS: dict[str, Any] = {
    "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": _MAX_TOKEN}},
    "filter": {
        "fillers": {"type": "stop", "stopwords": [FILLER]},
        "acronyms": {
            "type": "pattern_capture",
            "preserve_original": False,
            "patterns": [f"^([^{ACRONYM_MARK}]+){ACRONYM_MARK}(.+)$"],
        },
    },
    "analyzer": {
        "stems": {"type": "custom", "tokenizer": "spaces", "filter": ["fillers"]},
        "words": {"type": "custom", "tokenizer": "spaces", "filter": ["fillers", "acronyms"]},
        "terms": {"type": "custom", "tokenizer": "spaces"},
    },
}
QUERY_ANALYZER = "terms"
_FREQUENCY = {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}


def article_settings(shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings of an index of articles."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_terms_count": _MANY,
        "mapping.nested_objects.limit": _MANY,
        "analysis": _ANALYSIS,
        "similarity": {"frequency": _FREQUENCY},
    }


def article_mapping() -> dict[str, Any]:
    """Return the mapping of an index of articles, without `_meta`."""
    fields: dict[str, Any] = {}
    for layer in ("words", "stems"):
        for zone in ("body", "head"):
            fields[f"{zone}_{layer}"] = {**_text(layer), "copy_to": f"text_{layer}"}
        fields[f"text_{layer}"] = {**_terms(layer), "index_options": "freqs"}
        fields |= {f"{zone}_{layer}": _text(layer) for zone in TEXT_ZONES}
    fields |= {name: _text("stems") for name in NAME_FIELDS}
    fields |= {f"code_{name}": {"type": "keyword"} for name in CODE_FIELDS}
    fields |= {f"values_{name}": {"type": "keyword"} for name in VALUE_FIELDS}
    fields |= {name: {"type": "integer"} for name in ("first", "last", "length", "title_length")}
    interval = {"type": "ip_range"}
    stems = {"type": "keyword", "doc_values": False}
    fields |= {
        "n": {"type": "long"},
        "id": {"type": "keyword"},
        "title_key": {"type": "keyword", "index": False},
        "quantities": interval,
        "sentences": {"type": "nested", "properties": {"quantities": interval, "stems": stems}},
        "likeness": {"type": "binary", "doc_values": True},
        "bands": {"type": "keyword", "doc_values": False},
        "digest": {"type": "keyword", "index": False},
        **{name: {"type": "text", "index": False} for name in STORED_FIELDS},
    }
    return {"dynamic": False, "_source": {"includes": list(STORED_FIELDS)}, "properties": fields}


def _terms(analyzer: str) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": analyzer,
        "search_analyzer": QUERY_ANALYZER,
        "similarity": "frequency",
        "norms": False,
    }


def _text(analyzer: str) -> dict[str, Any]:
    return {**_terms(analyzer), "position_increment_gap": POSITION_GAP - 1}


def vocabulary_settings(replicas: int) -> dict[str, Any]:
    """Return the settings of an index of words."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_terms_count": _MANY,
    }


def vocabulary_mapping() -> dict[str, Any]:
    """Return the mapping of an index of words; what is in none of the fields is kept, but not indexed."""
    fields: dict[str, Any] = {"field": {"type": "keyword"}, "word": {"type": "keyword"}}
    fields |= {"size": {"type": "integer"}, "articles": {"type": "integer"}, "occurrences": {"type": "long"}}
    fields |= {"code_articles": {"type": "integer"}, "code_occurrences": {"type": "long"}}
    return {"dynamic": False, "properties": fields}
