"""The indexed document of an article: terms with positions, dates, lengths and rows, the same for every engine.

    stems, words    all running text, with the people of the article, as positions in `analysis.document_fields.ZONES`
    title           stems of the title, for its weight in ranking
    in_code         words of the paragraphs that are code, which `terms` leaves out
    author ...      fields of names: words with positions, values `POSITION_GAP` apart
    authored_place  those of the front matter alone, without names that are derived from the text
    code_page ...   one whole folded value each
    id              the id of the article, unique
    quantities      numeric spans by dimension and unit: see `quantity_spans`
    first, last     the days of its date; those of an undated article overlap with no interval
    length, title_length    number of words of all running text, and of the title, for ranking
    key, title_key  the id and the folded title, for sorting
    figures         its complete quantities: see `stored_quantities`
    quotes          its attributed speech: see `speech_rows`
    values_place .. its whole values of a field as printed, one per line, for facets
    likeness        its MinHash signature, for near-duplicates

An engine stores the article itself beside it (`packed_article`).
"""

from collections import Counter, defaultdict
from typing import Any

from shanxi_cli.analysis.acronyms import is_acronym, plain_word
from shanxi_cli.analysis.document_fields import POSITION_GAP, code_values, facet_values, name_values
from shanxi_cli.analysis.minhash import minhash_signature
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.field_names import UNDATED_DAYS
from shanxi_cli.engines.quantity_spans import quantity_postings
from shanxi_cli.engines.running_words import read_running_words
from shanxi_cli.engines.speech_rows import dump_speech
from shanxi_cli.engines.stored_quantities import dump_quantities
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.util import edtf


def build_document(article: Article) -> dict[str, Any]:
    """Return the document of an article: the fields above and their values."""
    stems, words, length = read_running_words(article)
    title = Counter(stem for _, stem in word_forms(article.title))
    days = edtf.parse_edtf(article.date) if article.date else UNDATED_DAYS
    return {
        "stems": stems,
        "words": words,
        "title": title,
        "in_code": _count_code_words(article),
        **{name: _name_positions(values) for name, values in name_values(article)},
        **{f"code_{name}": normalize_code(name, value) for name, value in code_values(article)},
        "id": article.id,
        "quantities": quantity_postings(article),
        "figures": dump_quantities(article),
        "quotes": dump_speech(article),
        "first": days.first,
        "last": days.last,
        "length": length,
        "title_length": title.total(),
        "key": article.id.encode(),
        "title_key": fold_text(article.title).encode(),
        **{f"values_{field}": "\n".join(values).encode() for field, values in facet_values(article)},
        "likeness": minhash_signature(article.body),
    }


def _count_code_words(article: Article) -> Counter[str]:
    """Return the words of code with their occurrences; those of an acronym also count as its common word."""
    counts = Counter(word for text in article.code for word, _ in word_forms(text))
    for acronym in filter(is_acronym, list(counts)):
        counts[plain_word(acronym)] += counts[acronym]
    return counts


def _name_positions(values: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the positions of each word of a field of names, values `POSITION_GAP` apart."""
    positions: dict[str, list[int]] = defaultdict(list)
    start = 0
    for value in values:
        forms = word_forms(value)
        for position, (word, _) in enumerate(forms, start):
            positions[plain_word(word)].append(position)
        start += max(len(forms) - 1, 0) + POSITION_GAP
    return positions
