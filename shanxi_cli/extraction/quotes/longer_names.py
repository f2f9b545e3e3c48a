"""Names of several words in an article, by their last word: the full name of a person whom nothing introduces."""

import re
from collections.abc import Sequence

from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS, PERSON_NOUNS
from shanxi_cli.extraction.quotes.noun_classes import names_organisation, strip_possessive
from shanxi_cli.extraction.quotes.people_index import TextPosition
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, FAMILY_WORD, INITIALS, PARTICLES
from shanxi_cli.util.lexicon import load_terms

_CAPITALISED_RUN_PATTERN = re.compile(
    rf"(?<![\w-])(?:{INITIALS}|{CAPITALISED_WORD})(?:\s+(?:{PARTICLES}\s+)?(?:{FAMILY_WORD}|{INITIALS}))+"
)
_TITLE_WORDS = load_terms("extraction/titles")


class LongerNames:
    """The runs of capitalised words of an article; they are read at the first search."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._by_last_word: dict[str, list[tuple[TextPosition, str]]] | None = None

    def find(self, name: str, place: TextPosition) -> str:
        """Return the one longer name before `place` that ends with `name`: John Smith for Smith.

        An empty string for none or several.
        """
        if self._by_last_word is None:
            self._by_last_word = self._read_runs()
        found = ""
        for first, full in self._by_last_word.get(name, ()):
            if first >= place:
                break
            if found and full != found:
                return ""
            found = full
        return found

    def _read_runs(self) -> dict[str, list[tuple[TextPosition, str]]]:
        by_last_word: dict[str, list[tuple[TextPosition, str]]] = {}
        for n, text in enumerate(self._paragraphs):
            for run in _CAPITALISED_RUN_PATTERN.finditer(text):
                words = run.group().split()
                while words and _begins_no_name(words[0]):
                    words.pop(0)
                if 1 < len(words) < 6 and not names_organisation(" ".join(words)):
                    last = strip_possessive(words[-1])
                    by_last_word.setdefault(last, []).append(((n, run.start()), strip_possessive(" ".join(words))))
        return by_last_word


def _begins_no_name(word: str) -> bool:
    return word.lower() in FUNCTION_WORDS or word.lower() in PERSON_NOUNS or word.rstrip(".") in _TITLE_WORDS
