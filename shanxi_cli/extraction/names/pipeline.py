"""Names of an article: segments, then organisations, places and people, each word in one of them at most.

1. The text is cut into segments. An organisation is what its words say; the rest of its segment is read on.
2. A segment that a gazetteer knows is a place, with evidence if the name is ambiguous.
3. Other segments of two words or more may be people; which are is decided when the whole text is known, because the
   family name alone (`Moss said`) is evidence. A place that is also a word of a person's name needs evidence too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache, lru_cache

from shanxi_cli.analysis.text_runs import lower_runs
from shanxi_cli.extraction.names.body_rules import BEHIND, CUE_WORDS, WORDS_BEFORE
from shanxi_cli.extraction.names.evidence import find_evidence
from shanxi_cli.extraction.names.organisations import (
    extend_organisation,
    find_acronym,
    find_pair_start,
    is_acronym_of_organisation,
    is_organisation_word,
    may_be_body,
    measure_organisation,
    trim_organisation,
)
from shanxi_cli.extraction.names.people import (
    PersonCandidate,
    WordUse,
    choose_people,
    drop_demonyms,
    is_given_name,
    is_role,
    make_candidate,
    split_roles,
)
from shanxi_cli.extraction.names.places import find_datelines, find_leading_place, find_place
from shanxi_cli.extraction.names.segments import Segment, blank_headings, cut_segment, find_segments, opens_sentence
from shanxi_cli.model.article import NO_DERIVED_NAMES, Article, DerivedNames
from shanxi_cli.places.gazetteer import find_place_mentions, load_divisions
from shanxi_cli.places.world_gazetteer import load_world_places
from shanxi_cli.util.frozen_record import replace_fields

_KIND_LETTERS = frozenset("cpotvd")
"""First letters of the kinds that make a place of the word before them: county, province."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MODIFIER = re.compile(r"-(?:[a-z]{3,}(?:ed|ing|s|an|ish|ese|ic)|led|based|born|run|day|era|wide|style)\Z")
_ENGLISH_WORDS = (" the ", " of ", " and ", " to ")
_MAX_MENTIONS = 10
"""Mentions of a word that are searched for evidence."""
_ARTICLES = (" the ", "The ", " a ", " an ", " new ", "A ")
_SAMPLE = 2_000
"""Characters of a text by which its language is recognised."""
_LEAST_ENGLISH = 0.06
"""Share of the words of a text that these are at least, in English; news has about 0.15."""


def add_derived_names(article: Article) -> Article:
    """Return an article as its file describes it with the names that `derive_names` returns for it."""
    derived = derive_names(article)
    return article if derived == article.derived else replace_fields(article, derived=derived)


def derive_names(article: Article) -> DerivedNames:
    """Return the names of the kinds that the front matter of an article has none of, from its prose and captions.

    Nothing for a front matter with two of the three kinds: its author has listed the names, and there is none of the
    third. Nothing for an article that is not in English, except the divisions of Shanxi in Chinese text.
    """
    if sum(map(bool, (article.places, article.people, article.organisations))) > 1:
        return NO_DERIVED_NAMES
    names = read_names("\n\n".join((*article.prose, *(caption.text for caption in article.captions))))
    return DerivedNames(
        () if article.places else names.places,
        () if article.people else names.people,
        () if article.organisations else names.organisations,
    )


def read_names(text: str) -> DerivedNames:
    """Return the places, people and organisations that a text names, each once, in the order of their first mention."""
    if not _reads_as_english(text):
        return DerivedNames(places=_find_shanxi_places(text) if not text.isascii() else ())
    reader = _NameReader(blank_headings(text))
    reader.read()
    people = tuple(choose_people(reader.candidates, reader.use_of_word))
    person_words = {word for name in people for word in name.split()}
    bodies = dict.fromkeys([*reader.organisations, *reader.find_bodies(person_words)])
    places = [name for name, evidence in reader.places.items() if name not in person_words or evidence]
    if reader.may_name_shanxi():
        places += _find_shanxi_places(text)
    return DerivedNames(tuple(dict.fromkeys(places)), people, tuple(bodies))


def _find_shanxi_places(text: str) -> tuple[str, ...]:
    return tuple(mention.name for mention in find_place_mentions(text))


def _reads_as_english(text: str) -> bool:
    """Return True if the text has as many of the commonest words as English."""
    lower = text[:_SAMPLE].lower()
    return sum(map(lower.count, _ENGLISH_WORDS)) >= _LEAST_ENGLISH * (lower.count(" ") + 1)


@cache
def _shanxi_names() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """Return the names of the divisions of Shanxi that are one word, and those of several with their first word."""
    names = {name for place in load_divisions() for name in (place.name, *place.variants)}
    return frozenset(name for name in names if " " not in name), tuple(
        (name.split()[0], name) for name in names if " " in name
    )


@lru_cache(maxsize=1 << 14)
def _is_known_word(word: str) -> bool:
    return word in load_world_places() or is_organisation_word(word) or is_role(word) or "-" in word


@cache
def _match_behind() -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(BEHIND).match


class _NameReader:
    """Reads a text once; the names are complete after `read`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._segments: Sequence[Segment] = list(find_segments(text))
        self.organisations: dict[str, None] = {}
        self.places: dict[str, bool] = {}  # True: also in an article about a person of that name
        self.candidates: list[PersonCandidate] = []
        self.alone: defaultdict[str, list[tuple[Segment, bool]]] = defaultdict(list)  # with True behind a role
        self._done = 0  # offset up to which an organisation has been read

    def read(self) -> None:
        """Read all segments."""
        for name in find_datelines(self._text):
            self._add_place(name, certain=True)
        for at, segment in enumerate(self._segments):
            if segment.end <= self._done:
                continue
            if segment.start < self._done:
                rest = [
                    n
                    for n in range(len(segment.words))
                    if cut_segment(segment, n, len(segment.words)).start >= self._done
                ]
                if not rest:
                    continue
                segment = cut_segment(segment, rest[0], len(segment.words))
            self._read_segment(at, segment)

    def may_name_shanxi(self) -> bool:
        """Return True if the text has the name of a division of Shanxi, or Chinese."""
        words = {word for segment in self._segments for word in segment.words}
        names, phrases = _shanxi_names()
        has_name = not words.isdisjoint(names) or any(
            first in words and phrase in self._text for first, phrase in phrases
        )
        return has_name or bool(_CHINESE.search(self._text))

    def find_bodies(self, person_words: Set[str]) -> Iterator[str]:
        """Yield the organisations of one word, with evidence around one of its mentions: `the airline Norfell`."""
        lower = frozenset(lower_runs(self._text))
        if CUE_WORDS.isdisjoint(lower):
            return
        for word, found in self.alone.items():
            if word in person_words or not may_be_body(word):
                continue
            kind = "acronym" if word.isupper() else "body"
            mentions = [one for one, _ in found[:_MAX_MENTIONS] if self._may_be_body_at(one)]
            if not mentions:
                continue
            if word.lower() in lower and all(opens_sentence(self._text, one.start) for one in mentions):
                continue  # a common word at the beginning of a sentence
            if any(find_evidence(kind, self._text, one.start, one.end) for one in mentions):
                yield word

    def _may_be_body_at(self, mention: Segment) -> bool:
        """Return False where no rule for organisations can hold; that is decided quickly."""
        text, start = self._text, mention.start
        before = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
        return before.lower() in WORDS_BEFORE or _match_behind()(text, mention.end) is not None

    def _names_person(self, segment: Segment, first: int, last: int) -> bool:
        """Return True for a known firm's name that is a person's here: `Captain Thomas Cook`."""
        words = segment.words
        if not is_given_name(words[first]):
            return False
        part = cut_segment(segment, first, last)
        has_role = first > 0 and is_role(words[first - 1])
        return has_role or bool(find_evidence("person", self._text, part.start, part.end))

    def use_of_word(self, word: str) -> WordUse:
        """Return how a word is used where it is a whole segment; asked for the family names of few candidates only."""
        found = self.alone.get(word, [])
        text = self._text
        spoken = any(
            has_role or find_evidence("speech", text, segment.start, segment.end) for segment, has_role in found
        )
        return WordUse(len(found), spoken, any(text.endswith(_ARTICLES, 0, segment.start) for segment, _ in found))

    def _read_segment(self, at: int, segment: Segment) -> None:
        if len(segment.words) == 1 and self._is_plain_word(segment):
            self._read_person(segment, has_role=False)
            return
        if len(segment.words) > 1 and _MODIFIER.search(segment.words[0]):
            self._read_place(-1, cut_segment(segment, 0, 1))  # Delhi-based Council, NBA-leading Lakers
            segment = cut_segment(segment, 1, len(segment.words))
        if self._read_place(at, segment):
            return
        first, last = measure_organisation(segment)
        if last == first + 2 and self._names_person(segment, first, last):
            last = 0
        whole = segment == self._segments[at]
        end_at, end = (
            extend_organisation(self._text, self._segments, at, last or len(segment.words)) if whole else (at, last)
        )
        if last or end_at > at:
            self._add_organisation(at, segment, first, last, end_at, end)
            return
        if self._read_acronym(segment):
            return
        before, name, has_role = split_roles(segment)
        if before is not None and name is not None and not self._read_place(at, before):
            self._read_leading_place(before)
        if name is None:
            return
        if not has_role and self._follows_office(at, segment):
            name, has_role = cut_segment(name, 1, len(name.words)), True
        name = drop_demonyms(name)
        if len(name.words) > 2 and (length := self._read_leading_place(name)):
            name = cut_segment(name, length, len(name.words))
        self._read_person(name, has_role=has_role)

    def _read_leading_place(self, segment: Segment) -> int:
        """Record the country or state at the beginning of a segment; return the number of its words."""
        if length := find_leading_place(segment):
            self._read_place(-1, cut_segment(segment, 0, length))
        return length

    def _follows_office(self, at: int, segment: Segment) -> bool:
        """Return True behind `Secretary of` for `State Ida Moss`."""
        if at <= 0 or len(segment.words) < 3 or segment != self._segments[at]:
            return False
        before = self._segments[at - 1]
        return self._text[before.end : segment.start] == " of " and is_role(before.words[-1])

    def _is_plain_word(self, segment: Segment) -> bool:
        """Return True for one word that can only be part of a person's name: the common case, decided quickly."""
        if _is_known_word(segment.words[0]):
            return False
        after = self._text[segment.end : segment.end + 2]
        return after not in (", ", " (") and not (after[:1] == " " and after[1:] in _KIND_LETTERS)

    def _read_place(self, at: int, segment: Segment) -> bool:
        name, certain = find_place(self._text, self._segments, at, segment)
        if name:
            self._add_place(name, certain=certain)
        return bool(name)

    def _add_place(self, name: str, *, certain: bool) -> None:
        self.places[name] = self.places.get(name, False) or certain

    def _add_organisation(self, at: int, segment: Segment, first: int, last: int, end_at: int, end: int) -> None:
        """Record an organisation that ends in segment `end_at`, and read on behind it."""
        if end_at == at:
            named = trim_organisation(segment, first, last)
            start = (
                find_pair_start(self._text, self._segments, at) if segment == self._segments[at] and not first else -1
            )
            name = self._text[start : named.end] if 0 <= start < segment.start else named.name
            self.organisations.pop(self._text[max(0, start) : segment.start].removesuffix(" and "), None)
            stop, words = named.end, tuple(name.split())
        else:
            tail = cut_segment(self._segments[end_at], 0, end)
            start = segment.start + (4 if segment.words[0] == "The" else 0)
            name, stop = self._text[start : tail.end], tail.end
            words = tuple(name.split())
        self.organisations[name] = None
        self._done = stop
        if acronym := find_acronym(self._text, stop, words):
            self.organisations[acronym] = None
        if end_at == at and last < len(segment.words):
            self._read_segment(at, cut_segment(segment, last, len(segment.words)))

    def _read_acronym(self, segment: Segment) -> bool:
        """Record a name of no known kind whose acronym is introduced behind it and used again."""
        acronym = find_acronym(self._text, segment.end, segment.words)
        if not acronym or not is_acronym_of_organisation(self._text, acronym, segment.words[-1]):
            return False
        self.organisations |= dict.fromkeys([segment.name, acronym])
        return True

    def _read_person(self, segment: Segment, *, has_role: bool) -> None:
        if len(segment.words) == 1:
            self.alone[segment.words[0]].append((segment, has_role))
        elif candidate := make_candidate(self._text, segment, has_role=has_role):
            self.candidates.append(candidate)
