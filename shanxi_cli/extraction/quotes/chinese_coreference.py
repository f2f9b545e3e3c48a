"""Coreference of speakers in Chinese: the people and organisations of an article whose text is in characters."""

import re
from collections.abc import Iterable, Sequence

from shanxi_cli.extraction.quotes.chinese_names import is_name_in_characters
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.people_index import TextPosition
from shanxi_cli.extraction.quotes.resolved_speaker import ResolvedSpeaker
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis
from shanxi_cli.util.lexicon import load_terms, match_any_term
from shanxi_cli.util.unicode import HAN

_ROLES = match_any_term(sorted(load_terms("extraction/chinese_roles"), key=lambda role: (-len(role), role)))
_INTRODUCTION_PATTERN = re.compile(
    rf"(?:\A|[，。；！？“”「」：\s])(?:(?P<role>{_ROLES}))?(?P<name>[{HAN}]{{2,4}}?)"
    r"(?=是|今年|曾|出生|来到|(?:，|（|,)\s*(?:男|女|\d+岁)|[（(])"
)
_ENDINGS = match_any_term(
    sorted(load_terms("extraction/chinese_organisation_endings"), key=lambda one: (-len(one), one))
)
_ORGANISATION_PATTERN = re.compile(rf"(?:\A|[，。；！？“”「」\s])(?P<name>[{HAN}]{{2,16}}?{_ENDINGS})")
_OPEN = ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
_MAX_RECENT = 50
"""Names of one article that a pronoun is compared with, the last ones, so that its cost does not grow."""


class ChineseResolver:
    """The people of one article, and who spoke last; places must come in the order of the text."""

    def __init__(self, paragraphs: Sequence[str], people: Iterable[Person], organisations: Iterable[str]) -> None:
        self._paragraphs = paragraphs
        self._people = {person.name: person for person in people}
        self._organisations = dict.fromkeys(organisations)
        self._by_family_name: dict[str, dict[str, None]] = {}
        self._last: tuple[TextPosition, str] = ((-9, 0), "")
        self._many: ResolvedSpeaker = _OPEN
        for name in self._people:
            self._index_name(name)
        for text in paragraphs:
            for match in _ORGANISATION_PATTERN.finditer(text):
                if match["name"][0] not in "该該这這":
                    self._organisations[match["name"]] = None
            for match in _INTRODUCTION_PATTERN.finditer(text):
                if is_name_in_characters(match["name"]):
                    self._add_person(match["name"], match["role"] or "", "")

    def resolve(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Return the speaker that `phrase`, at a place of the article, refers to, and keep him or her for pronouns."""
        match phrase.kind:
            case PhraseKind.NAME:
                who = self._resolve_name(phrase)
                self._last = (place, who.name)
                return who
            case PhraseKind.PRONOUN:
                return self._resolve_pronoun(phrase.name, place)
            case PhraseKind.ORGANISATION:
                return self._resolve_organisation(phrase)
            case _:
                self._many = ResolvedSpeaker(phrase.name, "", "", SpeakerBasis.UNNAMED)
                return self._many

    def _resolve_name(self, phrase: NounPhrase) -> ResolvedSpeaker:
        name, title = phrase.name, phrase.title
        if title and (name.endswith(title) or name.startswith(title)):  # 张女士, 老李
            family = name.removesuffix(title) if name.endswith(title) else name.removeprefix(title)
            known = list(self._by_family_name.get(family, ()))
            if len(known) == 1:
                person = self._people[known[0]]
                return ResolvedSpeaker(person.name, person.role, person.organisation, SpeakerBasis.FAMILY_NAME)
            return ResolvedSpeaker(name, "", "", SpeakerBasis.NAME)
        self._add_person(name, phrase.role, phrase.organisation)
        person = self._people[name]
        return ResolvedSpeaker(name, person.role, person.organisation, SpeakerBasis.FULL_NAME)

    def _add_person(self, name: str, role: str, organisation: str) -> None:
        known = self._people.get(name, Person(name))
        self._people[name] = Person(name, known.role or role, known.organisation or organisation)
        self._index_name(name)
        if organisation:
            self._organisations[organisation] = None

    def _index_name(self, name: str) -> None:
        self._by_family_name.setdefault(name[:1], {})[name] = None

    def _resolve_pronoun(self, pronoun: str, place: TextPosition) -> ResolvedSpeaker:
        if pronoun == "they":
            return self._many
        if pronoun == "it":
            return _OPEN
        number, at = place
        recent = list(self._people)[-_MAX_RECENT:]
        for paragraph, end in ((number, at), (number - 1, None), (number - 2, None)):
            if paragraph < 0:
                continue
            text = self._paragraphs[paragraph][:end]
            near = [name for name in recent if name in text]
            (spoken, _), last = self._last
            if last and spoken == paragraph and (last in near or last not in self._people):
                near = [last]
            if near:
                return self._refer_to(near[0]) if len(near) == 1 else _OPEN
            if spoken == paragraph:
                return self._refer_to(last)
        return _OPEN

    def _refer_to(self, name: str) -> ResolvedSpeaker:
        person = self._people.get(name, Person(name))
        return ResolvedSpeaker(name, person.role, person.organisation, SpeakerBasis.PRONOUN) if name else _OPEN

    def _resolve_organisation(self, phrase: NounPhrase) -> ResolvedSpeaker:
        if not phrase.definite:
            self._organisations[phrase.name] = None
            return ResolvedSpeaker(phrase.name, "", phrase.name, SpeakerBasis.ORGANISATION)
        named = [name for name in list(self._organisations)[-_MAX_RECENT:] if name.endswith(phrase.name)]
        if len(named) == 1:
            return ResolvedSpeaker(named[0], "", named[0], SpeakerBasis.DESCRIPTION)
        return _OPEN
