"""Mentions of people in an article by their names: whole, by the family name, or by the end of a longer name."""

import re
from collections.abc import Sequence

from shanxi_cli.extraction.quotes.article_speakers import ArticleSpeakers
from shanxi_cli.extraction.quotes.longer_names import LongerNames
from shanxi_cli.extraction.quotes.noun_classes import may_be_speaker_noun
from shanxi_cli.extraction.quotes.people_index import TextPosition
from shanxi_cli.extraction.quotes.person_mentions import (
    find_opening_descriptions,
    find_opening_titles,
    find_opening_words,
    find_unintroduced_names,
)

END = (1 << 30, 0)
"""A place behind all others."""
_MAX_NEARBY = 50
"""People of one paragraph above which a pronoun or a description means none of them in particular."""
_POSSESSIVE_ENDINGS = ("'s", "’s")


class NameMentions:
    """Mentions of people by paragraph; `bare` are the paragraphs with their quotations masked."""

    def __init__(self, paragraphs: Sequence[str], bare: Sequence[str], speakers: ArticleSpeakers) -> None:
        self._paragraphs = paragraphs
        self._bare = bare
        self._speakers = speakers
        self._people = speakers.people
        self.longer_names = LongerNames(paragraphs)
        self._pending: dict[int, list[tuple[int, str, bool]]] = {}
        self._mentioned: dict[int, dict[str, bool]] = {}  # by paragraph, up to the last place that was asked for

    def record(self, place: TextPosition, name: str) -> None:
        """Record a mention of a speaker."""
        self._mentioned.setdefault(place[0], {})[name] = True

    def find_names_in(self, text: str, number: int) -> list[tuple[int, str, bool]]:
        """Return the offset and full name of each mention of a person, and if it is no possessive.

        The name is empty where it may be one of several people, or a person whom the article does not introduce.
        """
        mentions = {
            start: (
                name or self.choose_namesake(text[start:end], "", (number, start)),
                text[end : end + 2] not in _POSSESSIVE_ENDINGS and not _is_attribute(text, end),
            )
            for start, end, name in self._people.names.find(text)
        }
        for start, end in find_unintroduced_names(text):
            mentions.setdefault(start, ("", text[end - 2 : end] not in _POSSESSIVE_ENDINGS))
        for start, end in find_opening_words(text):
            if start not in mentions:
                mentions[start] = (self._find_family(text[start:end]), True)
        for start, _ in find_opening_titles(text):
            mentions.setdefault(start, ("", False))
        for start, noun in find_opening_descriptions(text):
            if named := self._people.find_by_noun(noun, (number, start)):
                mentions.setdefault(start, (named[0] if len(named) == 1 else "", True))
        return [(start, *mention) for start, mention in mentions.items()]

    def _find_family(self, word: str) -> str:
        """Return the person of whom the article says no more than the full name, and whose family name is `word`."""
        full = self.longer_names.find(word, END)
        if full and full not in self._people:
            self._people.add(full, "", "", END)
        return full

    def choose_namesake(self, name: str, gender: str, place: TextPosition) -> str:
        """Return who of several people with a name is meant; an empty string where that is not clear.

        It is the only one of the gender of the title; else the only one who has spoken before; else the one whom the
        article names first, if no other is named in full here or in the paragraph before.
        """
        names = self._people.find_all_by_name(name, place) or self._people.find_all_by_name(name, END)
        if gender:
            names = [one for one in names if self._speakers.gender_of(one) in ("", gender)]
            names = [one for one in names if self._speakers.gender_of(one) == gender] or names
        if len(names) < 2:
            return names[0] if names else ""
        spoken = [one for one in names if one in self._speakers]
        last = next(self._speakers.latest_first(), None)
        if len(spoken) == 1 and last and last[1] == spoken[0]:
            return spoken[0]
        near = [*self._paragraphs[max(0, place[0] - 1) : place[0]], self._paragraphs[place[0]][: place[1]]]
        others = [one for one in names[1:] if any(one in text for text in near)]
        first, second = self._people.first_place(names[0]), self._people.first_place(names[1])
        return names[0] if not others and first[0] < second[0] and second[0] < place[0] - 1 else ""

    def find_name_with_particle(self, name: str, place: TextPosition) -> str:
        """Return the one person before `place` whose name ends with `von der Leyden`; an empty string for none."""
        ending = f" {name}".casefold()
        found = self.find_name_ending(name, place)
        if not found and (longer := self.longer_names.find(name.split()[-1], place)).casefold().endswith(ending):
            self._people.add(longer, "", "", place)
            return longer
        return found

    def find_name_ending(self, name: str, place: TextPosition) -> str:
        """Return the one person before `place` whose name ends with `name`, of several words; empty for none."""
        ending = f" {name}".casefold()
        names = self._people.find_by_name(name.split()[-1], place)
        found = [full for full in names if full.casefold().endswith(ending)]
        return found[0] if len(found) == 1 else ""

    def find_recent(self, place: TextPosition) -> list[str]:
        """Return the people mentioned before `place` in the paragraph, else in the one before it.

        Places must be passed in the order of the text.
        """
        number, at = place
        here = self._mentions_up_to(number, at)
        for before in range(number - 1, max(-1, number - 4), -1):
            if here:
                break
            here = self._mentions_up_to(before, len(self._paragraphs[before]))
        if len(here) > _MAX_NEARBY:
            return [""]
        return [name for name, is_plain in here.items() if is_plain] or list(here)

    def _mentions_up_to(self, number: int, at: int) -> dict[str, bool]:
        if number not in self._pending:
            self._pending[number] = sorted(self.find_names_in(self._bare[number], number), reverse=True)
        left, seen = self._pending[number], self._mentioned.setdefault(number, {})
        while left and left[-1][0] < at:
            _, name, plain = left.pop()
            seen[name] = plain or seen.get(name, False)
        return seen


_NEXT_WORD_PATTERN = re.compile(r" ([a-z-]{3,})")


def _is_attribute(text: str, end: int) -> bool:
    """Return True for the name of `Moss supporters`, which are somebody else."""
    following = _NEXT_WORD_PATTERN.match(text, end)
    return following is not None and may_be_speaker_noun(following[1])
