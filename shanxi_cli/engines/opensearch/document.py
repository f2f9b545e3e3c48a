"""Document of an article: what the cluster indexes of it, and what it adds to the vocabulary."""

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shanxi_cli.analysis.acronyms import is_acronym, plain_word
from shanxi_cli.analysis.document_fields import code_values, facet_values, name_values, running_texts
from shanxi_cli.analysis.tokenizer import PARAGRAPH_END, fold_text, number_forms, word_forms
from shanxi_cli.engines.field_names import UNDATED_DAYS
from shanxi_cli.engines.opensearch.mapping import TEXT_ZONES
from shanxi_cli.engines.opensearch.terms import ACRONYM_MARK, FILLER, encode_term, is_cut, join_terms, number_range
from shanxi_cli.engines.packed_article import pack_article
from shanxi_cli.engines.speech_rows import dump_speech
from shanxi_cli.engines.stored_quantities import dump_quantities
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.query.plan.range import locate_quantities, numeric_bounds
from shanxi_cli.util import edtf

_MAX_ID_BYTES = 512
"""The longest `_id` that a cluster takes."""


class WordCounts(NamedTuple):
    """Counts of a word of a field: its articles and occurrences.

    `code_articles` have it in code and nowhere else in the field; `code_occurrences` are those in code.
    """

    articles: int
    occurrences: int
    code_articles: int
    code_occurrences: int


def document_id(article_id: str) -> str:
    """Return the `_id` of the document of an article: its id, or a digest of one that is too long for a cluster."""
    encoded = article_id.encode("utf-8", "surrogatepass")
    return article_id if len(encoded) <= _MAX_ID_BYTES else "sha256:" + hashlib.sha256(encoded).hexdigest()


def make_document(article: Article, number: int) -> dict[str, Any]:
    """Return the document of an article; `number` is its number in the generation."""
    from shanxi_cli.analysis.minhash import minhash_signature, signature_bands  # only for writing

    signature = minhash_signature(article.body)
    days = edtf.parse_edtf(article.date) if article.date else UNDATED_DAYS
    document: dict[str, Any] = {
        **_texts(article),
        **{name: [join_terms(_name_words(value)) for value in values] for name, values in name_values(article)},
        **{f"code_{name}": encode_term(normalize_code(name, value)) for name, value in code_values(article)},
        **{f"values_{name}": _lines(values) for name, values in facet_values(article)},
        **_quantities(article),
        "id": encode_term(article.id),
        "title_key": encode_term(fold_text(article.title)),
        "first": days.first,
        "last": days.last,
        "length": sum(len(word_forms(part)) for _, text in running_texts(article) for part in _paragraphs(text)),
        "title_length": len(word_forms(article.title)),
        "likeness": base64.b64encode(signature).decode("ascii"),
        "bands": signature_bands(signature),
        "article": json.dumps(pack_article(article), ensure_ascii=False, separators=(",", ":")),
        "figures": dump_quantities(article).decode(),
        "quotes": dump_speech(article).decode(),
    }
    document = {name: value for name, value in document.items() if value not in ("", [])}
    return {"n": number, "digest": _digest(document), **document}


def _digest(document: dict[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def _paragraphs(text: str) -> list[str]:
    return text.split(PARAGRAPH_END)


def _texts(article: Article) -> dict[str, list[str]]:
    """Return the fields of running text: a value a text, of finished terms at their positions."""
    fields: dict[str, list[str]] = defaultdict(list)
    for zone, text in running_texts(article):
        words, stems = [], []
        for paragraph in _paragraphs(text):
            for word, stem in word_forms(paragraph):
                words.append(f"{word}{ACRONYM_MARK}{plain_word(word)}" if is_acronym(word) else encode_term(word))
                stems.append(encode_term(stem))
            words.append(FILLER)
            stems.append(FILLER)
        own = [zone] if zone == "body" else ["head", zone] if zone in TEXT_ZONES else ["head"]
        for name in own:
            fields[f"{name}_words"].append(" ".join(words[:-1]))
            fields[f"{name}_stems"].append(" ".join(stems[:-1]))
    return fields


def _name_words(value: str) -> Iterator[str]:
    return (plain_word(word) for word, _ in word_forms(value))


def _lines(values: Iterable[str]) -> list[str]:
    return [encode_term(line) for line in dict.fromkeys(line for value in values for line in value.split("\n"))]


def _quantities(article: Article) -> dict[str, list[Any]]:
    """Return the intervals of the quantities, by unit and for all units, and those of each sentence with its stems."""
    sentences: dict[tuple[int, int], list[dict[str, str]]] = {}
    for quantity, first, last in locate_quantities(article):
        dimension, bounds = quantity.dimension.value, numeric_bounds(quantity)
        intervals = sentences.setdefault((first, last), [])
        intervals += (number_range(dimension, unit, *bounds) for unit in dict.fromkeys((quantity.unit, "")))
    if not sentences:
        return {}
    forms = number_forms(article.body)
    parts = [
        {"quantities": intervals, "stems": sorted({encode_term(forms[n][1]) for n in range(*place) if n in forms})}
        for place, intervals in sentences.items()
    ]
    return {"quantities": [one for intervals in sentences.values() for one in intervals], "sentences": parts}


# Vocabulary


def vocabulary_id(field: str, word: str) -> str:
    """Return the `_id` of a word of a field in the vocabulary."""
    return document_id(f"{field} {word}")


def vocabulary_document(field: str, word: str, counts: WordCounts) -> dict[str, Any]:
    """Return the document of a word; `counts` are those of all articles."""
    term = encode_term(word)
    text = {"text": word} if is_cut(term) else {}
    return {"field": field, "word": term, "size": len(word), **text, **counts._asdict()}
