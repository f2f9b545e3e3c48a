"""People by their full names, with evidence that a name is a person's.

A name of two to four words is a person's if a role or title stands beside it, if its form shows it (`Yang Xia`, `Kim
Jong-un`, `Ida B. Moss`, `Ines van der Berg`), if its first word is a given name, or if the person is quoted and the
family name alone is used elsewhere. A family name alone is no value: it is the person that the full name names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from shanxi_cli.extraction.names.evidence import find_evidence
from shanxi_cli.extraction.names.evidence_rules import ROLE_NOUNS
from shanxi_cli.extraction.names.segments import Segment, cut_segment, opens_sentence
from shanxi_cli.extraction.quotes.lexicon import PLURAL_PERSON_NOUNS
from shanxi_cli.extraction.quotes.person_names import get_family_name, is_chinese_name
from shanxi_cli.places.world_gazetteer import load_world_places
from shanxi_cli.util.lexicon import load_list, load_terms

_GIVEN_NAMES = load_terms("extraction/census_given_names")
_SURNAMES = load_terms("analysis/surnames")
_CAPITAL_ROLES = ROLE_NOUNS - frozenset(
    "star head host hero ace forward safety private opener pacer batter player collector user guest local member owner "
    "fellow insider general justice captain receiver winger witness".split()
) | frozenset(["captain", "justice", "insider", "general"])
"""Role nouns that are roles with a capital too: `Star Wars` has none."""
_PARTICLE_WORDS = frozenset(word for term in load_terms("extraction/name_particles") for word in term.split())
_TITLE_WORDS = frozenset(word.lower() for title in load_list("extraction/titles") for word in title.split())
_ROLE_WORDS = _CAPITAL_ROLES | PLURAL_PERSON_NOUNS | _TITLE_WORDS
_NO_PERSON_WORDS = (
    load_terms("extraction/non_person_words")
    | load_terms("extraction/non_name_words")
    | load_terms("extraction/organisation_last_words")
    | load_terms("extraction/organisation_nouns")
    | load_terms("extraction/organisation_name_endings")
    | load_terms("analysis/months")
    | load_terms("analysis/weekdays")
) - frozenset("rose may april june august heather grace baker mason fields woods rivers forest".split())
_DEMONYMS = load_terms("extraction/demonyms")
_INITIAL = re.compile(r"(?:[^\W\d_a-z]\.)+(?:-[^\W\d_a-z]\.)?\Z")
_KOREAN_FORM = re.compile(r"[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}-[a-z]{1,6}\Z")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\b\.?\Z")
_MAX_WORDS = 4
_PAIR_BEFORE = re.compile(r"\b([A-Z]\w+ [A-Z]\w+),? (?:and|or) \Z")
_PAIR_BEHIND = re.compile(r",? (?:and|or) ([A-Z]\w+ [A-Z]\w+)")
_PAIR_REACH = 50


class PersonCandidate(NamedTuple):
    """Words that may name a person.

    `certain` is True if the place where they stand shows it, `quoted` if they speak there, `inside` if they do not
    begin a sentence, `thing` if they stand there as the name of a company, a product or a place.
    """

    name: str
    certain: bool
    quoted: bool
    inside: bool
    thing: bool


def split_roles(segment: Segment) -> tuple[Segment | None, Segment | None, bool]:
    """Return the words before the roles in a segment, those behind them, and whether there is a role.

    `US Trade Representative Kim Ode` is `US Trade`, `Kim Ode`, True. Either part may be None.
    """
    words = segment.words
    roles = [n for n, word in enumerate(words) if word.rstrip(".").lower() in _ROLE_WORDS and not _is_given(words, n)]
    if not roles or roles[-1] == len(words) - 1:
        return (None, segment, False) if not roles else (segment, None, True)
    before = cut_segment(segment, 0, roles[0]) if roles[0] else None
    return before, cut_segment(segment, roles[-1] + 1, len(words)), True


def is_role(word: str) -> bool:
    """Return True for the word of a role or title, with a capital or without."""
    return word.rstrip(".").lower() in _ROLE_WORDS


def _is_given(words: Sequence[str], at: int) -> bool:
    """Return True for a family name that is also a role: `Ida Baker`, but not `Trade Minister`."""
    return at == len(words) - 1 and at > 0 and words[at - 1] in _GIVEN_NAMES


def drop_demonyms(segment: Segment) -> Segment:
    """Return a segment without words for people of a country at its beginning: `American Kevin King`."""
    first = 0
    while first < len(segment.words) - 1 and segment.words[first].rpartition("-")[2] in _DEMONYMS:
        first += 1
    return cut_segment(segment, first, len(segment.words)) if first else segment


def make_candidate(text: str, segment: Segment, *, has_role: bool) -> PersonCandidate | None:
    """Return the candidate of a segment without roles; None if it has not the form of a full name."""
    words = _name_words(segment.name)
    if not 2 <= len(words) <= _MAX_WORDS or not all(map(_is_name_word, words)) or segment.name in load_world_places():
        return None
    if any(word.lower() in _NO_PERSON_WORDS or word in _DEMONYMS for word in words):
        return None
    if words[0].lower() in _PARTICLE_WORDS:
        return None
    place = load_world_places().get(words[0])
    if place and place.alone and words[0] not in _GIVEN_NAMES and not is_chinese_name(segment.name):
        return None
    certain = has_role or _has_personal_form(segment.name, words)
    certain = certain or bool(find_evidence("person", text, segment.start, segment.end))
    quoted = not certain and bool(find_evidence("speech", text, segment.start, segment.end))
    thing = not certain and _names_thing(text, segment)
    return PersonCandidate(segment.name, certain, quoted, not opens_sentence(text, segment.start), thing)


def _names_thing(text: str, segment: Segment) -> bool:
    """Return True where a full name stands as a thing's; of two with `and`, the other counts too."""
    if find_evidence("thing", text, segment.start, segment.end):
        return True
    pair = _PAIR_BEFORE.search(text, max(0, segment.start - _PAIR_REACH), segment.start)
    if pair and find_evidence("thing", text, pair.start(1), pair.end(1)):
        return True
    pair = _PAIR_BEHIND.match(text, segment.end)
    return bool(pair and find_evidence("thing", text, pair.start(1), pair.end(1)))


def _name_words(name: str) -> list[str]:
    """Return the words of a name without particles and suffix."""
    return [word for word in _SUFFIX.sub("", name).replace(",", "").split() if word not in _PARTICLE_WORDS]


def _is_name_word(word: str) -> bool:
    if _INITIAL.match(word):
        return True
    return word.replace("-", "").replace("'", "").replace("’", "").isalpha() and not (len(word) > 1 and word.isupper())


def _has_personal_form(name: str, words: list[str]) -> bool:
    """Return True for a name whose form shows a person: Chinese, Korean, with initials, particles or a suffix."""
    if is_chinese_name(name) or ("-" in name and _KOREAN_FORM.match(name)):
        return True
    if len(words) > 2 and any(_INITIAL.match(word) for word in words[:-1]) and not _INITIAL.match(words[-1]):
        return words[0] not in load_world_places()
    has_particle = len(name.split()) > len(words) and not _SUFFIX.search(name) and words[0][0].isupper()
    return bool(_SUFFIX.search(name)) or (has_particle and " la " not in name and " le " not in name)


class WordUse(NamedTuple):
    """Use of a word that is a whole segment: how often, if it speaks or has a title, if it has an article."""

    times: int
    spoken: bool
    thing: bool


def choose_people(candidates: Iterable[PersonCandidate], use_of: Callable[[str], WordUse]) -> Iterator[str]:
    """Yield the full names of people among the candidates, each once, in order.

    `use_of` returns how a word alone is used in the article.
    """
    merged: dict[str, PersonCandidate] = {}
    for candidate in candidates:
        old = merged.get(candidate.name, candidate)
        merged[candidate.name] = PersonCandidate(
            candidate.name,
            old.certain or candidate.certain,
            old.quoted or candidate.quoted,
            old.inside or candidate.inside,
            old.thing or candidate.thing,
        )
    for name, certain, quoted, inside, thing in merged.values():
        words = _name_words(name)
        family = get_family_name(name) if len(words) == len(name.split()) else words[-1]
        place = load_world_places().get(words[-1])
        use = use_of(family)
        repeated = use.times if not use.thing and not (place and place.alone) else 0
        # products and companies are named by their first word too: `Google Stadia`, `Google`, `Stadia`
        by_family = inside and repeated > 1 and not use_of(words[0]).times and not _INITIAL.match(words[0])
        is_given = not thing and is_given_name(words[0]) and not _may_be_team(words) and not (place and place.alone)
        if (
            certain
            or is_given
            or by_family
            or (use.spoken and (inside or quoted or _is_no_verb(words[0])))
            or (quoted and repeated)
        ):
            yield name


def _is_no_verb(word: str) -> bool:
    """Return False for a word that may begin a sentence in front of a name: `Questioning Vossberg`."""
    return not word.endswith(("ing", "ed", "ly", "ever"))


def _may_be_team(words: Sequence[str]) -> bool:
    """Return True for a given name that is also a city's, in a name as of a team: `Cleveland Browns`."""
    place = load_world_places().get(words[0])
    return place is not None and (place.alone or (words[-1].endswith("s") and not words[-1].endswith("ss")))


@cache
def is_given_name(word: str) -> bool:
    """Return True for a given name of the census, or two of them with a hyphen."""
    parts = word.split("-")
    return word in _GIVEN_NAMES or (len(parts) == 2 and all(part in _GIVEN_NAMES for part in parts))
