"""Words of the running text of an article, with their positions in the zones of its fields."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shanxi_cli.analysis.acronyms import acronym_words, is_acronym, plain_word
from shanxi_cli.analysis.document_fields import POSITION_GAP, ZONES, running_texts
from shanxi_cli.analysis.tokenizer import PARAGRAPH_END, word_forms
from shanxi_cli.engines.positioned_terms import PositionedTerms
from shanxi_cli.model.article import Article


class RunningWords(NamedTuple):
    """The stems and the words of an article by position, and the number of its words.

    An acronym is a word of its own, and at the same position its common word, which `=us` finds in any case.
    """

    stems: Mapping[str, list[int]]
    words: Mapping[str, list[int]]
    length: int


def read_running_words(article: Article) -> RunningWords:
    """Return the words of the running texts of an article."""
    stems, words = PositionedTerms(), PositionedTerms()
    next_position = {field: zone.start for field, zone in ZONES.items()}
    length = 0
    for field, text in running_texts(article):
        start = next_position[field]
        for paragraph in text.split(PARAGRAPH_END):
            forms = word_forms(paragraph)
            positions = range(start, start + len(forms))
            if forms:
                words_here, stems_here = zip(*forms, strict=True)
                stems.add(stems_here, positions)
                _add_words(words, words_here, positions)
                length += len(forms)
            start += len(forms) + 1
        next_position[field] = max(start - 2, next_position[field]) + POSITION_GAP
    return RunningWords(stems, words, length)


def _add_words(words: PositionedTerms, some: Sequence[str], positions: range) -> None:
    if acronym_words().isdisjoint(some):
        words.add(some, positions)
        return
    for word, position in zip(some, positions, strict=True):
        words.add([word], range(position, position + 1))
        if is_acronym(word):
            words.add([plain_word(word)], range(position, position + 1))
