"""Words of an article by field, with their occurrences: what it adds to the vocabulary of an index.

words, stems        of all running text; words also with the common word of an acronym, as queries ask for it
title_stems         stems of the title, for ranking
title ... body      words of each field of running text
author, place ...   words of fields of names
page, type ...      whole folded values of codes, without the id
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from shanxi_cli.analysis.acronyms import find_acronyms, plain_word
from shanxi_cli.analysis.document_fields import code_values, name_values, running_texts
from shanxi_cli.analysis.tokenizer import PARAGRAPH_END, word_forms
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.planner import normalize_code

_CODE_FIELDS = ("words", "body")
"""The fields of which words in code are counted."""


def count_words(article: Article) -> dict[str, Counter[str]]:
    """Return the words of an article with their occurrences, by field."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for field, text in running_texts(article):
        for paragraph in text.split(PARAGRAPH_END):
            if forms := word_forms(paragraph):
                words, stems = zip(*forms, strict=True)
                found[field].update(words)
                found["stems"].update(stems)
                if field == "title":
                    found["title_stems"].update(stems)
    words_of = [counts for field, counts in found.items() if field not in ("stems", "title_stems")]
    for counts in words_of:
        _add_plain_words(counts)
    found["words"] = sum(words_of, Counter())
    for name, values in name_values(article):
        forms_of = (word_forms(value) for value in values)
        found[name] = Counter(plain_word(word) for forms in forms_of for word, _ in forms)
    for name, value in code_values(article):
        if name != "id":
            found[name] = Counter([normalize_code(name, value)])
    return found


def count_code_words(article: Article) -> Iterator[tuple[str, list[str], Counter[str]]]:
    """Yield (field, words that it has in code alone, occurrences in code), for all running text and the body."""
    if not article.code:
        return
    in_code = Counter(word for text in article.code for word, _ in word_forms(text))
    _add_plain_words(in_code)
    found = count_words(article)
    for field in _CODE_FIELDS:
        yield field, [word for word, often in in_code.items() if found[field][word] == often], in_code


def _add_plain_words(counts: Counter[str]) -> None:
    """Count each acronym as its common word too."""
    for acronym in find_acronyms(counts):
        counts[plain_word(acronym)] += counts[acronym]
