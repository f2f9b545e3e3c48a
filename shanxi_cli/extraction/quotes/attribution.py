"""Attributions of a sentence: verbs of saying with their subject, and `according to`.

A sentence is read with its quotations masked. An attribution has a speaker, its words, and the rule that found it;
`coreference` resolves the speaker, `pipeline` adds what was said.

    Yang said (that) ...      ..., Yang said.     Yang Xia, founder of Jinbo Biology, said ...     `X said`
    ..., said Yang Xia, founder of Jinbo Biology                                                   `said X`
    according to Yang         according to data from Taiyuan Customs                               `according to X`
    in the words of Yang                                                                           `in the words of X`
"""

import re
from collections.abc import Callable, Iterable, Iterator

from shanxi_cli.extraction.quotes.appositions import find_apposed_name_before
from shanxi_cli.extraction.quotes.attribution_parts import (
    MAX_CONTEXT_CHARACTERS,
    Attribution,
    find_apposition_end,
    is_passive_before,
    skip_adverbs_before,
)
from shanxi_cli.extraction.quotes.cue_words import (
    ACCORDING_CUES,
    PARTICIPLES,
    TELLING_CUES,
    VERB_CUES,
    WORDS_CUES,
    has_attribution_cue,
    read_words,
)
from shanxi_cli.extraction.quotes.lexicon import DOCUMENT_NOUNS, TELLING_OF_VERBS, TITLE_ALTERNATIVES
from shanxi_cli.extraction.quotes.noun_classes import names_organisation
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_after, find_phrase_before
from shanxi_cli.extraction.quotes.opening_phrase import is_finite_verb, parse_opening_phrase
from shanxi_cli.extraction.quotes.participle_attribution import (
    find_absolute,
    find_progressive,
    find_saying_clause,
    find_stated_by,
)
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.verb_attribution import find_verb_attributions
from shanxi_cli.model.quote import SpeechRule

_TELLING_OF_PATTERN = re.compile(r"\b(?:(?:" + "|".join(sorted(TELLING_OF_VERBS)) + r")\s+of|puts?\s+it)\b")
_QUOTED_AS_SAYING_PATTERN = re.compile(r"\b(?:is|are|was|were)\s+quoted\s+(?:by\s+[^,;]{2,40}?\s+)?as\s+saying\b")
_CALLED_IT_PATTERN = re.compile(
    r"\b(?:called|calls|described|describes)\s+(?:it|this|that|them|him|her)\s+(?:an?|the|one|\ue000)"
    r"|\b(?:called|calls|described|describes)\s+(?:the|his|their|her|its)\s[^,.;:\ue000]{2,60}?\s(?:an?\s|\ue000)"
    r"|\b(?:described|describes)\s+(?!\w+sel(?:f|ves)\b)[^,.;:]{2,60}?\s+as\b"
)
_OPINION_PATTERN = re.compile(
    r"\b(?:express(?:ed|es)?|voiced?|voices|gave|gives|conveyed|repeated|stated|offered)\s+(?:(?:the|an?|his|her|their|its|"
    r"some|great|grave|serious|deep|strong)\s+){0,3}(?:opinion|view|belief|hopes?|fears?|concerns?|conviction|confidence|"
    r"assurances?|doubts?|regret|surprise|warning)\s+that\b"
)
"""Nouns of saying: `expressed the opinion that it was over`."""
_GOING_ON_PATTERN = re.compile(
    r"\b(?:(?:went|goes)\s+on|(?:shot|fired|hit|wrote|shouted|yelled|called|snapped)\s+back|chimed\s+in|cut\s+in|weighed\s+in)"
    rf"(?:\s+to\s+(?:say|add|explain|argue|claim|note|write))?(?=[:,]?\s*{MASK_CHARACTER}|[,.]|\s*\Z)"
)
_PATTERN_CUES = (
    (
        _OPINION_PATTERN,
        re.compile(r"\b(?:opinion|view|belie|hope|fear|concern|convic|confid|assur|doubt|regret|surpris|warn)"),
    ),
    (_GOING_ON_PATTERN, re.compile("(?:on|back|in)")),
    (_TELLING_OF_PATTERN, re.compile("(?:" + "|".join(sorted(TELLING_OF_VERBS)) + r")\s+of|put")),
    (_CALLED_IT_PATTERN, re.compile("call|describe")),
    (_QUOTED_AS_SAYING_PATTERN, re.compile("quoted")),
)
"""Patterns with words of which a sentence has one where they match: a search for words is much faster."""
_ACCORDING_TO_PATTERN = re.compile(r"\b[Aa]ccording to\s+|\A(?:As )?[Pp]er\s+(?=[A-Z])")
_SIGNATURE_PATTERN = re.compile(rf"{MASK_CHARACTER}\s*[-—–]{{1,2}}\s*(?=[^\W\d_a-z])")
_IN_WORDS_OF_PATTERN = re.compile(r"\b[Ii]n the (?:words|view|opinion) of\s+")
_DOCUMENT_PATTERN = re.compile(
    r"(?:(?:the|an?|its|their|new|latest|official|recent|preliminary|local)\s+){0,3}(?:[\w-]+\s+){0,2}?(?:"
    + "|".join(sorted(DOCUMENT_NOUNS))
    + r")\s+(?:(?:\w+\s+)?(?:released|provided|issued|published|compiled|collected|announced|made public)\s+"
    r"(?:(?:(?:on|in|last|this|earlier)\s+[^,]{2,20}|today|to-day|yesterday|earlier|[A-Z][a-z]+day)\s+)?by|from|of|by)\s+"
)
_OWN_DOCUMENT_PATTERN = re.compile(
    r"(?P<owner>(?:[Tt]he\s+)?[A-Z][\w&.-]*(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?[A-Z][\w&.-]*)*)['’]s?\s+"
    r"(?:[a-z][\w-]*\s+){0,3}?(?:" + "|".join(sorted(DOCUMENT_NOUNS)) + r")(?![\w-])"
)
"""`the Bank of Norland's latest figures`"""
_CLAUSE_BOUNDARY_PATTERN = re.compile(r";|,?\s\b(?:but|while|whereas|though|although|and)\s\Z")
_PARENTHESIS_PATTERN = re.compile(r"(?<=[\w.])\s\([^()]{1,40}\)")
_NAMED_ASIDE_PATTERN = re.compile(
    rf"(?<=[a-z]) \((?P<name>{TITLE_ALTERNATIVES}\s[^()]{{2,40}})\)"
    r"(?=\s(?:\w+ly\s|also\s)?(?:said|says|replied|asked|stated))"
)
"""`The Prime Minister (Mr. Baldwin) said`"""
_DASHED_ASIDE_PATTERN = re.compile(
    r"(?<=\w) [—–] (?P<about>[^—–,;.]{2,80}) [—–] (?=(?:also\s)?(?:sa(?:id|ys?)|to?ld|tells)\b)"
)
_IN_NAMED_WORDS_PATTERN = re.compile(
    rf"\b[Ii]n (?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{0,2}}?)['’]s? (?:own )?(?:words|view|opinion)\b"
)
_COLON_PATTERN = re.compile(rf":\s*(?={MASK_CHARACTER}{{20}})")


def find_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """Return the attributions of the sentence `start` to `end` of `text` in order; its quotations are masked.

    Speech inside a clause that is reported already (`Yang said the bureau said`) is left out.
    """
    sentence = text[start:end]
    found_words = read_words(sentence)
    quoted = MASK_CHARACTER in sentence
    if not quoted and not has_attribution_cue(found_words):
        return []
    cues = frozenset(found_words)
    sentence = _mask_asides(sentence)
    candidates = [found for needed, find in _FINDERS if not needed.isdisjoint(cues) for found in find(sentence, cues)]
    if quoted:
        candidates += _find_signature(sentence)
    candidates.sort(key=lambda a: (a.start, -a.end))
    if not candidates and quoted:
        candidates = list(_find_before_colon(sentence))
    kept: list[Attribution] = []
    reported = 0  # where the clause begins that is reported last, by an attribution before it
    for attribution in candidates:
        if kept and attribution.start < kept[-1].end:
            continue
        if reported and not _is_clause_boundary(
            sentence[max(reported, attribution.start - MAX_CONTEXT_CHARACTERS) : attribution.start]
        ):
            continue
        kept.append(attribution)
        if not attribution.parenthetical:
            reported = attribution.end
    return [_shift_attribution(attribution, start) for attribution in kept] if start else kept


def find_bare_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """Return the attributions of a sentence of a text without a word of an attribution: by a colon or a signature."""
    if MASK_CHARACTER not in text[start:end]:
        return []
    sentence = _mask_asides(text[start:end])
    found = list(_find_signature(sentence)) or list(_find_before_colon(sentence))
    return [_shift_attribution(attribution, start) for attribution in found]


def _mask_asides(sentence: str) -> str:
    """Return the sentence with parentheses blanked, and with commas for dashes before a verb.

    Its length and all offsets stay the same.
    """
    if "(" not in sentence and "—" not in sentence and "–" not in sentence:
        return sentence
    sentence = _NAMED_ASIDE_PATTERN.sub(lambda match: f", {match['name']},", sentence)
    sentence = _PARENTHESIS_PATTERN.sub(lambda match: " " * len(match.group()), sentence)
    return _DASHED_ASIDE_PATTERN.sub(lambda match: f",  {match['about']},  ", sentence)


def _shift_attribution(attribution: Attribution, offset: int) -> Attribution:
    speaker = attribution.speaker._replace(
        start=attribution.speaker.start + offset, end=attribution.speaker.end + offset
    )
    return attribution._replace(speaker=speaker, start=attribution.start + offset, end=attribution.end + offset)


def _is_clause_boundary(between: str) -> bool:
    return MASK_CHARACTER in between or bool(_CLAUSE_BOUNDARY_PATTERN.search(between))


def _find_in_words_of(text: str, _words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `in Yang's words`."""
    for match in _IN_NAMED_WORDS_PATTERN.finditer(text):
        speaker = find_phrase_before(text, match.end("name"))
        if speaker and speaker.kind is PhraseKind.NAME:
            yield Attribution(speaker, match.start(), match.end(), SpeechRule.IN_THE_WORDS, parenthetical=True)


def _find_telling_of(text: str, _words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions of the form `Riseph tells of a welcome` and `Niu called it a big deal`."""
    for pattern, cue in _PATTERN_CUES:
        if not cue.search(text):
            continue
        for verb in pattern.finditer(text):
            before = skip_adverbs_before(text, verb.start())
            if is_passive_before(text, before):
                continue
            subject = find_apposed_name_before(text, before) or find_phrase_before(text, before)
            spoken = pattern is _OPINION_PATTERN
            if subject and (spoken or subject.kind is not PhraseKind.ORGANISATION):
                if pattern in (_CALLED_IT_PATTERN, _OPINION_PATTERN) and subject.name == "it":
                    continue
                end = text.index(" ", verb.start()) if pattern is _CALLED_IT_PATTERN else verb.end()
                yield Attribution(subject, subject.start, end, SpeechRule.SAID, parenthetical=False)


def _find_according_to(text: str, _words: Iterable[str]) -> Iterator[Attribution]:
    if "ccording to" not in text and "n the " not in text and not text.startswith(("Per ", "As per ")):
        return
    for pattern, rule in (
        (_ACCORDING_TO_PATTERN, SpeechRule.ACCORDING),
        (_IN_WORDS_OF_PATTERN, SpeechRule.IN_THE_WORDS),
    ):
        for match in pattern.finditer(text):
            document = _DOCUMENT_PATTERN.match(text, match.end())
            owner = None if document else _OWN_DOCUMENT_PATTERN.match(text, match.end())
            if owner and rule is SpeechRule.ACCORDING and (named := find_phrase_before(text, owner.end("owner"))):
                yield Attribution(named, match.start(), owner.end(), rule, parenthetical=True)
                continue
            at = document.end() if document and rule is SpeechRule.ACCORDING else match.end()
            speaker = find_phrase_after(text, at)
            if speaker and (not document or speaker.kind in (PhraseKind.ORGANISATION, PhraseKind.NAME)):
                yield Attribution(
                    speaker, match.start(), find_apposition_end(text, speaker.end), rule, parenthetical=True
                )


def _find_signature(text: str) -> Iterator[Attribution]:
    """Yield the attribution of the form `"The bank is sound" - Gwen Tarrant`: a name at the end, or with a role."""
    for match in _SIGNATURE_PATTERN.finditer(text):
        speaker = find_phrase_after(text, match.end())
        if speaker and speaker.kind is PhraseKind.NAME:
            end = find_apposition_end(text, speaker.end)
            if not text[end:].strip(" ."):
                yield Attribution(speaker, match.start() + 1, end, SpeechRule.INVERTED, parenthetical=True)


def _find_before_colon(text: str) -> Iterator[Attribution]:
    """Yield the attributions of the form `Moss was blunt: “It is bust”`, by the person who begins the sentence."""
    colon = _COLON_PATTERN.search(text) if ":" in text else None
    if not colon or MASK_CHARACTER in text[: colon.start()]:
        return
    speaker = _find_titled_subject(text[: colon.start()]) or parse_opening_phrase(text[: colon.start() + 1])
    named = speaker and speaker.kind is PhraseKind.PEOPLE and speaker.name[:1].isupper()
    if speaker and (
        (speaker.kind is PhraseKind.NAME and not names_organisation(speaker.name) and not speaker.name.isupper())
        or named
        or (speaker.kind is PhraseKind.PRONOUN and speaker.name != "it")
    ):
        yield Attribution(speaker, speaker.start, colon.end(), SpeechRule.SAID, parenthetical=False)


def _find_titled_subject(text: str) -> NounPhrase | None:
    """Return the name of `the secretary of the union, Senator Ida Moss, had`, before the first verb; None for none."""
    for word in re.finditer(r"(?<=, )[a-z]+\b", text):
        if is_finite_verb(word.group()):
            return find_apposed_name_before(text, word.start())
    return None


_Finder = Callable[[str, Iterable[str]], Iterator[Attribution]]
_FINDERS: tuple[tuple[frozenset[str], _Finder], ...] = (
    (VERB_CUES, find_verb_attributions),
    (TELLING_CUES, _find_telling_of),
    (ACCORDING_CUES, _find_according_to),
    (WORDS_CUES, _find_in_words_of),
    (PARTICIPLES, find_saying_clause),
    (PARTICIPLES, find_progressive),
    (PARTICIPLES, find_absolute),
    (VERB_CUES, find_stated_by),
)
"""The rules of attribution with the words of which a sentence has one where they find something."""
