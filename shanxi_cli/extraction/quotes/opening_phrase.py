"""The noun phrase that begins a sentence, as the subject of a verb further on: `Moss praised it and said ...`."""

import re

from shanxi_cli.extraction.quotes.lexicon import AUXILIARIES, FULL_STOP, GIVEN_NAMES
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_before, parse_noun_phrase
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.util.lexicon import load_terms

_MAX_CHARACTERS = 300
_LEAD_PATTERN = re.compile(
    r"(?:[A-Z][A-Z.'’ -]{2,}(?:, [A-Z][\w.]+)?(?:,? [A-Z][a-z]+\.? \d{1,2})? ?(?:\([\w /]+\))?\s*[-—–:]+\s*"
    r"|[A-Z][\w.]+(?: [A-Z][\w.]+)?, [A-Z][a-z]+\.? \d{1,2} (?:\([\w /]+\) ?[-—–:]*|[-—–:]+)\s*)?"
    r"(?:(?:But|And|Yet|So|However,|Meanwhile,|Instead,|Still,|Earlier,|Later,|Then)\s)?\s*"
)
"""A dateline and a conjunction."""
_ADVERBIAL_PATTERN = re.compile(
    r"(?:In|On|At|During|After|Before|Following|When|While|As|Asked|Speaking|Writing|Appearing|Responding|Last|Earlier|"
    rf"This|while|when|as|after|before|during|By|For|With|Near|Outside|Inside|Among|Under|From|To|[A-Z][a-z]+ing|[A-Z][a-z]+ed|Despite|Since|Until|Because|Although|Though)\b[^,;:{MASK_CHARACTER}]{{2,120}},\s+"
)
_NAME_PATTERN = re.compile(
    r"(?:[Hh]e|[Ss]he|[Tt]hey|It)\b|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}(?=,?\s[a-z])",
)
_WORD_PATTERN = re.compile(r"\S+")
_STOP_PATTERN = re.compile(rf"[,;:()—–{MASK_CHARACTER}]|{FULL_STOP}\s")
_MAX_WORDS = 14
_MAX_ADVERBIALS = 3
_NO_SUBJECTS = load_terms("extraction/adverbial_openers")
_PAST_VERBS = load_terms("extraction/past_verbs")


def parse_opening_phrase(text: str) -> NounPhrase | None:
    """Return the noun phrase that begins a sentence as the subject of its first verb; None for none.

    A conjunction or an adverbial up to a comma may come before it: `But Moss`, `In a letter, the mayor`.
    """
    lead = _LEAD_PATTERN.match(text)
    at = lead.end() if lead else 0
    ends = [at]
    while len(ends) < _MAX_ADVERBIALS and (adverbial := _ADVERBIAL_PATTERN.match(text, ends[-1])):
        ends.append(adverbial.end())
    return next((phrase for end in reversed(ends) if (phrase := _parse_subject(text, end))), None)


def _parse_subject(text: str, at: int) -> NounPhrase | None:
    words = _NAME_PATTERN.match(text, at, at + _MAX_CHARACTERS)
    if words and _begins_adverbial(words.group().split()[0]):
        return None
    colon = text.find(":", at, at + _MAX_CHARACTERS)
    whole = text[at:colon].rstrip() if colon >= 0 else ""
    if whole and len(whole.split()) < _MAX_WORDS and (phrase := parse_noun_phrase(whole, at)):
        return phrase
    stop = _STOP_PATTERN.search(text, at, at + _MAX_CHARACTERS)
    end = stop.start() if stop else min(len(text), at + _MAX_CHARACTERS)
    tokens = list(_WORD_PATTERN.finditer(text, at, end))[: _MAX_WORDS + 1]
    for n, token in enumerate(tokens):
        if n and is_finite_verb(token.group()):
            if phrase := parse_noun_phrase(text[at : tokens[n - 1].end()], at):
                return phrase
            break
    if words and (named := find_phrase_before(text, words.end())) and named.start <= at + 1:
        return named
    if stop and tokens and text[stop.start()] in ",(:":  # an apposition behind it: `The mayor, a farmer, opened it`
        return parse_noun_phrase(text[at : tokens[-1].end()], at) if len(tokens) <= _MAX_WORDS else None
    return None


def _begins_adverbial(word: str) -> bool:
    """Return True for `Walking`, `Last` and `On`; `Irving` and `Manning` are given names."""
    return (len(word) > 5 and word.endswith("ing") and word not in GIVEN_NAMES) or word in _NO_SUBJECTS


def is_finite_verb(word: str) -> bool:
    """Return True for a form in the past or an auxiliary, which ends the subject before it."""
    return word in AUXILIARIES or word in _PAST_VERBS or (len(word) > 4 and word.endswith("ed") and word.islower())
