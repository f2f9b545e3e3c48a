"""The record of an attribution, and what the rules that find attributions share."""

import re

from shanxi_cli.extraction.quotes.lexicon import SPEECH_ADVERBS
from shanxi_cli.extraction.quotes.noun_phrase_parser import NounPhrase, find_phrase_before
from shanxi_cli.extraction.quotes.roles import parse_role
from shanxi_cli.model.quote import SpeechRule
from shanxi_cli.util.frozen_record import Record

MAX_CONTEXT_CHARACTERS = 300
"""Characters round an attribution that are looked at, so that a sentence without end takes no longer for each."""
_PASSIVE_PATTERN = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|never|having|as|gets?|got|[\w]+n't)|['’]s)\Z", re.IGNORECASE
)


class Attribution(Record):
    """Who is said to have said something: places half-open, in characters, into the text of the paragraph.

    `start` to `end` are the words of the attribution, speaker and verb; `parenthetical` is True when they stand
    beside what was said and not before it.
    """

    speaker: NounPhrase
    start: int
    end: int
    rule: SpeechRule
    parenthetical: bool


def skip_adverbs_before(text: str, at: int) -> int:
    """Where the words before a verb end that are no adverbs and auxiliaries of it."""
    while True:
        end = at
        while end and text[end - 1].isspace():
            end -= 1
        word = re.search(r"[\w'’-]+\Z", text[max(0, end - 20) : end])
        if not word or not (
            word.group().lower() in SPEECH_ADVERBS or (word.group().endswith("ly") and word.group().islower())
        ):
            return end
        at = end - len(word.group())


def find_apposition_end(text: str, at: int) -> int:
    """Where what is said of a speaker ends, whose name ends at `at`: `said Yang Xia, who founded the company.`"""
    found = re.match(r",\s+(?P<about>[^,;:]{2,200}?)(?=,\s|;|[.!?]?\Z)", text[at : at + MAX_CONTEXT_CHARACTERS])
    told = found and (re.match(r"who(?:se)?\b", found["about"]) or parse_role(found["about"])[0])
    return at + found.end() if found and told else at


def parse_opening_phrase(text: str) -> NounPhrase | None:
    """The noun phrase that a sentence begins with, where it is a name or a pronoun."""
    lead = re.match(r"(?:But|And|However,|Meanwhile,)?\s*", text)
    at = lead.end() if lead else 0
    words = re.match(
        r"(?:[Hh]e|[Ss]he|[Tt]hey|It)\b|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}(?=,?\s[a-z])",
        text[at : at + MAX_CONTEXT_CHARACTERS],
    )
    return find_phrase_before(text, at + words.end()) if words else None


def is_passive_before(text: str, before: int) -> bool:
    """Return True where the words that end at `before` make a passive or an infinitive of the verb after them."""
    return bool(_PASSIVE_PATTERN.search(text, max(0, before - 12), before))
