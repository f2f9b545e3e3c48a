"""Where a sentence says who said it: verbs of saying with their subject, and `according to`.

A sentence is read with its quotations masked. What is found is a speaker, the words of the attribution, and the rule;
whom the speaker means is for `people`, what was quoted for `reading`.

    Yang said (that) ...      ..., Yang said.     Yang Xia, founder of Jinbo Biology, said ...     `X said`
    ..., said Yang Xia, founder of Jinbo Biology                                                   `said X`
    according to Yang         according to data from Taiyuan Customs                               `according to X`
    in the words of Yang                                                                           `in the words of X`
"""

import re
from collections.abc import Iterator

from shanxi_cli.extraction.quotes.appositions import find_apposed_name_before
from shanxi_cli.extraction.quotes.attribution_parts import (
    MAX_CONTEXT_CHARACTERS,
    Attribution,
    find_apposition_end,
    is_passive_before,
    parse_opening_phrase,
    skip_adverbs_before,
)
from shanxi_cli.extraction.quotes.lexicon import DOCUMENT_NOUNS, TELLING_OF_VERBS
from shanxi_cli.extraction.quotes.noun_phrase_parser import PhraseKind, find_phrase_after, find_phrase_before
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.verb_attribution import find_verb_attributions
from shanxi_cli.model.quote import SpeechRule
from shanxi_cli.util.frozen_record import replace_fields

_TELLING_OF_PATTERN = re.compile(r"\b(?:(?:" + "|".join(sorted(TELLING_OF_VERBS)) + r")\s+of|puts?\s+it)\b")
_QUOTED_AS_SAYING_PATTERN = re.compile(r"\b(?:is|are|was|were)\s+quoted\s+(?:by\s+[^,;]{2,40}?\s+)?as\s+saying\b")
_CALLED_IT_PATTERN = re.compile(
    r"\b(?:called|calls|described|describes)\s+(?:it|this|that|them|him|her|the|his|their)\b"
    r"|\b(?:described|describes)\s+[^,.;:]{2,60}?\s+as\b"
)
_ACCORDING_TO_PATTERN = re.compile(r"\b[Aa]ccording to\s+")
_IN_WORDS_OF_PATTERN = re.compile(r"\b[Ii]n the (?:words|view|opinion) of\s+")
_DOCUMENT_PATTERN = re.compile(
    r"(?:(?:the|an?|its|their|new|latest|official|recent|preliminary|local)\s+){0,3}(?:[\w-]+\s+){0,2}?(?:"
    + "|".join(sorted(DOCUMENT_NOUNS))
    + r")\s+(?:(?:\w+\s+)?(?:released|provided|issued|published|compiled|collected|announced|made public)\s+"
    r"(?:(?:on|in)\s+[^,]{2,20}\s+)?by|from|of|by)\s+"
)
_CLAUSE_BOUNDARY_PATTERN = re.compile(r";|,?\s\b(?:but|while|whereas|though|although|and)\s\Z")
_PARENTHESIS_PATTERN = re.compile(r"(?<=\w)\s\([^()]{1,40}\)")
_DASHED_ASIDE_PATTERN = re.compile(
    r"(?<=\w) [—–] (?P<about>[^—–,;.]{2,80}) [—–] (?=(?:also\s)?(?:sa(?:id|ys?)|to?ld|tells)\b)"
)
_IN_NAMED_WORDS_PATTERN = re.compile(
    rf"\b[Ii]n (?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{0,2}}?)['’]s? (?:own )?(?:words|view|opinion)\b"
)
_SAYING_CLAUSE_PATTERN = re.compile(
    r",\s+(?:saying|adding|noting|explaining|stressing|telling\s+\w+(?:\s\w+)?)\s+(?:that\s+)?"
)


def find_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """The attributions of the sentence `start` to `end` of `text`, whose quotations are masked, in their order.

    What is reported inside a clause that was reported already (`Yang said the bureau said`) is left out.
    """
    sentence = _mask_asides(text[start:end])
    found = sorted(
        [
            *find_verb_attributions(sentence),
            *_find_telling_of(sentence),
            *_find_according_to(sentence),
            *_find_in_words_of(sentence),
            *_find_saying_clause(sentence),
        ],
        key=lambda a: (a.start, -a.end),
    )
    kept: list[Attribution] = []
    reported = 0  # where the clause begins that is reported last, by an attribution before it
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        if reported and not _is_clause_boundary(
            sentence[max(reported, one.start - MAX_CONTEXT_CHARACTERS) : one.start]
        ):
            continue
        kept.append(one)
        if not one.parenthetical:
            reported = one.end
    return [_shift_attribution(one, start) for one in kept]


def _mask_asides(sentence: str) -> str:
    """The sentence, as long as it was, without what is in parentheses, and with commas for dashes before a verb."""
    sentence = _PARENTHESIS_PATTERN.sub(lambda found: " " * len(found.group()), sentence)
    return _DASHED_ASIDE_PATTERN.sub(lambda found: f",  {found['about']},  ", sentence)


def _shift_attribution(one: Attribution, by: int) -> Attribution:
    speaker = replace_fields(one.speaker, start=one.speaker.start + by, end=one.speaker.end + by)
    return replace_fields(one, speaker=speaker, start=one.start + by, end=one.end + by)


def _is_clause_boundary(between: str) -> bool:
    return MASK_CHARACTER in between or bool(_CLAUSE_BOUNDARY_PATTERN.search(between))


def _find_in_words_of(text: str) -> Iterator[Attribution]:
    """`in Yang's words`."""
    for found in _IN_NAMED_WORDS_PATTERN.finditer(text):
        speaker = find_phrase_before(text, found.end("name"))
        if speaker and speaker.kind is PhraseKind.NAME:
            yield Attribution(speaker, found.start(), found.end(), SpeechRule.IN_THE_WORDS, parenthetical=True)


def _find_telling_of(text: str) -> Iterator[Attribution]:
    """`Riseph tells of a welcome`, `Niu called it a big deal`."""
    for pattern in (_TELLING_OF_PATTERN, _CALLED_IT_PATTERN, _QUOTED_AS_SAYING_PATTERN):
        for verb in pattern.finditer(text):
            before = skip_adverbs_before(text, verb.start())
            if is_passive_before(text, before):
                continue
            subject = find_apposed_name_before(text, before) or find_phrase_before(text, before)
            if subject and subject.kind is not PhraseKind.ORGANISATION:
                if pattern is _CALLED_IT_PATTERN and subject.name == "it":
                    continue
                end = text.index(" ", verb.start()) if pattern is _CALLED_IT_PATTERN else verb.end()
                yield Attribution(subject, subject.start, end, SpeechRule.SAID, parenthetical=False)


def _find_according_to(text: str) -> Iterator[Attribution]:
    for pattern, rule in (
        (_ACCORDING_TO_PATTERN, SpeechRule.ACCORDING),
        (_IN_WORDS_OF_PATTERN, SpeechRule.IN_THE_WORDS),
    ):
        for found in pattern.finditer(text):
            document = _DOCUMENT_PATTERN.match(text, found.end())
            at = document.end() if document and rule is SpeechRule.ACCORDING else found.end()
            speaker = find_phrase_after(text, at)
            if speaker and (not document or speaker.kind in (PhraseKind.ORGANISATION, PhraseKind.NAME)):
                yield Attribution(
                    speaker, found.start(), find_apposition_end(text, speaker.end), rule, parenthetical=True
                )


def _find_saying_clause(text: str) -> Iterator[Attribution]:
    """`Wang praised the plan, saying it would work`: of whom the sentence begins with."""
    for found in _SAYING_CLAUSE_PATTERN.finditer(text):
        speaker = parse_opening_phrase(text)
        if speaker and speaker.kind is not PhraseKind.ORGANISATION and speaker.name != "it":
            yield Attribution(speaker, found.start(), found.end(), SpeechRule.SAYING, parenthetical=False)
