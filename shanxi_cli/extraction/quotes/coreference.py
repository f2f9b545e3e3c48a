"""Coreference of speakers: the people of an article with role and organisation, and the person a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named before
in the paragraph, else in the paragraph before it. Otherwise the speaker stays open, and its basis says so.
"""

import re
from collections.abc import Iterable, Sequence

from shanxi_cli.extraction.quotes.lexicon import (
    EXECUTIVE_ROLES,
    FUNCTION_WORDS,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
    UNIQUE_BODIES,
)
from shanxi_cli.extraction.quotes.noun_classes import is_organisation_noun, strip_possessive
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_mentions import find_introductions, find_unintroduced_names
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, get_family_name, is_chinese_name
from shanxi_cli.extraction.quotes.roles import gender_of_role, noun_fits_role
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis
from shanxi_cli.util.frozen_record import Record

TextPosition = tuple[int, int]
"""A place in the article: the index of the paragraph, and the offset in it in characters."""


class ResolvedSpeaker(Record):
    """The speaker that a phrase refers to.

    `name` is empty when it stays open; for people without a name it is their description.
    """

    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


class _KnownPerson(Record):
    person: Person
    first: TextPosition  # before it the name says nothing yet; (-1, 0) for a person of the front matter


_CAPITALISED_RUN_PATTERN = re.compile(rf"{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD})+")


class CoreferenceResolver:
    """The people of one article, and who was mentioned where.

    Mentions must be resolved in the order of the text: each is recorded for those after it.
    """

    def __init__(self, paragraphs: Sequence[str], people: Iterable[Person], organisations: Iterable[str]) -> None:
        self._people: dict[str, _KnownPerson] = {}
        for person in people:
            self._people[person.name] = _KnownPerson(person, (-1, 0))
        for n, text in enumerate(paragraphs):
            for start, end, role, organisation in find_introductions(text):
                self.add_person(text[start:end], role, organisation, (n, start))
        self._pending_mentions: dict[int, list[tuple[int, str, bool]]] = {}
        self._mentioned: dict[int, dict[str, bool]] = {}  # by paragraph, up to the last place that was resolved
        self._longer_names: dict[str, list[tuple[TextPosition, str]]] | None = None
        self._speakers: dict[str, ResolvedSpeaker] = {}
        self._organisations = list(
            dict.fromkeys([*organisations, *(k.person.organisation for k in self._people.values())])
        )
        self._organisations = [name for name in self._organisations if name]
        self._organisation_offsets: dict[tuple[int, str], int] = {}
        self._paragraphs = paragraphs

    def add_person(self, name: str, role: str, organisation: str, place: TextPosition) -> None:
        """Record a full name at its place, with the role and organisation that the text gives there."""
        name = re.sub(r"['’]s\Z", "", name)
        old = self._people.get(name)
        if old is None:
            self._people[name] = _KnownPerson(Person(name, role, organisation), place)
            return
        first = place if old.first[0] < 0 else min(old.first, place)
        person = Person(name, old.person.role or role, old.person.organisation or organisation)
        self._people[name] = _KnownPerson(person, first)

    def _find_names_in(self, text: str) -> list[tuple[int, str, bool]]:
        """Return the offset and full name of each mention of a person, and if it is no possessive; the last first.

        The name is empty where it may be one of several people, or a person whom the article does not introduce.
        """
        names: dict[str, str] = {}
        for name in self._people:
            short = get_family_name(name)
            names[short] = "" if names.get(short, name) != name else name
        names |= {name: name for name in self._people}
        known_names = sorted((n for n in names if n), key=len, reverse=True)
        pattern = re.compile(r"(?<![\w-])(?:" + ("|".join(map(re.escape, known_names)) or "(?!)") + r")(?![\w-])")
        mentions = {
            m.start(): (names[m.group()], text[m.end() : m.end() + 2] not in ("'s", "’s"))
            for m in pattern.finditer(text)
        }
        for place, end in find_unintroduced_names(text):
            mentions.setdefault(place, ("", text[end - 2 : end] not in ("'s", "’s")))
        return sorted(((place, *mention) for place, mention in mentions.items()), reverse=True)

    def record_speaker(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Record that a person spoke at a place, so that a pronoun after it may refer to him or her."""
        if who.name:
            self._mentioned.setdefault(place[0], {})[who.name] = True
            self._speakers[who.name] = who

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
            person = self._people[name].person if name in self._people else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is SpeakerBasis.FULL_NAME:
                self.add_person(name, role, organisation, place)
            return ResolvedSpeaker(name, role, name if basis is SpeakerBasis.ORGANISATION else organisation, basis)
        fitting = [k.person for k in self._people.values() if k.first <= place and name in k.person.name.split()]
        family = [person for person in fitting if get_family_name(person.name) == name]
        meant = family or fitting
        if len(meant) == 1:
            return ResolvedSpeaker(
                meant[0].name, meant[0].role or phrase.role, meant[0].organisation, SpeakerBasis.FAMILY_NAME
            )
        if meant:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        if not phrase.title and (full := self._find_longer_name(name, place)):
            self.add_person(full, phrase.role, phrase.organisation, place)
            return self._resolve_single([full], SpeakerBasis.FAMILY_NAME)
        whole = [o for o in self._organisations if name in o.split()]
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
        full_names = {full for first, full in self._longer_names.get(name, ()) if first < place}
        return full_names.pop() if len(full_names) == 1 else ""

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
        everyone = {n: k.person.role for n, k in self._people.items() if k.first <= place}
        fits = {n for n, role in everyone.items() if noun_fits_role(noun, role)}
        fits |= {
            n
            for n, who in self._speakers.items()
            if who.basis is SpeakerBasis.UNNAMED and noun_fits_role(noun, who.name)
        }
        nearby = self._recent_speakers(place)
        if "" in nearby:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        near = [n for n in nearby if n in fits]
        if not fits and len(nearby) == 1 and not (noun in OFFICIAL_ROLES | EXECUTIVE_ROLES and everyone.get(nearby[0])):
            near = nearby  # the worker, where only a miner was mentioned
        far = [n for n in fits if n in everyone] if not near else []
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
        if noun in UNIQUE_BODIES:
            return ResolvedSpeaker(noun, "", noun, SpeakerBasis.ORGANISATION)
        if noun not in ("company", "firm", "group", "bureau", "university"):
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        n, at = place
        named = [o for o in self._organisations if 0 <= self._find_organisation(n, o) < at]
        if not named and n:
            named = [o for o in self._organisations if self._find_organisation(n - 1, o) >= 0]
        if len(named) == 1:
            return ResolvedSpeaker(named[0], "", named[0], SpeakerBasis.DESCRIPTION)
        return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)

    def _find_organisation(self, number: int, organisation: str) -> int:
        """Return the offset of the first mention of an organisation in a paragraph; -1 for none."""
        if (number, organisation) not in self._organisation_offsets:
            self._organisation_offsets[number, organisation] = self._paragraphs[number].find(organisation)
        return self._organisation_offsets[number, organisation]

    def _recent_speakers(self, place: TextPosition) -> list[str]:
        """Return the people mentioned before `place` in the paragraph, else in the one before it.

        Places must be passed in the order of the text.
        """
        number, at = place
        here = self._mentions_up_to(number, at)
        if not here and number:
            here = self._mentions_up_to(number - 1, len(self._paragraphs[number - 1]))
        plain = [name for name, is_plain in here.items() if is_plain]
        return plain or list(here)

    def _mentions_up_to(self, number: int, at: int) -> dict[str, bool]:
        if number not in self._pending_mentions:
            self._pending_mentions[number] = self._find_names_in(self._paragraphs[number])
        left, seen = self._pending_mentions[number], self._mentioned.setdefault(number, {})
        while left and left[-1][0] < at:
            _, name, plain = left.pop()
            seen[name] = plain or seen.get(name, False)
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
            return self._people[name].person
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
