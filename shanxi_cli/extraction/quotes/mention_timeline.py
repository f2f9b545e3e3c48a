"""Mentions of people in an article, in the order of the text, with the ones that are the subject of their clause."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from shanxi_cli.analysis.sentence_splitter import sentence_ranges
from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS, PREPOSITIONS, SAYING_VERBS
from shanxi_cli.extraction.quotes.noun_classes import is_person_noun
from shanxi_cli.extraction.quotes.people_index import TextPosition
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.util.lexicon import load_list

_CONJUNCTIONS = SAYING_VERBS | frozenset(
    "and but while when as after before because if though although since until once whether that where what how why so "
    "yet nor or than for now then still instead later meanwhile however also even told whose".split()
)
"""Words behind which the subject of a clause begins."""
_OTHER_PREPOSITIONS = frozenset("to by about against over into between behind beside like after before than".split())
_LEAD_MODIFIERS = frozenset("the a an former then ex- late current new young old senior chief deputy acting ex".split())
_TITLE_WORDS = frozenset(word for title in load_list("extraction/titles") for word in re.findall(r"\w+", title.lower()))
_CLAUSE_MARKS = f",;:—–-\"”’')]{MASK_CHARACTER}"
_REACH = 3
"""Paragraphs before a pronoun that are searched for a person."""
_MAX_LEAD = 200
_get_offset = attrgetter("offset")


class Mention(NamedTuple):
    """A mention of a person at an offset of a paragraph, in the sentence that begins at `sentence`.

    `name` is empty for a name that nothing explains. `plain` is False for a possessive (`Moss's`). `opens` is True
    where it is the subject at the beginning of its sentence, `subject` where it is that of any clause, `is_object`
    where a verb, `with`, or another name and `and` come before it.
    """

    offset: int
    name: str
    plain: bool
    sentence: int
    subject: bool = False
    opens: bool = False
    is_object: bool = False


class MentionTimeline:
    """The mentions of an article by paragraph, read when a paragraph is first asked for."""

    def __init__(
        self, paragraphs: Sequence[str], find_names: Callable[[str, int], Iterable[tuple[int, str, bool]]]
    ) -> None:
        """`paragraphs` have their quotations masked; `find_names` returns offset, name and `plain` of each mention.

        It is called with a text and the number of its paragraph.
        """
        self._paragraphs = paragraphs
        self._find_names = find_names
        self._read: dict[int, list[Mention]] = {}

    def sentences_before(self, place: TextPosition) -> Iterator[tuple[int, list[Mention]]]:
        """Yield (paragraph, mentions) of the sentences before a place that mention people, the nearest first.

        Of its own sentence only the mentions before the place count. They end three paragraphs before it.
        """
        number, at = place
        for paragraph in range(number, max(-1, number - _REACH - 1), -1):
            mentions = self._mentions_in(paragraph)
            end = bisect_left(mentions, at, key=_get_offset) if paragraph == number else len(mentions)
            while end:
                first = end - 1
                while first and mentions[first - 1].sentence == mentions[end - 1].sentence:
                    first -= 1
                yield paragraph, mentions[first:end]
                end = first

    def _mentions_in(self, paragraph: int) -> list[Mention]:
        if paragraph not in self._read:
            self._read[paragraph] = self._read_mentions(paragraph)
        return self._read[paragraph]

    def _read_mentions(self, number: int) -> list[Mention]:
        text = self._paragraphs[number]
        found = sorted(self._find_names(text, number))
        if not found:
            return []
        starts = [start for start, _ in sentence_ranges(text)] or [0]
        mentions: list[Mention] = []
        n = 0
        for offset, name, plain in found:
            while n + 1 < len(starts) and starts[n + 1] <= offset:
                n += 1
            mention = Mention(offset, name, plain, starts[n])
            mentions.append(
                _mark_clause_role(mention, text[max(starts[n], offset - _MAX_LEAD) : offset]) if plain else mention
            )
        return mentions


def _is_topic(words: list[str]) -> bool:
    """Return True where nothing but a conjunction comes before the preposition that begins a sentence."""
    return len(words) == 1 or (len(words) == 2 and words[0] in ("But", "And", "Yet"))


def _mark_clause_role(mention: Mention, before: str) -> Mention:
    """Return a mention with its part in the clause, by the words of its sentence before it."""
    words = before.split()
    noun = False
    while words:
        word = words[-1].strip(".")
        lower = word.lower()
        is_noun = is_person_noun(lower) or lower in _TITLE_WORDS or (word[:1].isupper() and lower not in FUNCTION_WORDS)
        if not is_noun and not (noun and (lower in _LEAD_MODIFIERS or lower.endswith(("al", "an", "ese", "ish")))):
            break
        noun = True
        words.pop()
    if not words:
        return mention._replace(subject=True, opens=True)
    last, lower = words[-1], words[-1].lower()
    if lower in ("to", "for") and not noun and _is_topic(words):
        return mention._replace(subject=True, opens=True)  # To Moss, ...
    if not noun and lower in ("a", "an", "the", "another"):
        return mention._replace(plain=False)  # a Clinton supporter
    if lower == "with" or (lower in ("and", "or") and len(words) > 1 and words[-2][:1].isupper()):
        return mention._replace(is_object=True)  # Moss and Baker, Moss with Baker
    if last[-1] in _CLAUSE_MARKS or lower in _CONJUNCTIONS:
        return mention._replace(subject=True, opens=last[-1] == MASK_CHARACTER or len(words) == 1)
    infinitive = len(words) > 1 and words[-2].lower() == "to"
    return mention._replace(is_object=not infinitive and lower not in PREPOSITIONS and lower not in _OTHER_PREPOSITIONS)
