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
from shanxi_cli.extraction.quotes.lexicon import (
    CLAUSE_VERBS,
    DOCUMENT_NOUNS,
    REPORTING_VERBS,
    SAYING_VERBS,
    SPEECH_ADVERBS,
    TELLING_OF_VERBS,
)
from shanxi_cli.extraction.quotes.noun_phrase_parser import (
    NounPhrase,
    PhraseKind,
    find_phrase_after,
    find_phrase_before,
)
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.roles import parse_role
from shanxi_cli.model.quote import SpeechRule
from shanxi_cli.util.frozen_record import Record, replace_fields


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


_REPORTING_VERB_PATTERN = re.compile(r"\b(?:" + "|".join(sorted(SAYING_VERBS | REPORTING_VERBS)) + r")\b")
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
_PASSIVE_PATTERN = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|never|having|as|gets?|got|[\w]+n't)|['’]s)\Z", re.IGNORECASE
)
_THAT_CLAUSE_PATTERN = re.compile(r"(?:\s*,)?\s+(?:that|how|why|what|whether|if)\b")
_CLAUSE_PATTERN = re.compile(
    r"\s+(?:[\w'’$%,.-]+\s+){0,12}?(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|do|did)\b"
)
_NO_CLAUSE_PATTERN = re.compile(
    r"\s+(?:to|for|on|in|at|by|with|about|of|up|out|two|three|a further|another|more|from|as)\b"
)
_NOUN_USE_PATTERN = re.compile(r"\s+(?:and|or|is|are|was|were|has|have|had|will|would|can|could)\b")
"""After a word that is a noun as well: `Timing estimates are given`."""
_OUT_PATTERN = re.compile(r"\s+out\b")
_OBJECT_PATTERN = re.compile(
    r"\s+(?:us|me|him|her|them|(?:the\s+)?(?:reporters?|media|press|journalists?|newspaper)|"
    r"(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}|(?:a|the)\s+[\w\s-]{3,40}?)(?=\s+(?:that|how|why|on|in|at|during|after|via)|[,.:]|\Z)"
)
_NO_CONTENT_PATTERN = re.compile(
    r"\s+(?:goodbye|hello|farewell|yes|sorry|thank(?:s| you)|nothing|little|so|no more|a few words|much|a lot|"
    r"something|anything)\b"
)
_MAX_CONTEXT_CHARACTERS = 300
"""Characters round an attribution that are looked at, so that a sentence without end takes no longer for each."""
_CLAUSE_BOUNDARY_PATTERN = re.compile(r";|,?\s\b(?:but|while|whereas|though|although|and)\s\Z")


def find_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """The attributions of the sentence `start` to `end` of `text`, whose quotations are masked, in their order.

    What is reported inside a clause that was reported already (`Yang said the bureau said`) is left out.
    """
    sentence = _mask_asides(text[start:end])
    found = sorted(
        [
            *_find_verb_attributions(sentence),
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
            sentence[max(reported, one.start - _MAX_CONTEXT_CHARACTERS) : one.start]
        ):
            continue
        kept.append(one)
        if not one.parenthetical:
            reported = one.end
    return [_shift_attribution(one, start) for one in kept]


_PARENTHESIS_PATTERN = re.compile(r"(?<=\w)\s\([^()]{1,40}\)")
_DASHED_ASIDE_PATTERN = re.compile(
    r"(?<=\w) [—–] (?P<about>[^—–,;.]{2,80}) [—–] (?=(?:also\s)?(?:sa(?:id|ys?)|to?ld|tells)\b)"
)


def _mask_asides(sentence: str) -> str:
    """The sentence, as long as it was, without what is in parentheses, and with commas for dashes before a verb."""
    sentence = _PARENTHESIS_PATTERN.sub(lambda found: " " * len(found.group()), sentence)
    return _DASHED_ASIDE_PATTERN.sub(lambda found: f",  {found['about']},  ", sentence)


def _shift_attribution(one: Attribution, by: int) -> Attribution:
    speaker = replace_fields(one.speaker, start=one.speaker.start + by, end=one.speaker.end + by)
    return replace_fields(one, speaker=speaker, start=one.start + by, end=one.end + by)


def _is_clause_boundary(between: str) -> bool:
    return MASK_CHARACTER in between or bool(_CLAUSE_BOUNDARY_PATTERN.search(between))


def _find_verb_attributions(text: str) -> Iterator[Attribution]:
    for verb in _REPORTING_VERB_PATTERN.finditer(text):
        if verb.start() and text[verb.start() - 1] in "-'’":
            continue
        before = _skip_adverbs_before(text, verb.start())
        if _PASSIVE_PATTERN.search(text, max(0, before - 12), before):
            continue
        yield from _attributions_of_verb(text, verb, before)


def _skip_adverbs_before(text: str, at: int) -> int:
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


def _attributions_of_verb(text: str, verb: re.Match[str], before: int) -> Iterator[Attribution]:
    word = verb.group()
    subject, rule, left = _find_subject(text, verb, before)
    if subject is None:
        return
    after = verb.end()
    if rule is SpeechRule.INVERTED:
        after = subject.end
    elif word.startswith("told") or word in ("tells", "tell"):
        told = _OBJECT_PATTERN.match(text, after)
        if not told:
            return
        after = told.end()
    elif word.startswith("point"):
        out = _OUT_PATTERN.match(text, after)
        if not out:
            return
        after = out.end()
    if word in ("say", "tell", "argue", "believe", "think", "hope") and not _is_plural_subject(subject):
        return
    begins = min(subject.start, left)
    parenthetical = rule is SpeechRule.INVERTED or _is_parenthetical(text, begins, after)
    if not _reports_something(text, word, after, parenthetical, begins):
        return
    end = _find_apposition_end(text, subject.end) if rule is SpeechRule.INVERTED else max(after, subject.end)
    yield Attribution(subject, begins, end, rule, parenthetical)


def _find_apposition_end(text: str, at: int) -> int:
    """Where what is said of a speaker ends, whose name ends at `at`: `said Yang Xia, who founded the company.`"""
    found = re.match(r",\s+(?P<about>[^,;:]{2,200}?)(?=,\s|;|[.!?]?\Z)", text[at : at + _MAX_CONTEXT_CHARACTERS])
    told = found and (re.match(r"who(?:se)?\b", found["about"]) or parse_role(found["about"])[0])
    return at + found.end() if found and told else at


def _find_subject(text: str, verb: re.Match[str], before: int) -> tuple[NounPhrase | None, SpeechRule, int]:
    """The subject of a verb, the rule, and where the words of the attribution begin."""
    lead = text[max(0, before - 1) : before]
    if lead in (",", MASK_CHARACTER, "—", "–") or lead in ("?", "!"):
        apposed = find_apposed_name_before(text, before) if lead == "," else None
        if apposed and apposed.kind is PhraseKind.NAME and _begins_clause(text, apposed.start):
            return apposed, SpeechRule.SAID, apposed.lead if apposed.lead >= 0 else apposed.start
        inverted = find_phrase_after(text, verb.end())
        if inverted and inverted.kind is not PhraseKind.PRONOUN and _ends_clause(text, inverted.end):
            return inverted, SpeechRule.INVERTED, verb.start()
        return (apposed, SpeechRule.SAID, apposed.start) if apposed else (None, SpeechRule.SAID, 0)
    shared = re.search(r"(?:,\s*)?\b(?:and|but)\Z", text[max(0, before - 6) : before])
    if shared:
        opening = _parse_opening_phrase(text)
        return (opening, SpeechRule.SAID, before) if opening else (None, SpeechRule.SAID, 0)
    if re.search(r"\bwho\Z", text[max(0, before - 4) : before]):
        named = find_phrase_before(text, before - 3)
        named = _find_name_before_who(text, before) or named
        return (named, SpeechRule.SAID, named.start) if named else (None, SpeechRule.SAID, 0)
    found = find_phrase_before(text, before)
    return (found, SpeechRule.SAID, found.start) if found else (None, SpeechRule.SAID, 0)


def _find_name_before_who(text: str, before: int) -> NounPhrase | None:
    """`Wang Li, who` before `before`: the name."""
    comma = re.search(r",\s*who\Z", text[max(0, before - 8) : before])
    return find_phrase_before(text, max(0, before - 8) + comma.start()) if comma else None


def _begins_clause(text: str, at: int) -> bool:
    """True where nothing but a lead (`But`, `In 2020,`, a quotation) stands before a name in its clause."""
    lead = text[max(0, at - _MAX_CONTEXT_CHARACTERS) : at].rstrip()
    return not lead or lead[-1] in f",;:—–{MASK_CHARACTER}" or len(lead.split()) < 4


def _parse_opening_phrase(text: str) -> NounPhrase | None:
    """The noun phrase that a sentence begins with, where it is a name or a pronoun."""
    lead = re.match(r"(?:But|And|However,|Meanwhile,)?\s*", text)
    at = lead.end() if lead else 0
    words = re.match(
        r"(?:[Hh]e|[Ss]he|[Tt]hey|It)\b|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}(?=,?\s[a-z])",
        text[at : at + _MAX_CONTEXT_CHARACTERS],
    )
    return find_phrase_before(text, at + words.end()) if words else None


def _ends_clause(text: str, at: int) -> bool:
    """True where a noun phrase after `said` ends its clause: it is the subject, and does not begin what was said."""
    rest = text[at : at + _MAX_CONTEXT_CHARACTERS]
    return bool(
        re.match(
            rf"\s*(?:[,.;:)—–{MASK_CHARACTER}]|\Z)|\s+(?:on|in|at|during|when|after|as|while|who|of|via|through|before|last|earlier)\b",
            rest,
        )
    )


def _is_plural_subject(subject: NounPhrase) -> bool:
    return (
        subject.kind is PhraseKind.PEOPLE
        or subject.name in ("they", "we", "I")
        or " and " in subject.name
        or (subject.kind is PhraseKind.ORGANISATION and subject.name.lower().endswith("authorities"))
    )


def _is_parenthetical(text: str, begins: int, after: int) -> bool:
    """True when the attribution stands after a comma or a quotation and is followed by an end, a comma or a tail."""
    lead = text[max(0, begins - _MAX_CONTEXT_CHARACTERS) : begins].rstrip()
    opened = lead.endswith((",", MASK_CHARACTER, "—", "–", "?", "!", ";")) or not lead
    closed = re.match(
        rf"\s*(?:[,.;:)—–]|{MASK_CHARACTER}|\Z)|\s+(?:in an?|at an?|on\s+[A-Z]|during|when|as he|as she|with"
        r" a|while)\b",
        text[after : after + _MAX_CONTEXT_CHARACTERS],
    )
    return bool(opened and closed and lead)


def _reports_something(text: str, word: str, after: int, parenthetical: bool, begins: int) -> bool:
    """True when something is reported: a quotation beside it, a clause, or what the attribution stands aside from."""
    rest, lead = (
        text[after : after + 2 * _MAX_CONTEXT_CHARACTERS],
        text[max(0, begins - _MAX_CONTEXT_CHARACTERS) : begins],
    )
    if parenthetical:
        return MASK_CHARACTER in lead or MASK_CHARACTER in rest or len(lead.split()) + len(rest.split()) > 1
    if re.match(rf"\s*(?:[,:]\s*)?{MASK_CHARACTER}", rest):
        return True
    if _NO_CONTENT_PATTERN.match(rest):
        return False
    if word in SAYING_VERBS:
        return len(rest.split()) > 1 or MASK_CHARACTER in lead or rest.rstrip().endswith(":")
    if rest.rstrip().endswith(":") and len(rest.split()) < 6:
        return True
    if _THAT_CLAUSE_PATTERN.match(rest):
        return True
    return (
        word in CLAUSE_VERBS
        and not _NO_CLAUSE_PATTERN.match(rest)
        and not _NOUN_USE_PATTERN.match(rest)
        and bool(_CLAUSE_PATTERN.match(rest))
    )


_IN_NAMED_WORDS_PATTERN = re.compile(
    rf"\b[Ii]n (?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{0,2}}?)['’]s? (?:own )?(?:words|view|opinion)\b"
)


def _find_in_words_of(text: str) -> Iterator[Attribution]:
    """`in Yang's words`."""
    for found in _IN_NAMED_WORDS_PATTERN.finditer(text):
        speaker = find_phrase_before(text, found.end("name"))
        if speaker and speaker.kind is PhraseKind.NAME:
            yield Attribution(speaker, found.start(), found.end(), SpeechRule.IN_THE_WORDS, True)


def _find_telling_of(text: str) -> Iterator[Attribution]:
    """`Riseph tells of a welcome`, `Niu called it a big deal`."""
    for pattern in (_TELLING_OF_PATTERN, _CALLED_IT_PATTERN, _QUOTED_AS_SAYING_PATTERN):
        for verb in pattern.finditer(text):
            before = _skip_adverbs_before(text, verb.start())
            if _PASSIVE_PATTERN.search(text, max(0, before - 12), before):
                continue
            subject = find_apposed_name_before(text, before) or find_phrase_before(text, before)
            if subject and subject.kind is not PhraseKind.ORGANISATION:
                if pattern is _CALLED_IT_PATTERN and subject.name == "it":
                    continue
                end = text.index(" ", verb.start()) if pattern is _CALLED_IT_PATTERN else verb.end()
                yield Attribution(subject, subject.start, end, SpeechRule.SAID, False)


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
                yield Attribution(speaker, found.start(), _find_apposition_end(text, speaker.end), rule, True)


_SAYING_CLAUSE_PATTERN = re.compile(
    r",\s+(?:saying|adding|noting|explaining|stressing|telling\s+\w+(?:\s\w+)?)\s+(?:that\s+)?"
)


def _find_saying_clause(text: str) -> Iterator[Attribution]:
    """`Wang praised the plan, saying it would work`: of whom the sentence begins with."""
    for found in _SAYING_CLAUSE_PATTERN.finditer(text):
        speaker = _parse_opening_phrase(text)
        if speaker and speaker.kind is not PhraseKind.ORGANISATION and speaker.name != "it":
            yield Attribution(speaker, found.start(), found.end(), SpeechRule.SAYING, False)
