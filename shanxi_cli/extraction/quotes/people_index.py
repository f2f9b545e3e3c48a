"""Indexes of the people and organisations of an article, so that a mention costs the same however many there are."""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shanxi_cli.extraction.quotes.person_names import get_family_name
from shanxi_cli.extraction.quotes.roles import noun_fits_role
from shanxi_cli.model.article import Person

TextPosition = tuple[int, int]
"""A place in the article: the index of the paragraph, and the offset in it in characters."""

_WORD_PATTERN = re.compile(r"(?<![\w-])[\w-]+")
_LAST_NAME = "\U0010ffff"


class NameFinder:
    """Names, found in a text as whole words, the longest first; each has a value."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a word, the longest first

    def get(self, name: str) -> str | None:
        """Return the value of a name, or None."""
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        """Add a name or change its value."""
        first = _WORD_PATTERN.match(name)
        if name not in self._values and first:
            lengths = self._lengths.setdefault(first.group(), [])
            if len(name) not in lengths:
                lengths.append(len(name))
                lengths.sort(reverse=True)
        self._values[name] = value

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the half-open range and the value of each name in a text; names do not overlap."""
        end = 0
        for word in _WORD_PATTERN.finditer(text):
            start = word.start()
            if start < end:
                continue
            for length in self._lengths.get(word.group(), ()):
                name, following = text[start : start + length], text[start + length : start + length + 1]
                if name in self._values and not (following.isalnum() or following in ("_", "-")):
                    end = start + length
                    yield start, end, self._values[name]
                    break


class _FirstMentions:
    """Names under keys, such as their words, with the place where each is first mentioned."""

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[TextPosition, str]]] = {}

    def add(self, keys: Iterable[str], name: str, place: TextPosition) -> None:
        """Add a name under several keys."""
        for key in keys:
            insort(self._names.setdefault(key, []), (place, name))

    def remove(self, keys: Iterable[str], name: str, place: TextPosition) -> None:
        """Remove a name that was added with the same place; nothing where it was not."""
        for key in keys:
            names = self._names.get(key, [])
            at = bisect_left(names, (place, name))
            if at < len(names) and names[at] == (place, name):
                del names[at]

    def find(self, key: str, place: TextPosition) -> list[str]:
        """Return the names first mentioned at `place` or before, ten at most."""
        names = self._names.get(key, [])
        return [name for _, name in names[: min(10, bisect_right(names, (place, _LAST_NAME)))]]

    def first_two(self, key: str, place: TextPosition) -> list[str]:
        """Return up to two names first mentioned at `place` or before; whether there is one is all that matters."""
        names = self._names.get(key, [])
        return [name for _, name in names[: min(2, bisect_right(names, (place, _LAST_NAME)))]]


class _KnownPerson(NamedTuple):
    person: Person
    first: TextPosition  # before it the name says nothing yet; (-1, 0) for a person of the front matter


class PeopleIndex:
    """The people of an article by their names, by the words of their names, and by the nouns that fit their roles.

    `names` finds full names, and family names, whose value is empty if several people have them.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.names = NameFinder()
        self._people: dict[str, _KnownPerson] = {}
        self._by_word = _FirstMentions()
        self._by_family_name = _FirstMentions()
        self._by_noun = _FirstMentions()
        self._nouns: dict[str, None] = {}
        for person in people:
            self._set(_KnownPerson(person, (-1, 0)))

    def __contains__(self, name: str) -> bool:
        """Return True for the full name of a person."""
        return name in self._people

    def get(self, name: str) -> Person:
        """Return the person of a full name."""
        return self._people[name].person

    def organisations(self) -> list[str]:
        """Return the organisation of each person."""
        return [known.person.organisation for known in self._people.values()]

    def add(self, name: str, role: str, organisation: str, place: TextPosition) -> None:
        """Record a full name at its place, with the role and organisation that the text gives there."""
        name = name[:-2] if name.endswith(("'s", "’s")) else name
        old = self._people.get(name)
        if old is None:
            self._set(_KnownPerson(Person(name, role, organisation), place))
            return
        first = place if old.first[0] < 0 else min(old.first, place)
        known = old.person
        if (role and not known.role) or (organisation and not known.organisation):
            self._set(_KnownPerson(Person(name, known.role or role, known.organisation or organisation), first))
        elif first != old.first:
            self._set(_KnownPerson(known, first))

    def find_by_name(self, name: str, place: TextPosition) -> list[str]:
        """Return up to two people known at `place` of a family name, else of a word of their name."""
        return self._by_family_name.first_two(name, place) or self._by_word.first_two(name, place)

    def find_all_by_name(self, name: str, place: TextPosition) -> list[str]:
        """Return the people known at `place` of a family name, else of a word of their name, by their first mention."""
        return self._by_family_name.find(name, place) or self._by_word.find(name, place)

    def first_place(self, name: str) -> TextPosition:
        """Return where a person is first named."""
        return self._people[name].first

    def find_by_noun(self, noun: str, place: TextPosition) -> list[str]:
        """Return up to two people known at `place` whose role a noun fits: `official`."""
        if noun not in self._nouns:
            self._nouns[noun] = None
            for name, known in self._people.items():
                if noun_fits_role(noun, known.person.role):
                    self._by_noun.add([noun], name, known.first)
        return self._by_noun.first_two(noun, place)

    def is_known_before(self, name: str, place: TextPosition) -> bool:
        """Return True for a person first named at `place` or before."""
        return name in self._people and self._people[name].first <= place

    def role_before(self, name: str, place: TextPosition) -> str:
        """Return the role of a person known at `place`; empty for others."""
        return self._people[name].person.role if self.is_known_before(name, place) else ""

    def fits(self, noun: str, name: str, place: TextPosition) -> bool:
        """Return True for a person known at `place` whose role a noun fits."""
        return self.is_known_before(name, place) and noun_fits_role(noun, self._people[name].person.role)

    def _set(self, known: _KnownPerson) -> None:
        """Add or replace a person in all indexes."""
        person, first = known.person, known.first
        words, family, old = set(person.name.split()), get_family_name(person.name), self._people.get(person.name)
        self._people[person.name] = known
        if old is not None:
            if (old.first, old.person.role) == (first, person.role):
                return
            self._by_word.remove(words, person.name, old.first)
            self._by_family_name.remove([family], person.name, old.first)
            self._by_noun.remove(self._nouns_of(old.person.role), person.name, old.first)
        self._by_word.add(words, person.name, first)
        self._by_family_name.add([family], person.name, first)
        self._by_noun.add(self._nouns_of(person.role), person.name, first)
        if family not in self._people:
            shared = self.names.get(family)
            self.names.set(family, person.name if shared in (None, person.name) else "")
        self.names.set(person.name, person.name)

    def _nouns_of(self, role: str) -> list[str]:
        return [noun for noun in self._nouns if noun_fits_role(noun, role)]
