"""Who is who in an article: the people it names, with role and organisation, and whom a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named
before in the paragraph, else in the paragraph before it. Otherwise it stays open, and says so.
"""

import re
from collections.abc import Iterable, Sequence

from shanxi_cli.extraction.quotes.lexicon import (
    BUSINESS_NOUNS,
    DETERMINERS,
    EXECUTIVE_ROLES,
    FEMALE_ROLES,
    GENERIC_PERSON_NOUNS,
    MALE_ROLES,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
)
from shanxi_cli.extraction.quotes.noun_classes import is_organisation_noun, strip_possessive
from shanxi_cli.extraction.quotes.noun_phrase_parser import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_mentions import find_introductions, find_unintroduced_names
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, get_family_name, is_chinese_name
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis
from shanxi_cli.util.frozen_record import Record

TextPosition = tuple[int, int]
"""Paragraph and character: where in the article something stands."""


class ResolvedSpeaker(Record):
    """Whom a phrase means. `name` is empty when it stays open; of people without a name it is their description."""

    name: str
    role: str
    organisation: str
    basis: SpeakerBasis


class _KnownPerson(Record):
    person: Person
    first: TextPosition  # before it the name says nothing yet; (-1, 0) for a person of the front matter


_CAPITALISED_RUN_PATTERN = re.compile(rf"{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD})+")


class CoreferenceResolver:
    """The people of one article, and who was spoken of where. Filled in the order of the text."""

    def __init__(self, paragraphs: Sequence[str], people: Iterable[Person], organisations: Iterable[str]) -> None:
        self._known: dict[str, _KnownPerson] = {}
        for person in people:
            self._known[person.name] = _KnownPerson(person, (-1, 0))
        for n, text in enumerate(paragraphs):
            for start, end, role, organisation in find_introductions(text):
                self.add(text[start:end], role, organisation, (n, start))
        self._named: dict[int, list[tuple[int, str]]] = {}
        self._seen: dict[int, dict[str, None]] = {}  # by paragraph: who was spoken of up to where it was read
        self._runs: dict[str, list[tuple[TextPosition, str]]] | None = None
        self._spoken: dict[str, ResolvedSpeaker] = {}
        self._organisations = list(
            dict.fromkeys([*organisations, *(k.person.organisation for k in self._known.values())])
        )
        self._organisations = [name for name in self._organisations if name]
        self._firsts: dict[tuple[int, str], int] = {}
        self._texts = paragraphs

    def add(self, name: str, role: str, organisation: str, place: TextPosition) -> None:
        """Takes note of a full name at its place, with what the text says of its bearer there."""
        name = re.sub(r"['’]s\Z", "", name)
        old = self._known.get(name)
        if old is None:
            self._known[name] = _KnownPerson(Person(name, role, organisation), place)
            return
        first = place if old.first[0] < 0 else min(old.first, place)
        person = Person(name, old.person.role or role, old.person.organisation or organisation)
        self._known[name] = _KnownPerson(person, first)

    def _named_in(self, text: str) -> list[tuple[int, str]]:
        """Where the people of the article are named in a text, in full or by their short name, the last first.

        The name is empty where it may be one of several, or of somebody whom the article does not introduce.
        """
        names: dict[str, str] = {}
        for name in self._known:
            short = get_family_name(name)
            names[short] = "" if names.get(short, name) != name else name
        names |= {name: name for name in self._known}
        every = sorted((n for n in names if n), key=len, reverse=True)
        pattern = re.compile(r"(?<![\w-])(?:" + ("|".join(map(re.escape, every)) or "(?!)") + r")(?![\w-])")
        found = {m.start(): names[m.group()] for m in pattern.finditer(text)}
        for place in find_unintroduced_names(text):
            found.setdefault(place, "")
        return sorted(found.items(), reverse=True)

    def spoke(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Takes note that somebody spoke at a place: a pronoun after it may mean him or her."""
        if who.name:
            self._seen.setdefault(place[0], {})[who.name] = None
            self._spoken[who.name] = who

    def resolve(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Whom `phrase`, at a place of the article, means."""
        match phrase.kind:
            case PhraseKind.NAME:
                return self._name(phrase, place)
            case PhraseKind.PRONOUN:
                return self._pronoun(phrase, place)
            case PhraseKind.DESCRIPTION if phrase.definite:
                return self._description(phrase, place)
            case PhraseKind.ORGANISATION:
                return self._organisation(phrase, place)
            case _:
                return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)

    def _name(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        name = phrase.name
        if name in self._known or len(name.split()) > 1:
            basis = SpeakerBasis.FULL_NAME if name in self._known else _choose_basis(name, phrase)
            person = self._known[name].person if name in self._known else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is SpeakerBasis.FULL_NAME:
                self.add(name, role, organisation, place)
            return ResolvedSpeaker(name, role, name if basis is SpeakerBasis.ORGANISATION else organisation, basis)
        fitting = [k.person for k in self._known.values() if k.first <= place and name in k.person.name.split()]
        family = [person for person in fitting if get_family_name(person.name) == name]
        meant = family or fitting
        if len(meant) == 1:
            return ResolvedSpeaker(
                meant[0].name, meant[0].role or phrase.role, meant[0].organisation, SpeakerBasis.FAMILY_NAME
            )
        if meant:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        if not phrase.title and (full := self._longer(name, place)):
            self.add(full, phrase.role, phrase.organisation, place)
            return self._one([full], SpeakerBasis.FAMILY_NAME)
        whole = [o for o in self._organisations if name in o.split()]
        if len(whole) == 1 and not phrase.title:
            return ResolvedSpeaker(whole[0], "", whole[0], SpeakerBasis.ORGANISATION)
        return ResolvedSpeaker(name, phrase.role, phrase.organisation, SpeakerBasis.NAME)

    def _longer(self, name: str, place: TextPosition) -> str:
        """The one longer name before that ends with `name`: John Smith for Smith; empty for none or several."""
        if self._runs is None:
            self._runs = {}
            for n, text in enumerate(self._texts):
                for one in _CAPITALISED_RUN_PATTERN.finditer(text):
                    words = one.group().split()
                    while words and words[0].lower() in DETERMINERS:
                        words.pop(0)
                    if 1 < len(words) < 5 and not is_organisation_noun(words[-1].lower()):
                        self._runs.setdefault(strip_possessive(words[-1]), []).append(
                            ((n, one.start()), strip_possessive(" ".join(words)))
                        )
        found = {full for first, full in self._runs.get(name, ()) if first < place}
        return found.pop() if len(found) == 1 else ""

    def _pronoun(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        if phrase.name in ("it", "they"):
            bases = (
                (SpeakerBasis.ORGANISATION,)
                if phrase.name == "it"
                else (SpeakerBasis.UNNAMED, SpeakerBasis.ORGANISATION)
            )
            near = [n for n in self._near(place) if self._is_spoken(n, bases, many=phrase.name == "they")]
        else:
            nearby = self._near(place)
            people = (SpeakerBasis.UNNAMED, SpeakerBasis.NAME)
            near = [n for n in nearby if not n or n in self._known or self._is_spoken(n, people, many=False)]
            near = [n for n in near if not n or _gender_of_role(self._person(n).role) in ("", phrase.name)]
        return self._one(near, SpeakerBasis.PRONOUN)

    def _is_spoken(self, name: str, bases: tuple[SpeakerBasis, ...], *, many: bool) -> bool:
        who = self._spoken.get(name)
        if who is None or who.basis not in bases:
            return False
        plural = any(word.lower() in PLURAL_PERSON_NOUNS for word in name.split())
        return plural == many or who.basis is SpeakerBasis.ORGANISATION

    def _description(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """`the executive`: people of such a role nearby, else in all of the article before."""
        noun = _head_noun_of(phrase.name)
        everyone = {n: k.person.role for n, k in self._known.items() if k.first <= place}
        fits = {n for n, role in everyone.items() if _noun_fits_role(noun, role)}
        fits |= {
            n
            for n, who in self._spoken.items()
            if who.basis is SpeakerBasis.UNNAMED and _noun_fits_role(noun, who.name)
        }
        nearby = self._near(place)
        if "" in nearby:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        near = [n for n in nearby if n in fits]
        if not fits and len(nearby) == 1 and not (noun in OFFICIAL_ROLES | EXECUTIVE_ROLES and everyone.get(nearby[0])):
            near = nearby  # the worker, where only a miner was spoken of
        far = [n for n in fits if n in everyone] if not near else []
        meant = self._one(near or far, SpeakerBasis.DESCRIPTION)
        if meant.basis is SpeakerBasis.OPEN and not near and not far:
            return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)
        return meant

    def _organisation(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """The organisation as printed; `the company` only when one is named nearby."""
        if len(phrase.name.split()) > 1 or not phrase.definite:
            return ResolvedSpeaker(phrase.name, "", phrase.name, SpeakerBasis.ORGANISATION)
        noun = phrase.name.lower()
        spoken = [n for n in self._near(place) if self._is_spoken(n, (SpeakerBasis.ORGANISATION,), many=False)]
        alike = [
            n for n in spoken if noun in (n.lower().split()[-1], re.split(r" (?:of|for) ", n.lower())[0].split()[-1])
        ]
        if alike:
            return self._one(alike, SpeakerBasis.DESCRIPTION)
        if noun not in ("company", "firm", "group", "bureau", "university"):
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        n, at = place
        named = [o for o in self._organisations if 0 <= self._first(n, o) < at]
        if not named and n:
            named = [o for o in self._organisations if self._first(n - 1, o) >= 0]
        if len(named) == 1:
            return ResolvedSpeaker(named[0], "", named[0], SpeakerBasis.DESCRIPTION)
        return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)

    def _first(self, number: int, organisation: str) -> int:
        """Where an organisation is first named in a paragraph; -1 for nowhere."""
        if (number, organisation) not in self._firsts:
            self._firsts[number, organisation] = self._texts[number].find(organisation)
        return self._firsts[number, organisation]

    def _near(self, place: TextPosition) -> list[str]:
        """Who was spoken of before in the paragraph, else in the one before it. Places are asked in order."""
        number, at = place
        here = self._up_to(number, at)
        return list(here or (self._up_to(number - 1, len(self._texts[number - 1])) if number else ()))

    def _up_to(self, number: int, at: int) -> dict[str, None]:
        if number not in self._named:
            self._named[number] = self._named_in(self._texts[number])
        left, seen = self._named[number], self._seen.setdefault(number, {})
        while left and left[-1][0] < at:
            seen[left.pop()[1]] = None
        return seen

    def _one(self, names: Iterable[str], basis: SpeakerBasis) -> ResolvedSpeaker:
        found = list(dict.fromkeys(names))
        if len(found) != 1 or not found[0]:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        person = self._person(found[0])
        return ResolvedSpeaker(person.name, person.role, person.organisation, basis)

    def _person(self, name: str) -> Person:
        if name in self._known:
            return self._known[name].person
        who = self._spoken[name]
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


def _noun_fits_role(noun: str, role: str) -> bool:
    """True when somebody of such a role may be called so."""
    words = {word.strip(",.").lower() for word in re.split(r"[\s-]+", role)}
    if noun in GENERIC_PERSON_NOUNS or "year-old" in noun or "years-old" in noun:
        return True
    if noun in BUSINESS_NOUNS:
        return bool(words & EXECUTIVE_ROLES)
    if noun == "official":
        return bool(words & OFFICIAL_ROLES)
    if noun in ("man", "woman", "local"):
        return not words & EXECUTIVE_ROLES
    return noun in words


def _gender_of_role(role: str) -> str:
    words = set(role.lower().split())
    return "he" if words & MALE_ROLES else "she" if words & FEMALE_ROLES else ""
