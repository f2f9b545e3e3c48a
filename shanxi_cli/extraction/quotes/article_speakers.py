"""The people and speakers of an article: who they are, who spoke where, and who of them `he` or `she` may be."""

from collections.abc import Iterator, Sequence

from shanxi_cli.extraction.quotes.lexicon import PLURAL_PERSON_NOUNS
from shanxi_cli.extraction.quotes.noun_classes import has_person_noun
from shanxi_cli.extraction.quotes.people_index import PeopleIndex, TextPosition
from shanxi_cli.extraction.quotes.person_names import get_family_name
from shanxi_cli.extraction.quotes.resolved_speaker import ResolvedSpeaker
from shanxi_cli.extraction.quotes.roles import find_title_genders, gender_of_name, gender_of_role, noun_fits_role
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis

_MAX_HISTORY = 20
"""Speakers before a place that are compared with a word that refers back."""
_QUANTITIES = frozenset("others some many most several few both".split())
_MAX_PARAGRAPHS_TO_ORGANISATION = 3


class ArticleSpeakers:
    """The people whom an article names, and its speakers in the order in which they are recorded."""

    def __init__(self, people: PeopleIndex, paragraphs: Sequence[str]) -> None:
        self.people = people
        self._paragraphs = paragraphs
        self._history: list[tuple[TextPosition, str]] = []  # who spoke where
        self._speakers: dict[str, ResolvedSpeaker] = {}
        self._genders: dict[str, str] = {}  # by titles and pronouns
        self._title_genders: dict[str, str] | None = None
        self._unnamed_by_noun: dict[str, dict[str, None]] = {}

    def __contains__(self, name: str) -> bool:
        """Return True for one who has spoken."""
        return name in self._speakers

    def record(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Record a speaker with a name, or a description for one."""
        self._history.append((place, who.name))
        old = self._speakers.get(who.name)
        is_unnamed = old is not None and old.basis is SpeakerBasis.UNNAMED and has_person_noun(who.name)
        if not (is_unnamed and who.basis is SpeakerBasis.PRONOUN):
            self._speakers[who.name] = who  # `he` says less than `a spokesman`
        for noun, unnamed in self._unnamed_by_noun.items():
            unnamed.pop(who.name, None)
            if self._is_unnamed_person(noun, who):
                unnamed[who.name] = None

    def record_speech(self, place: TextPosition, name: str) -> None:
        """Record that one who was recorded before speaks on."""
        self._history.append((place, name))

    def latest_first(self) -> Iterator[tuple[TextPosition, str]]:
        """Yield (place, name) of the last speakers, the latest first."""
        yield from reversed(self._history[-_MAX_HISTORY:])

    def find_unnamed(self, noun: str) -> dict[str, None]:
        """Return the speakers without a name whom a noun fits; they are kept from when it is first read."""
        if noun not in self._unnamed_by_noun:
            self._unnamed_by_noun[noun] = {
                name: None for name, who in self._speakers.items() if self._is_unnamed_person(noun, who)
            }
        return self._unnamed_by_noun[noun]

    def _is_unnamed_person(self, noun: str, who: ResolvedSpeaker) -> bool:
        one = who.basis is SpeakerBasis.UNNAMED and not is_plural_description(who.name)
        return one and noun_fits_role(noun, who.name)

    def set_gender(self, name: str, gender: str) -> None:
        """Record `he` or `she` for a name."""
        self._genders[name] = gender

    def gender_of(self, name: str) -> str:
        """Return `he` or `she` where a title, a pronoun, a role or the given name tells, else an empty string."""
        known = self._genders.get(name) or gender_of_role(self.person(name).role) or gender_of_name(name)
        if known:
            return known
        if self._title_genders is None:
            self._title_genders = find_title_genders(self._paragraphs)
        return self._title_genders.get(get_family_name(name), "")

    def may_be(self, pronoun: str, name: str) -> bool:
        """Return True for one person whose gender is that of `he` or `she`, or is not known."""
        person = name in self.people or self.has_spoken_as(name, (SpeakerBasis.UNNAMED, SpeakerBasis.NAME), many=False)
        if name.lower() in _QUANTITIES:
            return False  # some, of whom nobody is `he`
        return person and self.gender_of(name) in ("", pronoun)

    def find_spoken(self, place: TextPosition, pronoun: str) -> list[str]:
        """Return who spoke last that is an organisation (`it`), or several people (`they`)."""
        bases = (SpeakerBasis.ORGANISATION, SpeakerBasis.NAME, SpeakerBasis.UNNAMED)
        many = pronoun == "they"
        for (paragraph, _), name in self.latest_first():
            if paragraph < place[0] - _MAX_PARAGRAPHS_TO_ORGANISATION:
                break
            fits = name not in self.people and self.has_spoken_as(name, bases, many=many)
            if fits and (many or not self._is_person(name)):
                return [name]
        return []

    def _is_person(self, name: str) -> bool:
        who = self._speakers[name]
        if who.basis is SpeakerBasis.UNNAMED:
            return has_person_noun(name)
        return who.basis is SpeakerBasis.NAME and (" " in name or self.gender_of(name) != "")

    def has_spoken_as(self, name: str, bases: tuple[SpeakerBasis, ...], *, many: bool) -> bool:
        """Return True when the name spoke before on one of the bases; `many`: it is a plural description."""
        who = self._speakers.get(name)
        named = who is not None and who.basis is SpeakerBasis.DESCRIPTION and who.organisation == name
        if who is None or (who.basis not in bases and not (named and SpeakerBasis.ORGANISATION in bases)):
            return False
        return is_plural_description(name) == many or named or who.basis is SpeakerBasis.ORGANISATION

    def person(self, name: str) -> Person:
        """Return the person of a name, or the speaker as one."""
        if name in self.people:
            return self.people.get(name)
        who = self._speakers[name]
        return Person(who.name, who.role, who.organisation)


def is_plural_description(name: str) -> bool:
    """Return True for `officials of the county`."""
    return any(word.lower() in PLURAL_PERSON_NOUNS for word in name.split())
