"""Who is who in an article: the people it names, with role and organisation, and whom a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named
before in the paragraph, else in the paragraph before it. Otherwise it stays open, and says so.
"""

import re
from collections.abc import Iterable, Sequence

from shanxi_cli.extraction.quotes.lexicon import (
    ANYBODY,
    EXECUTIVES,
    FEMALE,
    IN_BUSINESS,
    MALE,
    OFFICIALS,
    PERSON_NOUNS,
    PLURAL,
    SMALL,
)
from shanxi_cli.extraction.quotes.noun_classes import bare, is_organisation
from shanxi_cli.extraction.quotes.noun_phrase_parser import Kind, Phrase
from shanxi_cli.extraction.quotes.person_mentions import introductions, strangers
from shanxi_cli.extraction.quotes.person_names import CAPITAL, family_name, is_chinese
from shanxi_cli.model.nouns import Basis, Person
from shanxi_cli.util.frozen_record import Record

Place = tuple[int, int]
"""Paragraph and character: where in the article something stands."""


class Resolved(Record):
    """Whom a phrase means. `name` is empty when it stays open; of people without a name it is their description."""

    name: str
    role: str
    organisation: str
    basis: Basis


class _Known(Record):
    person: Person
    first: Place  # before it the name says nothing yet; (-1, 0) for a person of the front matter


_RUN = re.compile(rf"{CAPITAL}(?:\s+{CAPITAL})+")


class People:
    """The people of one article, and who was spoken of where. Filled in the order of the text."""

    def __init__(self, paragraphs: Sequence[str], people: Iterable[Person], organisations: Iterable[str]) -> None:
        self._known: dict[str, _Known] = {}
        for person in people:
            self._known[person.name] = _Known(person, (-1, 0))
        for n, text in enumerate(paragraphs):
            for start, end, role, organisation in introductions(text):
                self.add(text[start:end], role, organisation, (n, start))
        self._named: dict[int, list[tuple[int, str]]] = {}
        self._seen: dict[int, dict[str, None]] = {}  # by paragraph: who was spoken of up to where it was read
        self._runs: dict[str, list[tuple[Place, str]]] | None = None
        self._spoken: dict[str, Resolved] = {}
        self._organisations = list(
            dict.fromkeys([*organisations, *(k.person.organisation for k in self._known.values())])
        )
        self._organisations = [name for name in self._organisations if name]
        self._firsts: dict[tuple[int, str], int] = {}
        self._texts = paragraphs

    def add(self, name: str, role: str, organisation: str, place: Place) -> None:
        """Takes note of a full name at its place, with what the text says of its bearer there."""
        name = re.sub(r"['’]s\Z", "", name)
        old = self._known.get(name)
        if old is None:
            self._known[name] = _Known(Person(name, role, organisation), place)
            return
        first = place if old.first[0] < 0 else min(old.first, place)
        person = Person(name, old.person.role or role, old.person.organisation or organisation)
        self._known[name] = _Known(person, first)

    def _named_in(self, text: str) -> list[tuple[int, str]]:
        """Where the people of the article are named in a text, in full or by their short name, the last first.

        The name is empty where it may be one of several, or of somebody whom the article does not introduce.
        """
        names: dict[str, str] = {}
        for name in self._known:
            short = family_name(name)
            names[short] = "" if names.get(short, name) != name else name
        names |= {name: name for name in self._known}
        every = sorted((n for n in names if n), key=len, reverse=True)
        pattern = re.compile(r"(?<![\w-])(?:" + ("|".join(map(re.escape, every)) or "(?!)") + r")(?![\w-])")
        found = {m.start(): names[m.group()] for m in pattern.finditer(text)}
        for place in strangers(text):
            found.setdefault(place, "")
        return sorted(found.items(), reverse=True)

    def spoke(self, place: Place, who: Resolved) -> None:
        """Takes note that somebody spoke at a place: a pronoun after it may mean him or her."""
        if who.name:
            self._seen.setdefault(place[0], {})[who.name] = None
            self._spoken[who.name] = who

    def resolve(self, phrase: Phrase, place: Place) -> Resolved:
        """Whom `phrase`, at a place of the article, means."""
        match phrase.kind:
            case Kind.NAME:
                return self._name(phrase, place)
            case Kind.PRONOUN:
                return self._pronoun(phrase, place)
            case Kind.DESCRIPTION if phrase.definite:
                return self._description(phrase, place)
            case Kind.ORGANISATION:
                return self._organisation(phrase, place)
            case _:
                return Resolved(phrase.name, phrase.role, phrase.organisation, Basis.UNNAMED)

    def _name(self, phrase: Phrase, place: Place) -> Resolved:
        name = phrase.name
        if name in self._known or len(name.split()) > 1:
            basis = Basis.FULL_NAME if name in self._known else _basis(name, phrase)
            person = self._known[name].person if name in self._known else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is Basis.FULL_NAME:
                self.add(name, role, organisation, place)
            return Resolved(name, role, name if basis is Basis.ORGANISATION else organisation, basis)
        fitting = [k.person for k in self._known.values() if k.first <= place and name in k.person.name.split()]
        family = [person for person in fitting if family_name(person.name) == name]
        meant = family or fitting
        if len(meant) == 1:
            return Resolved(meant[0].name, meant[0].role or phrase.role, meant[0].organisation, Basis.FAMILY_NAME)
        if meant:
            return Resolved("", "", "", Basis.OPEN)
        if not phrase.title and (full := self._longer(name, place)):
            self.add(full, phrase.role, phrase.organisation, place)
            return self._one([full], Basis.FAMILY_NAME)
        whole = [o for o in self._organisations if name in o.split()]
        if len(whole) == 1 and not phrase.title:
            return Resolved(whole[0], "", whole[0], Basis.ORGANISATION)
        return Resolved(name, phrase.role, phrase.organisation, Basis.NAME)

    def _longer(self, name: str, place: Place) -> str:
        """The one longer name before that ends with `name`: John Smith for Smith; empty for none or several."""
        if self._runs is None:
            self._runs = {}
            for n, text in enumerate(self._texts):
                for one in _RUN.finditer(text):
                    words = one.group().split()
                    while words and words[0].lower() in SMALL:
                        words.pop(0)
                    if 1 < len(words) < 5 and not is_organisation(words[-1].lower()):
                        self._runs.setdefault(bare(words[-1]), []).append(((n, one.start()), bare(" ".join(words))))
        found = {full for first, full in self._runs.get(name, ()) if first < place}
        return found.pop() if len(found) == 1 else ""

    def _pronoun(self, phrase: Phrase, place: Place) -> Resolved:
        if phrase.name in ("it", "they"):
            wanted = (Basis.ORGANISATION,) if phrase.name == "it" else (Basis.UNNAMED, Basis.ORGANISATION)
            near = [n for n in self._near(place) if self._is_spoken(n, wanted, phrase.name == "they")]
        else:
            nearby = self._near(place)
            people = (Basis.UNNAMED, Basis.NAME)
            near = [n for n in nearby if not n or n in self._known or self._is_spoken(n, people, False)]
            near = [n for n in near if not n or _gender(self._person(n).role) in ("", phrase.name)]
        return self._one(near, Basis.PRONOUN)

    def _is_spoken(self, name: str, wanted: tuple[Basis, ...], many: bool) -> bool:
        who = self._spoken.get(name)
        if who is None or who.basis not in wanted:
            return False
        plural = any(word.lower() in PLURAL for word in name.split())
        return plural == many or who.basis is Basis.ORGANISATION

    def _description(self, phrase: Phrase, place: Place) -> Resolved:
        """`the executive`: people of such a role nearby, else in all of the article before."""
        noun = _head_noun(phrase.name)
        everyone = {n: k.person.role for n, k in self._known.items() if k.first <= place}
        fits = {n for n, role in everyone.items() if _fits(noun, role)}
        fits |= {n for n, who in self._spoken.items() if who.basis is Basis.UNNAMED and _fits(noun, who.name)}
        nearby = self._near(place)
        if "" in nearby:
            return Resolved("", "", "", Basis.OPEN)
        near = [n for n in nearby if n in fits]
        if not fits and len(nearby) == 1 and not (noun in OFFICIALS | EXECUTIVES and everyone.get(nearby[0])):
            near = nearby  # the worker, where only a miner was spoken of
        far = [n for n in fits if n in everyone] if not near else []
        meant = self._one(near or far, Basis.DESCRIPTION)
        if meant.basis is Basis.OPEN and not near and not far:
            return Resolved(phrase.name, phrase.role, phrase.organisation, Basis.UNNAMED)
        return meant

    def _organisation(self, phrase: Phrase, place: Place) -> Resolved:
        """The organisation as printed; `the company` only when one is named nearby."""
        if len(phrase.name.split()) > 1 or not phrase.definite:
            return Resolved(phrase.name, "", phrase.name, Basis.ORGANISATION)
        noun = phrase.name.lower()
        spoken = [n for n in self._near(place) if self._is_spoken(n, (Basis.ORGANISATION,), False)]
        alike = [
            n for n in spoken if noun in (n.lower().split()[-1], re.split(r" (?:of|for) ", n.lower())[0].split()[-1])
        ]
        if alike:
            return self._one(alike, Basis.DESCRIPTION)
        if noun not in ("company", "firm", "group", "bureau", "university"):
            return Resolved("", "", "", Basis.OPEN)
        n, at = place
        named = [o for o in self._organisations if 0 <= self._first(n, o) < at]
        if not named and n:
            named = [o for o in self._organisations if self._first(n - 1, o) >= 0]
        if len(named) == 1:
            return Resolved(named[0], "", named[0], Basis.DESCRIPTION)
        return Resolved("", "", "", Basis.OPEN)

    def _first(self, number: int, organisation: str) -> int:
        """Where an organisation is first named in a paragraph; -1 for nowhere."""
        if (number, organisation) not in self._firsts:
            self._firsts[number, organisation] = self._texts[number].find(organisation)
        return self._firsts[number, organisation]

    def _near(self, place: Place) -> list[str]:
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

    def _one(self, names: Iterable[str], basis: Basis) -> Resolved:
        found = list(dict.fromkeys(names))
        if len(found) != 1 or not found[0]:
            return Resolved("", "", "", Basis.OPEN)
        person = self._person(found[0])
        return Resolved(person.name, person.role, person.organisation, basis)

    def _person(self, name: str) -> Person:
        if name in self._known:
            return self._known[name].person
        who = self._spoken[name]
        return Person(who.name, who.role, who.organisation)


def _basis(name: str, phrase: Phrase) -> Basis:
    if is_chinese(name) or phrase.title or phrase.role:
        return Basis.FULL_NAME
    return Basis.ORGANISATION if is_organisation(name.split()[-1].lower()) else Basis.NAME


def _head_noun(name: str) -> str:
    words = name.lower().split()
    if words[0].endswith("-old"):
        return words[0]
    return next((word for word in words if word in PERSON_NOUNS), words[-1])


def _fits(noun: str, role: str) -> bool:
    """True when somebody of such a role may be called so."""
    words = {word.strip(",.").lower() for word in re.split(r"[\s-]+", role)}
    if noun in ANYBODY or "year-old" in noun or "years-old" in noun:
        return True
    if noun in IN_BUSINESS:
        return bool(words & EXECUTIVES)
    if noun == "official":
        return bool(words & OFFICIALS)
    if noun in ("man", "woman", "local"):
        return not words & EXECUTIVES
    return noun in words


def _gender(role: str) -> str:
    words = set(role.lower().split())
    return "he" if words & MALE else "she" if words & FEMALE else ""
