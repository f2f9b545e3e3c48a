"""Coreference of speakers: the people of an article with role and organisation, and the person a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named before
in the paragraph, else in the paragraph before it. Otherwise the speaker stays open, and its basis says so.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from shanxi_cli.extraction.quotes.body_index import BodyIndex
from shanxi_cli.extraction.quotes.lexicon import (
    EXECUTIVE_ROLES,
    FIRM_KINDS,
    GIVEN_NAMES,
    OFFICIAL_ROLES,
    PLURAL_PERSON_NOUNS,
    SPEAKING_DOCUMENTS,
    UNIQUE_BODIES,
)
from shanxi_cli.extraction.quotes.longer_names import LongerNames
from shanxi_cli.extraction.quotes.mention_timeline import MentionTimeline
from shanxi_cli.extraction.quotes.noun_classes import has_person_noun
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_before
from shanxi_cli.extraction.quotes.people_index import PeopleIndex, TextPosition
from shanxi_cli.extraction.quotes.person_mentions import find_introductions, find_opening_words, find_unintroduced_names
from shanxi_cli.extraction.quotes.person_names import get_family_name, is_chinese_name
from shanxi_cli.extraction.quotes.pronouns import find_antecedent
from shanxi_cli.extraction.quotes.resolved_speaker import ResolvedSpeaker, choose_basis, head_noun_of
from shanxi_cli.extraction.quotes.roles import (
    find_title_genders,
    gender_of_name,
    gender_of_role,
    gender_of_title,
    noun_fits_role,
)
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis

_MAX_NEARBY = 50
"""People of one paragraph above which a pronoun or a description means none of them in particular."""
_LOOSE_NOUNS = frozenset("worker employee labourer laborer man woman native resident veteran youth".split())
"""Nouns for people of many occupations: the worker is a miner."""
_MAX_PARAGRAPHS_TO_DOCUMENT = 3
_ISSUED_DOCUMENTS = frozenset("statement letter email e-mail memo memorandum message note release post tweet".split())
"""Documents in which somebody speaks: `the statement` is of who has issued it, `the report` stands for itself."""
_ISSUED = "(?:issued|released|published|put out|sent|posted|made|shared|wrote|signed|read)"
_MAX_HISTORY = 20
"""Speakers before a pronoun that are compared with it."""
_GOES_ON_PATTERN = re.compile(
    r"\s+(?:also\b|(?:then\s+|later\s+)?(?:added|adds|continued|continues|concluded|concludes|went on|goes on)\b)"
)
"""Verbs of who has spoken already."""
_END = (1 << 30, 0)
"""A place behind all others."""
_PARTICLE_WORDS = frozenset("von van de del della di da dos du der den bin ibn al el ter ten af av".split())
_POSSESSIVE_ENDINGS = ("'s", "’s")


class CoreferenceResolver:
    """The people of one article, and who was mentioned where.

    Mentions must be resolved in the order of the text: each is recorded for those after it.
    """

    def __init__(
        self,
        paragraphs: Sequence[str],
        people: Iterable[Person],
        organisations: Iterable[str],
        bare: Sequence[str] = (),
    ) -> None:
        """`bare` are the paragraphs with their quotations masked: a name inside one is no candidate for a pronoun."""
        self._bare = bare or paragraphs
        self._people = PeopleIndex(people)
        for n, text in enumerate(paragraphs):
            for start, end, role, organisation in find_introductions(text):
                self._people.add(text[start:end], role, organisation, (n, start))
        self._pending_mentions: dict[int, list[tuple[int, str, bool]]] = {}
        self._mentioned: dict[int, dict[str, bool]] = {}  # by paragraph, up to the last place that was resolved
        self._history: list[tuple[TextPosition, str]] = []  # who spoke where
        self._genders: dict[str, str] = {}  # of titles: Mr, Mrs
        self._title_genders: dict[str, str] | None = None
        self._timeline = MentionTimeline(self._bare, self._find_names_in)
        self._longer_names = LongerNames(paragraphs)
        self._speakers: dict[str, ResolvedSpeaker] = {}
        self._unnamed_by_noun: dict[str, dict[str, None]] = {}
        self._bodies = BodyIndex(paragraphs, [*organisations, *self._people.organisations()])
        self._paragraphs = paragraphs

    def _index_noun(self, noun: str) -> dict[str, None]:
        """Return the speakers without a name whom a noun fits; they are kept from when it is first read."""
        if noun not in self._unnamed_by_noun:
            self._unnamed_by_noun[noun] = {
                name: None for name, who in self._speakers.items() if self._is_unnamed_person(noun, who)
            }
        return self._unnamed_by_noun[noun]

    def _is_unnamed_person(self, noun: str, who: ResolvedSpeaker) -> bool:
        one = who.basis is SpeakerBasis.UNNAMED and not self._is_plural(who.name)
        return one and noun_fits_role(noun, who.name)

    def _find_names_in(self, text: str, number: int) -> list[tuple[int, str, bool]]:
        """Return the offset and full name of each mention of a person, and if it is no possessive.

        The name is empty where it may be one of several people, or a person whom the article does not introduce.
        """
        mentions = {
            start: (
                name or self._choose_namesake(text[start:end], "", (number, start)),
                text[end : end + 2] not in _POSSESSIVE_ENDINGS,
            )
            for start, end, name in self._people.names.find(text)
        }
        for start, end in find_unintroduced_names(text):
            mentions.setdefault(start, ("", text[end - 2 : end] not in _POSSESSIVE_ENDINGS))
        for start, end in find_opening_words(text):
            if start not in mentions:
                mentions[start] = (self._find_family(text[start:end]), True)
        return [(start, *mention) for start, mention in mentions.items()]

    def _find_family(self, word: str) -> str:
        """Return the person whose family name begins a sentence, of whom the article says no more than the full name."""
        full = self._longer_names.find(word, _END)
        if full and full not in self._people:
            self._people.add(full, "", "", _END)
        return full

    def record_speaker(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Record that a person spoke at a place, so that a pronoun after it may refer to him or her."""
        if who.name:
            self._mentioned.setdefault(place[0], {})[who.name] = True
            self._history.append((place, who.name))
            self._speakers[who.name] = who
            for noun, unnamed in self._unnamed_by_noun.items():
                unnamed.pop(who.name, None)
                if self._is_unnamed_person(noun, who):
                    unnamed[who.name] = None

    def record_speech(self, place: TextPosition, name: str) -> None:
        """Record that a person whom `resolve` has returned speaks on at a place."""
        if name:
            self._history.append((place, name))

    def resolve(
        self, phrase: NounPhrase, place: TextPosition, scope: TextPosition | None = None
    ) -> ResolvedSpeaker:
        """Return the speaker that `phrase`, at a place of the article, refers to.

        A pronoun refers to a person before `scope`: the words that are said before `he said` name others.
        """
        match phrase.kind:
            case PhraseKind.NAME:
                return self._resolve_name(phrase, place)
            case PhraseKind.PRONOUN:
                return self._resolve_pronoun(phrase, place, scope or place)
            case PhraseKind.DESCRIPTION if phrase.definite:
                return self._resolve_description(phrase, place)
            case PhraseKind.ORGANISATION:
                return self._resolve_organisation(phrase, place)
            case _:
                return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)

    def _resolve_name(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        name = phrase.name
        if " and " in name and (pair := self._resolve_pair(name, place)):
            return pair
        gender = gender_of_title(phrase.title)
        if name[:1].islower() or name.split()[0].lower() in _PARTICLE_WORDS:
            name = self._find_name_with_particle(name, place) or name
        elif " " in name and name not in self._people and name.split()[0] not in GIVEN_NAMES and not is_chinese_name(name):
            name = self._find_name_ending(name, place) or name
        if gender:
            self._genders[name] = gender
        if name in self._people or len(name.split()) > 1:
            basis = SpeakerBasis.FULL_NAME if name in self._people else choose_basis(name, phrase)
            person = self._people.get(name) if name in self._people else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is SpeakerBasis.FULL_NAME:
                self._people.add(name, role, organisation, place)
            return ResolvedSpeaker(name, role, name if basis is SpeakerBasis.ORGANISATION else organisation, basis)
        names = self._people.find_by_name(name, place) or self._people.find_by_name(name, _END)
        meant = [self._people.get(full) for full in names]
        if len(meant) == 1:
            return ResolvedSpeaker(
                meant[0].name, meant[0].role or phrase.role, meant[0].organisation, SpeakerBasis.FAMILY_NAME
            )
        if meant:
            return self._resolve_single([self._choose_namesake(name, gender, place)], SpeakerBasis.FAMILY_NAME)
        if full := self._longer_names.find(name, place):
            self._people.add(full, phrase.role, phrase.organisation, place)
            return self._resolve_single([full], SpeakerBasis.FAMILY_NAME)
        whole = self._bodies.find_by_word(name)
        if len(whole) == 1 and not phrase.title:
            return ResolvedSpeaker(whole[0], "", whole[0], SpeakerBasis.ORGANISATION)
        return ResolvedSpeaker(name, phrase.role, phrase.organisation, SpeakerBasis.NAME)

    def _choose_namesake(self, name: str, gender: str, place: TextPosition) -> str:
        """Return who of several people with a name is meant; an empty string where that is not clear.

        It is the only one of the gender of the title; else the only one who has spoken before; else the one whom the
        article names first, if no other is named in full here or in the paragraph before.
        """
        names = self._people.find_all_by_name(name, place) or self._people.find_all_by_name(name, _END)
        if gender:
            names = [one for one in names if self._gender_of(one) in ("", gender)]
            names = [one for one in names if self._gender_of(one) == gender] or names
        if len(names) < 2:
            return names[0] if names else ""
        spoken = [one for one in names if one in self._speakers]
        if len(spoken) == 1 and self._history and self._history[-1][1] == spoken[0]:
            return spoken[0]
        near = [*self._paragraphs[max(0, place[0] - 1) : place[0]], self._paragraphs[place[0]][: place[1]]]
        others = [one for one in names[1:] if any(one in text for text in near)]
        first, second = self._people.first_place(names[0]), self._people.first_place(names[1])
        return names[0] if not others and first[0] < second[0] and second[0] < place[0] - 1 else ""

    def _resolve_pair(self, name: str, place: TextPosition) -> ResolvedSpeaker | None:
        """Return the two people that `Brandt and Lowther` joins; None where it is one name, as of a firm."""
        full = []
        for one in name.split(" and "):
            known = [one] if one in self._people else self._people.find_by_name(one, place)
            if len(known) != 1:
                return None
            full += known
        return ResolvedSpeaker(" and ".join(full), "", "", SpeakerBasis.UNNAMED)

    def _find_name_with_particle(self, name: str, place: TextPosition) -> str:
        """Return the one person before `place` whose name ends with `von der Leyden`; an empty string for none."""
        ending = f" {name}".casefold()
        found = self._find_name_ending(name, place)
        if not found and (longer := self._longer_names.find(name.split()[-1], place)).casefold().endswith(ending):
            self._people.add(longer, "", "", place)
            return longer
        return found

    def _find_name_ending(self, name: str, place: TextPosition) -> str:
        """Return the one person before `place` whose name ends with `name`, of several words; empty for none."""
        ending = f" {name}".casefold()
        names = self._people.find_by_name(name.split()[-1], place)
        found = [full for full in names if full.casefold().endswith(ending)]
        return found[0] if len(found) == 1 else ""

    def _resolve_pronoun(self, phrase: NounPhrase, place: TextPosition, scope: TextPosition) -> ResolvedSpeaker:
        if phrase.name in ("it", "they"):
            return self._resolve_single(self._find_spoken(place, phrase.name), SpeakerBasis.PRONOUN)
        speaker = next(
            ((at, name) for at, name in reversed(self._history[-_MAX_HISTORY:]) if self._may_be(phrase.name, name)), None
        )
        name = find_antecedent(
            self._timeline,
            scope,
            speaker,
            lambda name: not name or self._may_be(phrase.name, name),
            goes_on=self._goes_on(phrase, place),
        )
        if name:
            self._genders.setdefault(name, phrase.name)
        return self._resolve_single([name], SpeakerBasis.PRONOUN)

    def _goes_on(self, phrase: NounPhrase, place: TextPosition) -> bool:
        """Return True before a verb of one who has spoken already: `he added`."""
        return bool(_GOES_ON_PATTERN.match(self._paragraphs[place[0]], phrase.end, phrase.end + 30))

    def _may_be(self, pronoun: str, name: str) -> bool:
        """Return True for one person whose gender is that of `he` or `she`, or is not known."""
        person = name in self._people or self._has_spoken_as(
            name, (SpeakerBasis.UNNAMED, SpeakerBasis.NAME), many=False
        )
        return person and self._gender_of(name) in ("", pronoun)

    def _find_spoken(self, place: TextPosition, pronoun: str) -> list[str]:
        """Return who spoke last that is an organisation (`it`), or several people (`they`)."""
        bases = (SpeakerBasis.ORGANISATION, SpeakerBasis.NAME, SpeakerBasis.UNNAMED)
        for (paragraph, _), name in reversed(self._history[-_MAX_HISTORY:]):
            if paragraph < place[0] - 3:
                break
            if name not in self._people and self._has_spoken_as(name, bases, many=pronoun == "they"):
                if pronoun == "they" or not self._is_person(name):
                    return [name]
        return []

    def _is_person(self, name: str) -> bool:
        who = self._speakers[name]
        if who.basis is SpeakerBasis.UNNAMED:
            return has_person_noun(name)
        return who.basis is SpeakerBasis.NAME and (" " in name or self._gender_of(name) != "")

    def _gender_of(self, name: str) -> str:
        known = self._genders.get(name) or gender_of_role(self._person(name).role) or gender_of_name(name)
        if known:
            return known
        if self._title_genders is None:
            self._title_genders = find_title_genders(self._paragraphs)
        return self._title_genders.get(get_family_name(name), "")

    def _has_spoken_as(self, name: str, bases: tuple[SpeakerBasis, ...], *, many: bool) -> bool:
        """Return True when the name spoke before on one of the bases; `many`: it is a plural description."""
        who = self._speakers.get(name)
        named = who is not None and who.basis is SpeakerBasis.DESCRIPTION and who.organisation == name
        if who is None or (who.basis not in bases and not (named and SpeakerBasis.ORGANISATION in bases)):
            return False
        return self._is_plural(name) == many or named or who.basis is SpeakerBasis.ORGANISATION

    def _is_plural(self, name: str) -> bool:
        return any(word.lower() in PLURAL_PERSON_NOUNS for word in name.split())

    def _resolve_description(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve `the executive`: people of such a role nearby, else in all of the article before."""
        noun = head_noun_of(phrase.name)
        if noun in SPEAKING_DOCUMENTS:
            return self._resolve_document(phrase, noun, place)
        named, unnamed = self._people.find_by_noun(noun, place), self._index_noun(noun)
        nearby = self._recent_speakers(place)
        gender = gender_of_role(noun)
        nearby = [n for n in nearby if not n or not gender or self._gender_of(n) in ("", gender)]
        near = [n for n in nearby if n and (n in unnamed or self._people.fits(noun, n, place))]
        if not near and noun in FIRM_KINDS and (body := self._bodies.find_by_noun("company", place)):
            return ResolvedSpeaker(body, "", body, SpeakerBasis.DESCRIPTION)
        if "" in nearby and len(set(near)) != 1 and (named or unnamed or noun not in FIRM_KINDS):
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        if not (named or unnamed) and len(nearby) == 1 and self._may_have_role(nearby[0], noun, place):
            near = [n for n in nearby if not self._is_plural(n)]  # the worker, where only a miner was mentioned
        far = [] if near else [*named, *(n for n in islice(unnamed, 2) if self._people.is_known_before(n, place))]
        meant = self._resolve_single(near or far, SpeakerBasis.DESCRIPTION)
        if meant.basis is SpeakerBasis.OPEN and not near and not far:
            return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)
        return meant

    def _may_have_role(self, name: str, noun: str, place: TextPosition) -> bool:
        """Return False where the role that is known of a person is another: `the investigator` is no chairman."""
        role = self._people.role_before(name, place)
        if not role:
            return True
        return noun in _LOOSE_NOUNS and not (noun in OFFICIAL_ROLES or noun in EXECUTIVE_ROLES)

    def _resolve_document(self, phrase: NounPhrase, noun: str, place: TextPosition) -> ResolvedSpeaker:
        """Resolve `the statement`: who spoke in it before; the document where nobody did."""
        if noun not in _ISSUED_DOCUMENTS:
            return ResolvedSpeaker(phrase.name, "", "", SpeakerBasis.UNNAMED)
        for (paragraph, at), name in reversed(self._history[-_MAX_HISTORY:]):
            if paragraph < place[0] - _MAX_PARAGRAPHS_TO_DOCUMENT:
                break
            low, high = max(0, at - 200), at + 200
            if re.search(rf"\b(?:in|issued|released|sent|read|wrote) (?:an?|the|his|her|its|their) (?:[\w-]+ ){{0,2}}{noun}\b", self._paragraphs[paragraph][low:high]):
                return self._resolve_single([name], SpeakerBasis.DESCRIPTION)
        for number in range(place[0], max(-1, place[0] - _MAX_PARAGRAPHS_TO_DOCUMENT), -1):
            text = self._paragraphs[number][: place[1] if number == place[0] else None]
            issued = re.search(rf"\s{_ISSUED}\s(?:an?|the|his|her|its|their)\s(?:[\w-]+\s){{0,3}}{noun}\b", text)
            issuer = find_phrase_before(text, issued.start()) if issued else None
            if issuer and issuer.kind in (PhraseKind.NAME, PhraseKind.ORGANISATION):
                who = self.resolve(issuer, (number, issuer.start))
                return who._replace(basis=SpeakerBasis.DESCRIPTION) if who.name else who
        return ResolvedSpeaker(phrase.name, "", "", SpeakerBasis.UNNAMED)

    def _resolve_organisation(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve an organisation as printed; `the company` only when one is named nearby."""
        if " " not in phrase.name and not phrase.definite and self._people.find_by_name(phrase.name, place):
            return self._resolve_name(phrase, place)  # Mills, who is Anne Mills
        if len(phrase.name.split()) > 1 or not phrase.definite:
            return ResolvedSpeaker(phrase.name, "", phrase.name, SpeakerBasis.ORGANISATION)
        noun = phrase.name.lower()
        if self._goes_on(phrase, place) and (last := self._find_spoken((0, 0), "it")):
            return self._resolve_single(last, SpeakerBasis.DESCRIPTION)
        spoken = [
            n for n in self._recent_speakers(place) if self._has_spoken_as(n, (SpeakerBasis.ORGANISATION,), many=False)
        ]
        same_noun = [
            n for n in spoken if noun in (n.lower().split()[-1], re.split(r" (?:of|for) ", n.lower())[0].split()[-1])
        ]
        if same_noun:
            return self._resolve_single(same_noun, SpeakerBasis.DESCRIPTION)
        named = self._bodies.find_by_noun(noun, place)
        if not named and noun in FIRM_KINDS:
            named = self._bodies.find_by_noun("company", place)
        if named:
            return ResolvedSpeaker(named, "", named, SpeakerBasis.DESCRIPTION)
        if noun in UNIQUE_BODIES:
            return ResolvedSpeaker(noun, "", noun, SpeakerBasis.ORGANISATION)
        acronyms = [n for n in spoken if n.isupper()]
        if len(acronyms) == 1:
            return self._resolve_single(acronyms, SpeakerBasis.DESCRIPTION)  # the party, that is the ANC
        return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)

    def _recent_speakers(self, place: TextPosition) -> list[str]:
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
        if number not in self._pending_mentions:
            self._pending_mentions[number] = sorted(self._find_names_in(self._bare[number], number), reverse=True)
        left, seen = self._pending_mentions[number], self._mentioned.setdefault(number, {})
        while left and left[-1][0] < at:
            offset, name, plain = left.pop()
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
            return self._people.get(name)
        who = self._speakers[name]
        return Person(who.name, who.role, who.organisation)
