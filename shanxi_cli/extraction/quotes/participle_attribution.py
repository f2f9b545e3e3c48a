"""Attributions by participles and passives: `Moss praised it, arguing`, `the city is alleging`, `stated by Moss`."""

import re
from collections.abc import Iterable, Iterator

from shanxi_cli.extraction.quotes.attribution_parts import MAX_CONTEXT_CHARACTERS, Attribution
from shanxi_cli.extraction.quotes.cue_words import PARTICIPLES
from shanxi_cli.extraction.quotes.noun_phrase import PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_before
from shanxi_cli.extraction.quotes.opening_phrase import parse_opening_phrase
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.model.quote import SpeechRule

_PARTICIPLES = "|".join(sorted(PARTICIPLES - {"telling", "pointing"})) + "|pointing out"
_STATED_BY_PATTERN = re.compile(
    r"\b[Ii]t (?:is|was|has been|had been) (?:stated|said|reported|announced|claimed|alleged|argued|suggested)"
    r" (?:\w+ )?by (?P<who>[^,;:]{2,60}?) that\s"
)
_PROGRESSIVE_PATTERN = re.compile(
    rf"\s(?:(?:is|are|was|were|has been|have been)\s(?:now\s|also\s|still\s)?)(?:{_PARTICIPLES})[,:]?\s+(?:that\s+)?"
)
_SAYING = (
    rf"\s+(?:and\s+)?(?:{_PARTICIPLES}|telling\s+(?:the\s+)?\w+(?:\s\w+){{0,2}}?)"
    r"(?:\s+(?:on|in)\s+[A-Z]\w+)?[,:]?\s+(?:that\s+)?"
)
_SAYING_CLAUSE_PATTERN = re.compile("," + _SAYING)
_ISSUED_CLAUSE_PATTERN = re.compile("(?:statement|letter|message|email|Twitter|Facebook)" + _SAYING)
_WITH_PATTERN = re.compile(rf"\b[Ww]ith\s(?P<who>[^,;:{MASK_CHARACTER}]{{2,90}}?)\s(?:{_PARTICIPLES})\s+(?:that\s+)?")
_BE = frozenset("is are was were been".split())
_ISSUED_CUES = frozenset("statement letter message email witter acebook".split())
_FINITE_VERB_PATTERN = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|do|did|\w{3,}ed)\b"
)


def find_saying_clause(text: str, words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `Wang praised the plan, saying it would work`.

    The speaker is the noun phrase that begins the sentence.
    """
    matches = list(_SAYING_CLAUSE_PATTERN.finditer(text)) if "," in text else []
    if not _ISSUED_CUES.isdisjoint(words):
        matches += _ISSUED_CLAUSE_PATTERN.finditer(text)
    for match in matches:
        if not _is_clause(match.group(), text[match.end() : match.end() + MAX_CONTEXT_CHARACTERS]):
            continue
        speaker = parse_opening_phrase(text)
        if speaker and speaker.name != "it":
            yield Attribution(speaker, match.start(), match.end(), SpeechRule.SAYING, parenthetical=False)


def find_progressive(text: str, words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `the city is alleging that it was overcharged`."""
    for match in _PROGRESSIVE_PATTERN.finditer(text) if not _BE.isdisjoint(words) else ():
        speaker = find_phrase_before(text, match.start())
        if speaker and _is_clause(match.group(), text[match.end() : match.end() + MAX_CONTEXT_CHARACTERS]):
            yield Attribution(speaker, speaker.start, match.end(), SpeechRule.SAID, parenthetical=False)


def find_absolute(text: str, words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `It passed, with a senator warning that it was too late`."""
    for match in _WITH_PATTERN.finditer(text) if "with" in words or text.startswith("With ") else ():
        rest = text[match.end() : match.end() + MAX_CONTEXT_CHARACTERS]
        speaker = find_phrase_before(text, match.end("who")) if _is_clause(match.group(), rest) else None
        begins = speaker and (speaker.lead_start if speaker.lead_start >= 0 else speaker.start)
        lead = text[match.start("who") : begins].strip().lower() if speaker else ""
        if speaker and lead in ("", "the", "a", "an") and speaker.kind is not PhraseKind.PRONOUN:
            yield Attribution(speaker, match.start(), match.end(), SpeechRule.SAYING, parenthetical=False)


def find_stated_by(text: str, _words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `It was stated by Mr. Moss that it paid`."""
    for match in _STATED_BY_PATTERN.finditer(text) if " by " in text else ():
        speaker = find_phrase_before(text, match.end("who"))
        if speaker:
            yield Attribution(speaker, match.start(), match.end(), SpeechRule.SAID, parenthetical=False)


_FAREWELL_PATTERN = re.compile(r"(?:goodbye|farewell|hello|yes|no|so|nothing|little|thanks?|grace|prayers|jokes)\b")


def _is_clause(cue: str, rest: str) -> bool:
    """Return True where a clause follows `adding`: `adding that it grew`, `adding it grew`, not `adding $2`.

    `saying` and `telling` report whatever follows.
    """
    if _FAREWELL_PATTERN.match(rest):
        return False
    if "that" in cue.split() or rest.startswith(MASK_CHARACTER) or re.search(r"(?:saying|telling\s[\w\s]+)\W*\Z", cue):
        return True
    begins = re.match(r"(?:that|how|he|she|it|they|we|there|his|her|its|their|the|an?|this|these|those|[A-Z])", rest)
    return rest.startswith(MASK_CHARACTER) or bool(begins and _FINITE_VERB_PATTERN.search(rest.split(",")[0]))
