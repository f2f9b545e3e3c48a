"""The record of an attribution, and the parsing that its rules share."""

import re
from typing import NamedTuple

from shanxi_cli.extraction.quotes.lexicon import LY_NOUNS, SPEECH_ADVERBS
from shanxi_cli.extraction.quotes.noun_classes import has_organisation_noun
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase
from shanxi_cli.extraction.quotes.roles import parse_role
from shanxi_cli.model.quote import SpeechRule

MAX_CONTEXT_CHARACTERS = 300
"""Characters of context read around an attribution, so that its cost does not grow with the sentence."""
_PASSIVE_PATTERN = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|never|having|as|gets?|got|[\w]+n't)|['’]s)\Z", re.IGNORECASE
)
_PASSIVE_ENDINGS = tuple("is are was were be been being to not never having as get gets got n't 's ’s".split())

_ASIDES = (
    "meanwhile|however|though|too|in turn|also|for (?:his|her|its|their) part|on the other hand|in contrast|by contrast"
    "|therefore|instead|nevertheless|in addition|later|then|today|yesterday"
    "|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
"""Words between commas that part a subject from its verb."""
_ASIDE_PATTERN = re.compile(rf",\s+(?:{_ASIDES}),\s*\Z")
_LAST_WORD_PATTERN = re.compile(r"[\w'’-]+\Z")


class Attribution(NamedTuple):
    """A speaker and the words that attribute speech to him or her: half-open, in characters, into the paragraph.

    `start` to `end` are speaker and verb; `parenthetical` is True when they come beside what was said and not before
    it.
    """

    speaker: NounPhrase
    start: int
    end: int
    rule: SpeechRule
    parenthetical: bool


def skip_adverbs_before(text: str, at: int) -> int:
    """Return the end of the text before the adverbs and auxiliaries that precede a verb at `at`."""
    aside = _ASIDE_PATTERN.search(text, max(0, at - 40), at) if text[max(0, at - 2) : at].strip() == "," else None
    if aside:
        at = aside.start()
    while True:
        end = at
        while end and text[end - 1].isspace():
            end -= 1
        gap = text.rfind(" ", max(0, end - 20), end) + 1
        word = _LAST_WORD_PATTERN.search(text, max(gap, end - 20, 0), end)
        if not word or not (
            word.group().lower() in SPEECH_ADVERBS
            or (word.group().endswith("ly") and word.group().islower() and word.group() not in LY_NOUNS)
        ):
            return end
        at = end - len(word.group())


def find_apposition_end(text: str, at: int) -> int:
    """Return the end of the apposition that follows a speaker's name, `at` where there is none.

    `said Yang Xia, who founded the company.`
    """
    match = re.match(r",\s+(?P<about>[^,;:]{2,200}?)(?=,\s|;|[.!?]?\Z)", text[at : at + MAX_CONTEXT_CHARACTERS])
    describes_speaker = match and (
        re.match(r"who(?:se)?\b|of\b|[A-Z.]{2,9}\Z|\d{1,3}\Z", match["about"])
        or parse_role(match["about"])[0]
        or (re.match(r"an?\s", match["about"]) and has_organisation_noun(match["about"]))
    )
    if not match or not describes_speaker:
        return at
    end = at + match.end()
    return find_apposition_end(text, end) if match["about"].isdigit() else end


def is_passive_before(text: str, before: int) -> bool:
    """Return True where the words that end at `before` make a passive or an infinitive of the verb after them."""
    ends = text[max(0, before - 12) : before].lower().endswith(_PASSIVE_ENDINGS)
    return ends and bool(_PASSIVE_PATTERN.search(text, max(0, before - 12), before))
