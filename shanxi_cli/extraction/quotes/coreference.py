"""Coreference of speakers: the people of an article with role and organisation, and the person a short mention means.

A family name, a pronoun or a description is resolved only where one candidate remains: among the people named before
in the paragraph, else in the paragraph before it. Otherwise the speaker stays open, and its basis says so.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from shanxi_cli.extraction.quotes.article_speakers import ArticleSpeakers, is_plural_description
from shanxi_cli.extraction.quotes.body_index import BodyIndex
from shanxi_cli.extraction.quotes.cue_words import read_words
from shanxi_cli.extraction.quotes.document_speakers import find_document_speaker
from shanxi_cli.extraction.quotes.lexicon import (
    EXECUTIVE_ROLES,
    FIRM_KINDS,
    GIVEN_NAMES,
    JUDGING_VERBS,
    OFFICIAL_ROLES,
    SPEAKING_DOCUMENTS,
    UNIQUE_BODIES,
)
from shanxi_cli.extraction.quotes.mention_timeline import MentionTimeline
from shanxi_cli.extraction.quotes.name_mentions import END, NameMentions
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.people_index import PeopleIndex, TextPosition
from shanxi_cli.extraction.quotes.person_mentions import find_introductions
from shanxi_cli.extraction.quotes.person_names import is_chinese_name
from shanxi_cli.extraction.quotes.pronouns import find_antecedent
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.resolved_speaker import ResolvedSpeaker, choose_basis, head_noun_of
from shanxi_cli.extraction.quotes.roles import gender_of_role, gender_of_title
from shanxi_cli.model.article import Person
from shanxi_cli.model.quote import SpeakerBasis

_LOOSE_NOUNS = frozenset("worker employee labourer laborer man woman native resident veteran youth".split())
"""Nouns for people of many occupations: the worker is a miner."""
_GOES_ON_PATTERN = re.compile(
    r"\s+(?:also\b|(?:then\s+|later\s+)?(?:added|adds|continued|continues|concluded|concludes|went on|goes on)\b)"
)
"""Verbs of who has spoken already."""
_JUDGING_PATTERN = re.compile(
    rf"[^\s,]+(?:\s[A-Z][^\s,]*)*(?:,[^,.]{{2,80}},)?\s(?:(?:has|had|further|also|then|later|\w+ly)\s)*"
    rf"(?:{'|'.join(sorted(JUDGING_VERBS))})\s"
)
_PARTICLE_WORDS = frozenset("von van de del della di da dos du der den bin ibn al el ter ten af av".split())


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
        self._paragraphs = paragraphs
        self._speakers = ArticleSpeakers(self._people, paragraphs)
        self._mentions = NameMentions(paragraphs, self._bare, self._speakers)
        self._timeline = MentionTimeline(self._bare, self._mentions.find_names_in)
        self._bodies = BodyIndex(paragraphs, [*organisations, *self._people.organisations()])

    def record_speaker(self, place: TextPosition, who: ResolvedSpeaker) -> None:
        """Record that a person spoke at a place, so that a pronoun after it may refer to him or her."""
        if who.name:
            self._mentions.record(place, who.name)
            self._speakers.record(place, who)

    def find_opening_person(self, place: TextPosition) -> ResolvedSpeaker | None:
        """Return the person with whom the sentence before a place begins, in its paragraph; None if it has others."""
        paragraph, mentions = next(self._timeline.sentences_before(place), (-1, []))
        text = self._paragraphs[place[0]]
        if paragraph != place[0] or not mentions or text[mentions[-1].offset : place[1]].count(". ") > 1:
            return None
        first = mentions[0]
        alone = first.opens and first.name and not any(one.is_object for one in mentions)
        return self._resolve_single([first.name], SpeakerBasis.FULL_NAME) if alone else None

    def find_opening_judge(self, number: int) -> ResolvedSpeaker | None:
        """Return the person with whom a paragraph of one sentence begins, if a verb of judging follows; else None."""
        text = self._bare[number] if number >= 0 else ""
        if MASK_CHARACTER in text or not text.endswith(".") or ". " in text.replace("Mr. ", "").replace("Ms. ", ""):
            return None
        if JUDGING_VERBS.isdisjoint(read_words(text)):
            return None
        paragraph, mentions = next(self._timeline.sentences_before((number, len(text))), (-1, []))
        if paragraph != number or not mentions[0].opens or not _JUDGING_PATTERN.match(text, mentions[0].offset):
            return None
        return self._resolve_single([mentions[0].name], SpeakerBasis.FULL_NAME)

    def record_speech(self, place: TextPosition, name: str) -> None:
        """Record that a person whom `resolve` has returned speaks on at a place."""
        if name:
            self._speakers.record_speech(place, name)

    def resolve(self, phrase: NounPhrase, place: TextPosition, scope: TextPosition | None = None) -> ResolvedSpeaker:
        """Return the speaker that `phrase`, at a place of the article, refers to.

        A pronoun refers to a person before `scope`: the words that are said before `he said` name others.
        """
        if unnamed := resolve_unnamed(phrase):
            return unnamed
        match phrase.kind:
            case PhraseKind.NAME:
                return self._resolve_name(phrase, place)
            case PhraseKind.PRONOUN:
                return self._resolve_pronoun(phrase, place, scope or place)
            case PhraseKind.ORGANISATION:
                return self._resolve_organisation(phrase, place)
            case _:
                return self._resolve_description(phrase, place)

    def _resolve_name(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        name = phrase.name
        if " and " in name and (pair := self._resolve_pair(name, place)):
            return pair
        gender = gender_of_title(phrase.title)
        if name[:1].islower() or name.split()[0].lower() in _PARTICLE_WORDS:
            name = self._mentions.find_name_with_particle(name, place) or name
        elif (
            " " in name
            and name not in self._people
            and name.split()[0] not in GIVEN_NAMES
            and not is_chinese_name(name)
        ):
            name = self._mentions.find_name_ending(name, place) or name
        if gender:
            self._speakers.set_gender(name, gender)
        if name in self._people or len(name.split()) > 1:
            basis = SpeakerBasis.FULL_NAME if name in self._people else choose_basis(name, phrase)
            person = self._people.get(name) if name in self._people else Person(name)
            role, organisation = person.role or phrase.role, person.organisation or phrase.organisation
            if basis is SpeakerBasis.FULL_NAME:
                self._people.add(name, role, organisation, place)
            return ResolvedSpeaker(name, role, name if basis is SpeakerBasis.ORGANISATION else organisation, basis)
        names = self._people.find_by_name(name, place) or self._people.find_by_name(name, END)
        meant = [self._people.get(full) for full in names]
        if len(meant) == 1:
            return ResolvedSpeaker(
                meant[0].name, meant[0].role or phrase.role, meant[0].organisation, SpeakerBasis.FAMILY_NAME
            )
        if meant:
            return self._resolve_single([self._mentions.choose_namesake(name, gender, place)], SpeakerBasis.FAMILY_NAME)
        if full := self._mentions.longer_names.find(name, place):
            self._people.add(full, phrase.role, phrase.organisation, place)
            return self._resolve_single([full], SpeakerBasis.FAMILY_NAME)
        whole = self._bodies.find_by_word(name)
        if len(whole) == 1 and not phrase.title:
            return ResolvedSpeaker(whole[0], "", whole[0], SpeakerBasis.ORGANISATION)
        return ResolvedSpeaker(name, phrase.role, phrase.organisation, SpeakerBasis.NAME)

    def _resolve_pair(self, name: str, place: TextPosition) -> ResolvedSpeaker | None:
        """Return the two people that `Brandt and Lowther` joins; None where it is one name, as of a firm."""
        full = []
        for one in name.split(" and "):
            known = [one] if one in self._people else self._people.find_by_name(one, place)
            if len(known) != 1:
                return None
            full += known
        return ResolvedSpeaker(" and ".join(full), "", "", SpeakerBasis.UNNAMED)

    def _resolve_pronoun(self, phrase: NounPhrase, place: TextPosition, scope: TextPosition) -> ResolvedSpeaker:
        if phrase.name in ("it", "they"):
            return self._resolve_single(self._speakers.find_spoken(place, phrase.name), SpeakerBasis.PRONOUN)
        speaker = next(
            ((at, name) for at, name in self._speakers.latest_first() if self._speakers.may_be(phrase.name, name)), None
        )
        name = find_antecedent(
            self._timeline,
            scope,
            speaker,
            lambda name: not name or self._speakers.may_be(phrase.name, name),
            goes_on=self._goes_on(phrase, place),
        )
        if name:
            self._speakers.set_gender(name, phrase.name)
        return self._resolve_single([name], SpeakerBasis.PRONOUN)

    def _goes_on(self, phrase: NounPhrase, place: TextPosition) -> bool:
        """Return True before a verb of one who has spoken already: `he added`."""
        return bool(_GOES_ON_PATTERN.match(self._paragraphs[place[0]], phrase.end, phrase.end + 30))

    def _resolve_description(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve `the executive`: people of such a role nearby, else in all of the article before."""
        noun = head_noun_of(phrase.name)
        if noun in SPEAKING_DOCUMENTS:
            return self._resolve_document(phrase, noun, place)
        named, unnamed = self._people.find_by_noun(noun, place), self._speakers.find_unnamed(noun)
        nearby = self._mentions.find_recent(place)
        gender = gender_of_role(noun)
        nearby = [n for n in nearby if not n or not gender or self._speakers.gender_of(n) in ("", gender)]
        near = [n for n in nearby if n and (n in unnamed or self._people.fits(noun, n, place))]
        if not near and noun in FIRM_KINDS and (body := self._bodies.find_by_noun("company", place)):
            return ResolvedSpeaker(body, "", body, SpeakerBasis.DESCRIPTION)
        if "" in nearby and len(set(near)) != 1 and (named or unnamed or noun not in FIRM_KINDS):
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        if not (named or unnamed) and len(nearby) == 1 and self._may_have_role(nearby[0], noun, place):
            near = [n for n in nearby if not is_plural_description(n)]  # the worker, where only a miner was mentioned
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
        name = find_document_speaker(
            noun, place, self._paragraphs, self._speakers, lambda issuer, at: self.resolve(issuer, at).name
        )
        if name and (name in self._people or name in self._speakers):
            return self._resolve_single([name], SpeakerBasis.DESCRIPTION)
        if name:
            return ResolvedSpeaker(name, "", "", SpeakerBasis.DESCRIPTION)
        return ResolvedSpeaker(phrase.name, "", "", SpeakerBasis.UNNAMED)

    def _resolve_organisation(self, phrase: NounPhrase, place: TextPosition) -> ResolvedSpeaker:
        """Resolve an organisation as printed; `the company` only when one is named nearby."""
        if " " not in phrase.name and not phrase.definite and self._people.find_by_name(phrase.name, place):
            return self._resolve_name(phrase, place)  # Mills, who is Anne Mills
        if len(phrase.name.split()) > 1 or not phrase.definite:
            return ResolvedSpeaker(phrase.name, "", phrase.name, SpeakerBasis.ORGANISATION)
        noun = phrase.name.lower()
        if self._goes_on(phrase, place) and (last := self._speakers.find_spoken((0, 0), "it")):
            return self._resolve_single(last, SpeakerBasis.DESCRIPTION)
        if apposed := self._bodies.find_apposed(noun, place):
            return ResolvedSpeaker(apposed, "", apposed, SpeakerBasis.DESCRIPTION)
        spoken = [
            n
            for n in self._mentions.find_recent(place)
            if self._speakers.has_spoken_as(n, (SpeakerBasis.ORGANISATION,), many=False)
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
        acronyms = spoken if noun in FIRM_KINDS else [n for n in spoken if n.isupper()]
        if len(acronyms) == 1:
            return self._resolve_single(acronyms, SpeakerBasis.DESCRIPTION)  # the party, that is the ANC
        return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)

    def _resolve_single(self, names: Iterable[str], basis: SpeakerBasis) -> ResolvedSpeaker:
        """Return the speaker when `names` has exactly one known name; an open one otherwise."""
        candidates = list(dict.fromkeys(names))
        if len(candidates) != 1 or not candidates[0]:
            return ResolvedSpeaker("", "", "", SpeakerBasis.OPEN)
        person = self._speakers.person(candidates[0])
        return ResolvedSpeaker(person.name, person.role, person.organisation, basis)


def resolve_unnamed(phrase: NounPhrase) -> ResolvedSpeaker | None:
    """Return the speaker of a phrase that refers to nobody named in the article: people, or one by an indefinite noun.

    None for a phrase that may refer to somebody.
    """
    if phrase.kind is PhraseKind.PEOPLE or (phrase.kind is PhraseKind.DESCRIPTION and not phrase.definite):
        return ResolvedSpeaker(phrase.name, phrase.role, phrase.organisation, SpeakerBasis.UNNAMED)
    return None
