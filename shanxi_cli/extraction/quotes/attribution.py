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

from shanxi_cli.extraction.quotes.appositions import named_before
from shanxi_cli.extraction.quotes.lexicon import ADVERBS, DOCUMENTS, OF_CLAUSES, REPORTING, SAYING, TELLING_OF
from shanxi_cli.extraction.quotes.noun_phrase_parser import Kind, Phrase, phrase_after, phrase_before
from shanxi_cli.extraction.quotes.person_names import CAPITAL
from shanxi_cli.extraction.quotes.quotation_marks import MASK
from shanxi_cli.extraction.quotes.roles import role_of
from shanxi_cli.model.nouns import Rule
from shanxi_cli.util.frozen_record import Record, replace


class Attribution(Record):
    """Who is said to have said something: places half-open, in characters, into the text of the paragraph.

    `start` to `end` are the words of the attribution, speaker and verb; `parenthetical` is True when they stand
    beside what was said and not before it.
    """

    speaker: Phrase
    start: int
    end: int
    rule: Rule
    parenthetical: bool


_VERBS = re.compile(r"\b(?:" + "|".join([*SAYING, *REPORTING]) + r")\b")
_OF = re.compile(r"\b(?:(?:" + "|".join(TELLING_OF) + r")\s+of|puts?\s+it)\b")
_QUOTED = re.compile(r"\b(?:is|are|was|were)\s+quoted\s+(?:by\s+[^,;]{2,40}?\s+)?as\s+saying\b")
_CALLED = re.compile(
    r"\b(?:called|calls|described|describes)\s+(?:it|this|that|them|him|her|the|his|their)\b"
    r"|\b(?:described|describes)\s+[^,.;:]{2,60}?\s+as\b"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_WORDS_OF = re.compile(r"\b[Ii]n the (?:words|view|opinion) of\s+")
_DOCUMENT = re.compile(
    r"(?:(?:the|an?|its|their|new|latest|official|recent|preliminary|local)\s+){0,3}(?:[\w-]+\s+){0,2}?(?:"
    + "|".join(DOCUMENTS)
    + r")\s+(?:(?:\w+\s+)?(?:released|provided|issued|published|compiled|collected|announced|made public)\s+"
    r"(?:(?:on|in)\s+[^,]{2,20}\s+)?by|from|of|by)\s+"
)
_PASSIVE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|to|not|never|having|as|gets?|got|[\w]+n't)|['’]s)\Z", re.IGNORECASE
)
_THAT = re.compile(r"(?:\s*,)?\s+(?:that|how|why|what|whether|if)\b")
_CLAUSE = re.compile(
    r"\s+(?:[\w'’$%,.-]+\s+){0,12}?(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|do|did)\b"
)
_NO_CLAUSE = re.compile(r"\s+(?:to|for|on|in|at|by|with|about|of|up|out|two|three|a further|another|more|from|as)\b")
_NOUN = re.compile(r"\s+(?:and|or|is|are|was|were|has|have|had|will|would|can|could)\b")
"""After a word that is a noun as well: `Timing estimates are given`."""
_OUT = re.compile(r"\s+out\b")
_OBJECT = re.compile(
    r"\s+(?:us|me|him|her|them|(?:the\s+)?(?:reporters?|media|press|journalists?|newspaper)|"
    r"(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}|(?:a|the)\s+[\w\s-]{3,40}?)(?=\s+(?:that|how|why|on|in|at|during|after|via)|[,.:]|\Z)"
)
_NOTHING_SAID = re.compile(
    r"\s+(?:goodbye|hello|farewell|yes|sorry|thank(?:s| you)|nothing|little|so|no more|a few words|much|a lot|"
    r"something|anything)\b"
)
_WINDOW = 300
"""Characters round an attribution that are looked at, so that a sentence without end takes no longer for each."""
_BOUNDARY = re.compile(r";|,?\s\b(?:but|while|whereas|though|although|and)\s\Z")


def attributions(text: str, start: int, end: int) -> list[Attribution]:
    """The attributions of the sentence `start` to `end` of `text`, whose quotations are masked, in their order.

    What is reported inside a clause that was reported already (`Yang said the bureau said`) is left out.
    """
    sentence = _plain(text[start:end])
    found = sorted(
        [*_verbs(sentence), *_telling(sentence), *_according(sentence), *_in_his_words(sentence), *_saying(sentence)],
        key=lambda a: (a.start, -a.end),
    )
    kept: list[Attribution] = []
    reported = 0  # where the clause begins that is reported last, by an attribution before it
    for one in found:
        if kept and one.start < kept[-1].end:
            continue
        if reported and not _apart(sentence[max(reported, one.start - _WINDOW) : one.start]):
            continue
        kept.append(one)
        if not one.parenthetical:
            reported = one.end
    return [_moved(one, start) for one in kept]


_ASIDE = re.compile(r"(?<=\w)\s\([^()]{1,40}\)")
_DASHED = re.compile(r"(?<=\w) [—–] (?P<about>[^—–,;.]{2,80}) [—–] (?=(?:also\s)?(?:sa(?:id|ys?)|to?ld|tells)\b)")


def _plain(sentence: str) -> str:
    """The sentence, as long as it was, without what is in parentheses, and with commas for dashes before a verb."""
    sentence = _ASIDE.sub(lambda found: " " * len(found.group()), sentence)
    return _DASHED.sub(lambda found: f",  {found['about']},  ", sentence)


def _moved(one: Attribution, by: int) -> Attribution:
    speaker = replace(one.speaker, start=one.speaker.start + by, end=one.speaker.end + by)
    return replace(one, speaker=speaker, start=one.start + by, end=one.end + by)


def _apart(between: str) -> bool:
    return MASK in between or bool(_BOUNDARY.search(between))


def _verbs(text: str) -> Iterator[Attribution]:
    for verb in _VERBS.finditer(text):
        if verb.start() and text[verb.start() - 1] in "-'’":
            continue
        before = _without_adverbs(text, verb.start())
        if _PASSIVE.search(text, max(0, before - 12), before):
            continue
        yield from _of_verb(text, verb, before)


def _without_adverbs(text: str, at: int) -> int:
    """Where the words before a verb end that are no adverbs and auxiliaries of it."""
    while True:
        end = at
        while end and text[end - 1].isspace():
            end -= 1
        word = re.search(r"[\w'’-]+\Z", text[max(0, end - 20) : end])
        if not word or not (
            word.group().lower() in ADVERBS or (word.group().endswith("ly") and word.group().islower())
        ):
            return end
        at = end - len(word.group())


def _of_verb(text: str, verb: re.Match[str], before: int) -> Iterator[Attribution]:
    word = verb.group()
    subject, rule, left = _subject(text, verb, before)
    if subject is None:
        return
    after = verb.end()
    if rule is Rule.INVERTED:
        after = subject.end
    elif word.startswith("told") or word in ("tells", "tell"):
        told = _OBJECT.match(text, after)
        if not told:
            return
        after = told.end()
    elif word.startswith("point"):
        out = _OUT.match(text, after)
        if not out:
            return
        after = out.end()
    if word in ("say", "tell", "argue", "believe", "think", "hope") and not _plural(subject):
        return
    begins = min(subject.start, left)
    parenthetical = rule is Rule.INVERTED or _stands_aside(text, begins, after)
    if not _reports(text, word, after, parenthetical, begins):
        return
    end = _with_apposition(text, subject.end) if rule is Rule.INVERTED else max(after, subject.end)
    yield Attribution(subject, begins, end, rule, parenthetical)


def _with_apposition(text: str, at: int) -> int:
    """Where what is said of a speaker ends, whose name ends at `at`: `said Yang Xia, who founded the company.`"""
    found = re.match(r",\s+(?P<about>[^,;:]{2,200}?)(?=,\s|;|[.!?]?\Z)", text[at : at + _WINDOW])
    told = found and (re.match(r"who(?:se)?\b", found["about"]) or role_of(found["about"])[0])
    return at + found.end() if found and told else at


def _subject(text: str, verb: re.Match[str], before: int) -> tuple[Phrase | None, Rule, int]:
    """The subject of a verb, the rule, and where the words of the attribution begin."""
    lead = text[max(0, before - 1) : before]
    if lead in (",", MASK, "—", "–") or lead in ("?", "!"):
        apposed = named_before(text, before) if lead == "," else None
        if apposed and apposed.kind is Kind.NAME and _begins_clause(text, apposed.start):
            return apposed, Rule.SAID, apposed.lead if apposed.lead >= 0 else apposed.start
        inverted = phrase_after(text, verb.end())
        if inverted and inverted.kind is not Kind.PRONOUN and _ends(text, inverted.end):
            return inverted, Rule.INVERTED, verb.start()
        return (apposed, Rule.SAID, apposed.start) if apposed else (None, Rule.SAID, 0)
    shared = re.search(r"(?:,\s*)?\b(?:and|but)\Z", text[max(0, before - 6) : before])
    if shared:
        opening = _opening(text)
        return (opening, Rule.SAID, before) if opening else (None, Rule.SAID, 0)
    if re.search(r"\bwho\Z", text[max(0, before - 4) : before]):
        named = phrase_before(text, before - 3)
        named = _named_before_who(text, before) or named
        return (named, Rule.SAID, named.start) if named else (None, Rule.SAID, 0)
    found = phrase_before(text, before)
    return (found, Rule.SAID, found.start) if found else (None, Rule.SAID, 0)


def _named_before_who(text: str, before: int) -> Phrase | None:
    """`Wang Li, who` before `before`: the name."""
    comma = re.search(r",\s*who\Z", text[max(0, before - 8) : before])
    return phrase_before(text, max(0, before - 8) + comma.start()) if comma else None


def _begins_clause(text: str, at: int) -> bool:
    """True where nothing but a lead (`But`, `In 2020,`, a quotation) stands before a name in its clause."""
    lead = text[max(0, at - _WINDOW) : at].rstrip()
    return not lead or lead[-1] in f",;:—–{MASK}" or len(lead.split()) < 4


def _opening(text: str) -> Phrase | None:
    """The noun phrase that a sentence begins with, where it is a name or a pronoun."""
    lead = re.match(r"(?:But|And|However,|Meanwhile,)?\s*", text)
    at = lead.end() if lead else 0
    words = re.match(
        r"(?:[Hh]e|[Ss]he|[Tt]hey|It)\b|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}(?=,?\s[a-z])", text[at : at + _WINDOW]
    )
    return phrase_before(text, at + words.end()) if words else None


def _ends(text: str, at: int) -> bool:
    """True where a noun phrase after `said` ends its clause: it is the subject, and does not begin what was said."""
    rest = text[at : at + _WINDOW]
    return bool(
        re.match(
            rf"\s*(?:[,.;:)—–{MASK}]|\Z)|\s+(?:on|in|at|during|when|after|as|while|who|of|via|through|before|last|earlier)\b",
            rest,
        )
    )


def _plural(subject: Phrase) -> bool:
    return (
        subject.kind is Kind.PEOPLE
        or subject.name in ("they", "we", "I")
        or " and " in subject.name
        or (subject.kind is Kind.ORGANISATION and subject.name.lower().endswith("authorities"))
    )


def _stands_aside(text: str, begins: int, after: int) -> bool:
    """True when the attribution stands after a comma or a quotation and is followed by an end, a comma or a tail."""
    lead = text[max(0, begins - _WINDOW) : begins].rstrip()
    opened = lead.endswith((",", MASK, "—", "–", "?", "!", ";")) or not lead
    closed = re.match(
        rf"\s*(?:[,.;:)—–]|{MASK}|\Z)|\s+(?:in an?|at an?|on\s+[A-Z]|during|when|as he|as she|with a|while)\b",
        text[after : after + _WINDOW],
    )
    return bool(opened and closed and lead)


def _reports(text: str, word: str, after: int, parenthetical: bool, begins: int) -> bool:
    """True when something is reported: a quotation beside it, a clause, or what the attribution stands aside from."""
    rest, lead = text[after : after + 2 * _WINDOW], text[max(0, begins - _WINDOW) : begins]
    if parenthetical:
        return MASK in lead or MASK in rest or len(lead.split()) + len(rest.split()) > 1
    if re.match(rf"\s*(?:[,:]\s*)?{MASK}", rest):
        return True
    if _NOTHING_SAID.match(rest):
        return False
    if word in SAYING:
        return len(rest.split()) > 1 or MASK in lead or rest.rstrip().endswith(":")
    if rest.rstrip().endswith(":") and len(rest.split()) < 6:
        return True
    if _THAT.match(rest):
        return True
    return word in OF_CLAUSES and not _NO_CLAUSE.match(rest) and not _NOUN.match(rest) and bool(_CLAUSE.match(rest))


_HIS_WORDS = re.compile(rf"\b[Ii]n (?P<name>{CAPITAL}(?:\s+{CAPITAL}){{0,2}}?)['’]s? (?:own )?(?:words|view|opinion)\b")


def _in_his_words(text: str) -> Iterator[Attribution]:
    """`in Yang's words`."""
    for found in _HIS_WORDS.finditer(text):
        speaker = phrase_before(text, found.end("name"))
        if speaker and speaker.kind is Kind.NAME:
            yield Attribution(speaker, found.start(), found.end(), Rule.IN_THE_WORDS, True)


def _telling(text: str) -> Iterator[Attribution]:
    """`Riseph tells of a welcome`, `Niu called it a big deal`."""
    for pattern in (_OF, _CALLED, _QUOTED):
        for verb in pattern.finditer(text):
            before = _without_adverbs(text, verb.start())
            if _PASSIVE.search(text, max(0, before - 12), before):
                continue
            subject = named_before(text, before) or phrase_before(text, before)
            if subject and subject.kind is not Kind.ORGANISATION:
                if pattern is _CALLED and subject.name == "it":
                    continue
                end = text.index(" ", verb.start()) if pattern is _CALLED else verb.end()
                yield Attribution(subject, subject.start, end, Rule.SAID, False)


def _according(text: str) -> Iterator[Attribution]:
    for pattern, rule in ((_ACCORDING, Rule.ACCORDING), (_WORDS_OF, Rule.IN_THE_WORDS)):
        for found in pattern.finditer(text):
            document = _DOCUMENT.match(text, found.end())
            at = document.end() if document and rule is Rule.ACCORDING else found.end()
            speaker = phrase_after(text, at)
            if speaker and (not document or speaker.kind in (Kind.ORGANISATION, Kind.NAME)):
                yield Attribution(speaker, found.start(), _with_apposition(text, speaker.end), rule, True)


_SAYING = re.compile(r",\s+(?:saying|adding|noting|explaining|stressing|telling\s+\w+(?:\s\w+)?)\s+(?:that\s+)?")


def _saying(text: str) -> Iterator[Attribution]:
    """`Wang praised the plan, saying it would work`: of whom the sentence begins with."""
    for found in _SAYING.finditer(text):
        speaker = _opening(text)
        if speaker and speaker.kind is not Kind.ORGANISATION and speaker.name != "it":
            yield Attribution(speaker, found.start(), found.end(), Rule.SAYING, False)
