"""Coreference of speakers: the people of an article with role and organisation, and the person a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named before
in the paragraph, else in the paragraph before it. Otherwise the speaker stays open, and its basis says so.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from shanxi_cli.extraction.quotes.lexicon import (
    EXECUTIVE_ROLES,
    FUNCTION_WORDS,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
)
from shanxi_cli.extraction.quotes.noun_classes import is_organisation_noun, strip_possessive
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.people_index import NameFinder, PeopleIndex, TextPosition
from shanxi_cli.extraction.quotes.person_mentions import find_introductions, find_unintroduced_names
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, is_chinese_name
from shanxi_cli.extraction.quotes.roles import gender_of_role, noun_fits_role
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis
from shanxi_cli.util.frozen_record import Record

_MAX_NEARBY = 50
"""People of one paragraph above which a pronoun or a description means none of them in particular."""


class ResolvedSpeaker(Record):
    """The speaker that a phrase refers to.

    `name` is empty when it stays open; for people without a name it is their description.
    """

    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


_CAPITALISED_RUN_PATTERN = re.compile(rf"{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD})+")


class CoreferenceResolver:
    """The people of one article, and who was mentioned where.

    Mentions must be resolved in the order of the text: each is recorded for those after it.
    """

    def __init__(self, paragraphs: Sequence[str], people: Iterable[Person], organisations: Iterable[str]) -> None:
        self._people = PeopleIndex(people)
        for n, text in enumerate(paragraphs):
            for start, end, role, organisation in find_introductions(text):
                self._people.add(text[start:end], role, organisation, (n, start))
        self._pending_mentions: dict[int, list[tuple[int, str]]] = {}
        self._mentioned: dict[int, dict[str, None]] = {}  # by paragraph, up to the last place that was resolved
        self._longer_names: dict[str, list[tuple[TextPosition, str]]] | None = None
        self._speakers: dict[str, ResolvedSpeaker] = {}
        self._unnamed_by_noun: dict[str, dict[str, None]] = {}
        self._organisations = NameFinder()
        self._organisations_by_word: dict[str, list[str]] = {}
        for name in dict.fromkeys([*organisations, *self._people.organisations()]):
            if name:
                self._organisations.set(name, name)
                for word in set(name.split()):
                    self._organisations_by_word.setdefault(word, []).append(name)
        self._organisation_offsets: dict[int, dict[str, int]] = {}
        self._paragraphs = paragraphs

    def _index_noun(self, noun: str) -> dict[str, None]:
        """Return the speakers without a name whom a noun fits; they are kept from when it is first read."""
        if noun not in self._unnamed_by_noun:
            self._unnamed_by_noun[noun] = {
                name: None
                for name, who in self._speakers.items()
                if who.basis is SpeakerBasis.UNNAMED and noun_fits_role(noun, who.name)
            }
        return self._unnamed_by_noun[noun]

    def _find_names_in(self, text: str) -> list[tuple[int, str]]:
        """Return the offset and full name of each mention of a person in a text, the last first.

        The name is empty where it may be one of several people, or a person whom the article does not introduce.
        """
        names_by_offset = dict(self._people.names.find(text))
        for place in find_unintroduced_names(text):
            names_by_offset.setdefault(place, "")
        return sorted(names_by_offset.items(), reverse=True)

    def record_speaker(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Record that a person spoke at a place, so that a pronoun after it may refer to him or her."""
        if who.name:
            self._mentioned.setdefault(place[0], {})[who.name] = None
            self._speakers[who.name] = who
            for noun, unnamed in self._unnamed_by_noun.items():
                unnamed.pop(who.name, None)
                if who.basis is SpeakerBasis.UNNAMED and noun_fits_role(noun, who.name):
                    unnamed[who.name] = None

    def resolve(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Return the speaker that `phrase`, at a place of the article, refers to."""
        match phrase.kind:
            case PhraseKind.NAME:
                return self._resolve_name(phrase, place)
            case PhraseKind.PRONOUN:
                return self._resolve_pronoun(phrase, place)
            case PhraseKind.DESCRIPTION if phrase.definite:
                return self._resolve_description(phrase, place)
            case PhraseKind.ORGANISATION:
                return self._resolve_organisation(phrase, place)
            case _:
                return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)

    def _resolve_name(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        name = phrase.name
        if name in self._people or len(name.split()) > 1:
            basis = SpeakerBasis.FULL_NAME if name in self._people else _choose_basis(name, phrase)
            person = self._people.get(name) if name in self._people else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is SpeakerBasis.FULL_NAME:
                self._people.add(name, role, organisation, place)
            return ResolvedSpeaker(name, role, name if basis is SpeakerBasis.ORGANISATION else organisation, basis)
        names = self._people.find_by_name(name, place)
        meant = [self._people.get(full) for full in names]
        if len(meant) == 1:
            return ResolvedSpeaker(
                meant[0].name, meant[0].role or phrase.role, meant[0].organisation, SpeakerBasis.FAMILY_NAME
            )
        if meant:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        if not phrase.title and (full := self._find_longer_name(name, place)):
            self._people.add(full, phrase.role, phrase.organisation, place)
            return self._resolve_single([full], SpeakerBasis.FAMILY_NAME)
        whole = self._organisations_by_word.get(name, [])
        if len(whole) == 1 and not phrase.title:
            return ResolvedSpeaker(whole[0], "", whole[0], SpeakerBasis.ORGANISATION)
        return ResolvedSpeaker(name, phrase.role, phrase.organisation, SpeakerBasis.NAME)

    def _find_longer_name(self, name: str, place: TextPosition) -> str:
        """Return the one longer name before `place` that ends with `name`: John Smith for Smith.

        An empty string for none or several.
        """
        if self._longer_names is None:
            self._longer_names = {}
            for n, text in enumerate(self._paragraphs):
                for run in _CAPITALISED_RUN_PATTERN.finditer(text):
                    words = run.group().split()
                    while words and words[0].lower() in FUNCTION_WORDS:
                        words.pop(0)
                    if 1 < len(words) < 5 and not is_organisation_noun(words[-1].lower()):
                        self._longer_names.setdefault(strip_possessive(words[-1]), []).append(
                            ((n, run.start()), strip_possessive(" ".join(words)))
                        )
        found = ""
        for first, full in self._longer_names.get(name, ()):
            if first >= place:
                break
            if found and full != found:
                return ""
            found = full
        return found

    def _resolve_pronoun(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        if phrase.name in ("it", "they"):
            bases = (
                (SpeakerBasis.ORGANISATION,)
                if phrase.name == "it"
                else (SpeakerBasis.UNNAMED, SpeakerBasis.ORGANISATION)
            )
            near = [
                n for n in self._recent_speakers(place) if self._has_spoken_as(n, bases, many=phrase.name == "they")
            ]
        else:
            nearby = self._recent_speakers(place)
            people = (SpeakerBasis.UNNAMED, SpeakerBasis.NAME)
            near = [n for n in nearby if not n or n in self._people or self._has_spoken_as(n, people, many=False)]
            near = [n for n in near if not n or gender_of_role(self._person(n).role) in ("", phrase.name)]
        return self._resolve_single(near, SpeakerBasis.PRONOUN)

    def _has_spoken_as(self, name: str, bases: tuple[SpeakerBasis, ...], *, many: bool) -> bool:
        """Return True when the name spoke before on one of the bases; `many`: it is a plural description."""
        who = self._speakers.get(name)
        if who is None or who.basis not in bases:
            return False
        plural = any(word.lower() in PLURAL_PERSON_NOUNS for word in name.split())
        return plural == many or who.basis is SpeakerBasis.ORGANISATION

    def _resolve_description(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve `the executive`: people of such a role nearby, else in all of the article before."""
        noun = _head_noun_of(phrase.name)
        named, unnamed = self._people.find_by_noun(noun, place), self._index_noun(noun)
        nearby = self._recent_speakers(place)
        if "" in nearby:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        near = [n for n in nearby if n in unnamed or self._people.fits(noun, n, place)]
        ranked = noun in OFFICIAL_ROLES or noun in EXECUTIVE_ROLES
        if not (named or unnamed) and len(nearby) == 1 and not (ranked and self._people.role_before(nearby[0], place)):
            near = nearby  # the worker, where only a miner was mentioned
        far = [] if near else [*named, *(n for n in islice(unnamed, 2) if self._people.is_known_before(n, place))]
        meant = self._resolve_single(near or far, SpeakerBasis.DESCRIPTION)
        if meant.basis is SpeakerBasis.OPEN and not near and not far:
            return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)
        return meant

    def _resolve_organisation(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve an organisation as printed; `the company` only when one is named nearby."""
        if len(phrase.name.split()) > 1 or not phrase.definite:
            return ResolvedSpeaker(phrase.name, "", phrase.name, SpeakerBasis.ORGANISATION)
        noun = phrase.name.lower()
        spoken = [
            n for n in self._recent_speakers(place) if self._has_spoken_as(n, (SpeakerBasis.ORGANISATION,), many=False)
        ]
        same_noun = [
            n for n in spoken if noun in (n.lower().split()[-1], re.split(r" (?:of|for) ", n.lower())[0].split()[-1])
        ]
        if same_noun:
            return self._resolve_single(same_noun, SpeakerBasis.DESCRIPTION)
        if noun not in ("company", "firm", "group", "bureau", "university"):
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        n, at = place
        named = [name for name, offset in self._organisations_in(n).items() if offset < at]
        if not named and n:
            named = list(self._organisations_in(n - 1))
        if len(named) == 1:
            return ResolvedSpeaker(named[0], "", named[0], SpeakerBasis.DESCRIPTION)
        return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)

    def _organisations_in(self, number: int) -> dict[str, int]:
        """Return the organisations that a paragraph names, with the offset of the first mention."""
        if number not in self._organisation_offsets:
            offsets = self._organisation_offsets[number] = {}
            for offset, name in self._organisations.find(self._paragraphs[number]):
                offsets.setdefault(name, offset)
        return self._organisation_offsets[number]

    def _recent_speakers(self, place: TextPosition) -> list[str]:
        """Return the people mentioned before `place` in the paragraph, else in the one before it.

        Places must be passed in the order of the text.
        """
        number, at = place
        here = self._mentions_up_to(number, at)
        near = here or (self._mentions_up_to(number - 1, len(self._paragraphs[number - 1])) if number else {})
        return list(near) if len(near) <= _MAX_NEARBY else [""]

    def _mentions_up_to(self, number: int, at: int) -> dict[str, None]:
        if number not in self._pending_mentions:
            self._pending_mentions[number] = self._find_names_in(self._paragraphs[number])
        left, seen = self._pending_mentions[number], self._mentioned.setdefault(number, {})
        while left and left[-1][0] < at:
            seen[left.pop()[1]] = None
        return seen

    def _resolve_single(self, names: Iterable[str], basis: SpeakerBasis) -> ResolvedSpeaker:
        """Return the speaker when `names` has exactly one known name; an open one otherwise."""
        candidates = list(dict.fromkeys(names))
        if len(candidates) != 1 or not candidates[0]:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        person = self._person(candidates[0])
        return ResolvedSpeaker(person.name, person.role, person.organisation, basis)

    def _person(self, name: str) -> Person:
        if name in self._people:
            return self._people.get(name)
        who = self._speakers[name]
        return Person(who.name, who.role, who.organisation)


def _choose_basis(name: str, phrase: NounPhrase) -> SpeakerBasis:
    if is_chinese_name(name) or phrase.title or phrase.role:
        return SpeakerBasis.FULL_NAME
    return SpeakerBasis.ORGANISATION if is_organisation_noun(name.split()[-1].lower()) else SpeakerBasis.NAME


def _head_noun_of(name: str) -> str:
    words = name.lower().split()
    if words[0].endswith("-old"):
        return words[0]
    return next((word for word in words if word in PERSON_NOUNS), words[-1])
