"""Subjects of a verb of saying: before it, behind it, or at the beginning of its sentence."""

import re

from shanxi_cli.extraction.quotes.appositions import find_apposed_name_before
from shanxi_cli.extraction.quotes.attribution_parts import MAX_CONTEXT_CHARACTERS
from shanxi_cli.extraction.quotes.lexicon import PLURAL_ORGANISATION_NOUNS
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_after, find_phrase_before
from shanxi_cli.extraction.quotes.opening_phrase import is_finite_verb, parse_opening_phrase
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.model.quote import SpeechRule

_ASKING_VERBS = frozenset("asked urged reminded informed ordered instructed promised assured reassured warned".split())
"""Verbs whose object behind a comma is a hearer: `the two, for example, asked the attorney`."""


def find_verb_subject(text: str, verb: re.Match[str], before: int) -> tuple[NounPhrase | None, SpeechRule, int]:
    """Return the subject of a verb or None, the rule, and the start of the words of the attribution."""
    if verb.group()[0].isupper():
        first = find_phrase_after(text, verb.end())
        named = first if first and _ends_clause(text, first.end) else None
        return named, SpeechRule.INVERTED, verb.start()
    lead = text[max(0, before - 1) : before]
    if lead in ("'", "’") or text[max(0, before - 2) : before] in ("'s", "’s"):
        return None, SpeechRule.SAID, 0  # a noun: Moss's comments
    if lead in (",", MASK_CHARACTER, "—", "–") or lead in ("?", "!"):
        apposed = find_apposed_name_before(text, before) if lead == "," else None
        if apposed and apposed.kind is PhraseKind.NAME and _begins_clause(text, apposed.start):
            return apposed, SpeechRule.SAID, apposed.lead_start if apposed.lead_start >= 0 else apposed.start
        telling = verb.group() in ("told", "tells", "tell")
        addressed = lead == "," and verb.group() in _ASKING_VERBS
        inverted = None if telling or addressed else find_phrase_after(text, verb.end())
        if inverted and inverted.kind is not PhraseKind.PRONOUN and _ends_clause(text, inverted.end):
            return inverted, SpeechRule.INVERTED, verb.start()
        return (apposed, SpeechRule.SAID, apposed.start) if apposed else (None, SpeechRule.SAID, 0)
    if text.endswith(("and", "but"), 0, before) and _JOINED_PATTERN.search(text, max(0, before - 6), before):
        opening = parse_opening_phrase(text)
        return (opening, SpeechRule.SAID, before) if opening else (None, SpeechRule.SAID, 0)
    if text.endswith(" who", 0, before):
        named = _find_name_before_who(text, before) or find_phrase_before(text, before - 3)
        if named and named.kind is PhraseKind.DESCRIPTION:  # Ida Moss, a nurse, who said
            apposed = find_apposed_name_before(text, before - 4)
            named = apposed if apposed and apposed.kind is PhraseKind.NAME else named
        return (named, SpeechRule.SAID, named.start) if named else (None, SpeechRule.SAID, 0)
    phrase = (
        _find_subject_of_places(text, before)
        or _find_relative_subject(text, before)
        or find_phrase_before(text, before)
    )
    governed = phrase is not None and _follows_preposition(text, phrase)
    if phrase and (governed or phrase.kind not in (PhraseKind.NAME, PhraseKind.PRONOUN)):
        phrase = _find_name_before_open_apposition(text, phrase, before) or (None if governed else phrase)
    return (phrase, SpeechRule.SAID, phrase.start) if phrase else (None, SpeechRule.SAID, 0)


_JOINED_PATTERN = re.compile(r"\b(?:and|but)\Z")
_PREPOSITION_PATTERN = re.compile(r"(?:^|\s)(?:in|at|of|from|near|by|with|for)\s\Z")


def _follows_preposition(text: str, phrase: NounPhrase) -> bool:
    """Return True for the name of `a yard in Oslo`, which is no subject."""
    start = phrase.lead_start if phrase.lead_start >= 0 else phrase.start
    return phrase.kind is PhraseKind.NAME and bool(_PREPOSITION_PATTERN.search(text, max(0, start - 6), start))


_OPEN_APPOSITION_PATTERN = re.compile(r",\s+(?:(?:an?|the|its|his|her|their)\s+[^,;:]{0,60})?\Z")


def _find_name_before_open_apposition(text: str, phrase: NounPhrase, before: int) -> NounPhrase | None:
    """Return the name of `Ida Moss, head of Brightwell, a yard in Oslo said`, where no comma ends the apposition."""
    if not _OPEN_APPOSITION_PATTERN.search(text, max(0, phrase.start - 70), phrase.start):
        return None
    named = find_apposed_name_before(text, before, closed=False)
    full = named and named.kind is PhraseKind.NAME and (named.title or " " in named.name)
    if not named or not full or not _begins_clause(text, named.start):
        return None
    between = text[named.end : phrase.start].split()
    return None if any(is_finite_verb(word) for word in between) else named


_RELATIVE_CLAUSE_PATTERN = re.compile(r"\s(?:who|that)\s(?=(?:\w+ly\s)?\w+)")
_CLAUSE_START_PATTERN = re.compile(rf"[,;:—–{MASK_CHARACTER}]|\b(?:while|but|as|because|although|though)\s")


_PLACE = rf"(?:the )?{CAPITALISED_WORD}(?: (?:the |of )?{CAPITALISED_WORD}){{0,3}}"
_PLACES_PATTERN = re.compile(
    rf"(?P<who>(?:[\w'’-]+ ){{1,4}}?)(?:of|from|in|near) (?P<first>{_PLACE})(?:, {_PLACE})+,? and {_PLACE}\Z"
)


def _find_subject_of_places(text: str, before: int) -> NounPhrase | None:
    """Return the people of `Residents of Ash, Tarn and Lower Mill` that end at a verb and begin a sentence."""
    last = text.rfind(" and ", max(0, before - 60), before) + len(" and ")
    if last < len(" and ") or not text[last : last + 1].isupper() or before > MAX_CONTEXT_CHARACTERS:
        return None
    match = _PLACES_PATTERN.match(text, 0, before) if ", " in text[:last] else None
    people = find_phrase_before(text, match.end("who")) if match else None
    return people if people and people.kind is PhraseKind.PEOPLE else None


def _find_relative_subject(text: str, before: int) -> NounPhrase | None:
    """Return the subject before a relative clause that ends at a verb: `people who left said`; None for none.

    It must begin its clause, and no comma may come between.
    """
    if " who " not in text and " that " not in text:
        return None
    low = max(0, before - MAX_CONTEXT_CHARACTERS)
    starts = [m.end() for m in _CLAUSE_START_PATTERN.finditer(text, low, before)]
    relative = _RELATIVE_CLAUSE_PATTERN.search(text, starts[-1] if starts else low, before)
    if not relative:
        return None
    subject = find_phrase_before(text, relative.start())
    if not subject or subject.kind in (PhraseKind.PRONOUN, PhraseKind.NAME):
        return None
    lead = text[starts[-1] if starts else low : subject.start].split()
    lead = [word for word in lead if word.lower() not in _DETERMINERS]
    return subject if len(lead) < 2 and (starts or low == 0) else None


_DETERMINERS = frozenset("the a an but and yet some".split())


def _find_name_before_who(text: str, before: int) -> NounPhrase | None:
    """Return the name of `Wang Li, who` before `before`, or None."""
    comma = re.search(r",\s*who\Z", text[max(0, before - 8) : before])
    return find_phrase_before(text, max(0, before - 8) + comma.start()) if comma else None


def _begins_clause(text: str, at: int) -> bool:
    """Return True where only a lead comes before a name in its clause.

    A lead is `But`, `In 2020,`, or a quotation.
    """
    lead = text[max(0, at - MAX_CONTEXT_CHARACTERS) : at].rstrip()
    return not lead or lead[-1] in f",;:—–{MASK_CHARACTER}" or len(lead.split()) < 4


def _ends_clause(text: str, at: int) -> bool:
    """Return True where a noun phrase after `said` ends its clause.

    It is the subject then, and does not begin what was said.
    """
    rest = text[at : at + MAX_CONTEXT_CHARACTERS]
    return bool(
        re.match(
            rf"\s*(?:[,.;:)—–{MASK_CHARACTER}]|\Z)|\s+(?:on|in|at|during|when|after|as|while|who|of|via|through|before|last|earlier)\b",
            rest,
        )
    )


def is_plural_subject(subject: NounPhrase) -> bool:
    """Return True for a subject that a verb without s agrees with: `officials say`."""
    return (
        subject.kind is PhraseKind.PEOPLE
        or subject.name in ("they", "we", "I")
        or " and " in subject.name
        or (subject.kind is PhraseKind.ORGANISATION and _is_plural_body(subject.name))
    )


def _is_plural_body(name: str) -> bool:
    head = re.split(r"\s(?:of|for|in|at|from|with)\s", name.lower())[0].split()[-1]
    return head in PLURAL_ORGANISATION_NOUNS or head in ("police", "media", "management")
