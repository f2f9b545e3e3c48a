"""Attributions by a reporting verb with its subject: `Yang said`, `said Yang`, `Yang, a nurse, said`."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from shanxi_cli.extraction.quotes.appositions import find_apposed_name_before
from shanxi_cli.extraction.quotes.attribution_parts import (
    MAX_CONTEXT_CHARACTERS,
    Attribution,
    find_apposition_end,
    is_passive_before,
    skip_adverbs_before,
)
from shanxi_cli.extraction.quotes.hearers import find_hearer_end
from shanxi_cli.extraction.quotes.lexicon import BASE_VERBS, CLAUSE_VERBS, READ_ALOUD, PLURAL_ORGANISATION_NOUNS, REPORTING_VERBS, SAYING_VERBS
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_after, find_phrase_before
from shanxi_cli.extraction.quotes.occasions import OCCASION_LEAD_PATTERN, find_occasion_end
from shanxi_cli.extraction.quotes.opening_phrase import is_finite_verb, parse_opening_phrase
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.resolved_speaker import head_noun_of
from shanxi_cli.model.quote import SpeechRule

_VERBS = SAYING_VERBS | REPORTING_VERBS
_OPENING_VERB_PATTERN = re.compile(r"(?:Said|Says|Asked|Added|Adds|Replied|Wrote|Explained)\b")
_QUOTATION_AHEAD_PATTERN = re.compile(rf"[^.;:{MASK_CHARACTER}]{{0,80}}[:,]\s*{MASK_CHARACTER}")
_ASKING_VERBS = frozenset("asked urged reminded informed ordered instructed promised assured reassured warned".split())
"""Verbs whose object behind a comma is a hearer: `the two, for example, asked the attorney`."""
_LONG_QUOTATION = MASK_CHARACTER * 20
"""The end of a quotation that is no name or figure of speech, so that the attribution behind it is of that."""
_RELATIVE_PATTERN = re.compile(r"\b(?:which|who|whom|what|that)\s+\Z")
_THAT_CLAUSE_PATTERN = re.compile(r"(?:\s*,)?\s+(?:that|how|why|what|whether|if)\b")
_CLAUSE_PATTERN = re.compile(
    r"\s+(?:[\w'’$%,.-]+\s+){0,12}?(?:is|are|was|were|has|have|had|will|would|can|could|should|may|might|must|does|do|did)\b"
)
_PLAIN_CLAUSE_PATTERN = re.compile(
    r"\s+(?:he|she|it|they|we|I|there|(?:[A-Z]\w+['’]s|his|her|the) [\w\s]{3,30}, [A-Z]\w+(?: [A-Z]\w+)?,"
    r"|[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2})"
    r"\s+(?:\w+ly\s+)?(?P<verb>[a-z]\w+)\b"
)
"""A clause whose verb is no auxiliary: `clarified she joined`."""
_NOUN_CLAUSE_PATTERN = re.compile(
    r"\s+(?:the|an?|his|her|its|their|this|these|those|some|many|most)\s+(?:[\w'’-]+\s+){1,4}?(?P<verb>[a-z]+(?:ed|came|went|made|took|gave|fell|rose))\b"
)
_GESTURES = frozenset("laughed laughs smiled smiles sighed grinned shrugged sobbed groaned charged charges".split())
"""Verbs that report a quotation beside them and nothing else."""
_CLAIMING_VERBS = frozenset(
    "noted notes claimed claims argued argues insisted insists warned warns suggested suggests alleged alleges stated "
    "complained contended contends stressed maintained thought thinks believed believes predicted".split()
)
"""Verbs without an object but a clause: `noted the department returned it`."""
_NO_CLAUSE_PATTERN = re.compile(
    r"\s+(?:to|for|on|in|at|by|with|about|of|up|out|two|three|a further|another|more|from|as)\b"
)
_NOUN_USE_PATTERN = re.compile(r"\s+(?:and|or|is|are|was|were|has|have|had|will|would|can|could)\b")
"""Continuations of a reporting verb that is a noun here: `Timing estimates are given`."""
_PARTLY_QUOTED_PATTERN = re.compile(rf"\s+(?:the|an?|his|her|its|their|there|it)\s+{MASK_CHARACTER}{{20}}")
"""A quotation that begins behind the first word of the clause: `warned the "costs could exceed ..."`."""
_OUT_PATTERN = re.compile(r"\s+out\b")
_CLOSED_PATTERN = re.compile(
    rf"\s*(?:[,.;:)—–]|{MASK_CHARACTER}|\Z)|\s+(?:in an?|at an?|on\s+[A-Z]|during|when|as he|as she|with a|while|"
    r"last|yesterday|today|earlier)\b"
)
"""Text behind a verb whose clause came before it."""
_QUOTED_CLOSED_PATTERN = re.compile(
    rf"\s*(?:[,.;:)—–]|{MASK_CHARACTER}|\Z)|\s+(?:in|at|on|during|when|as|with|while|of|about|to|after|before|through|"
    r"via|by|from|last|this|yesterday|today|earlier|late|outside|over|recently|[A-Z][a-z]+day)\b"
)
"""The same where what was said is a quotation."""
_NO_CONTENT_PATTERN = re.compile(
    r"\s+(?:goodbye|hello|farewell|yes|sorry|thank(?:s| you)|nothing|little|so|no more|a few words|much|a lot|"
    r"something|anything)\b"
)


def find_verb_attributions(text: str, words: Iterable[str]) -> Iterator[Attribution]:
    """Yield the attributions by a reporting verb and its subject, in the order of the verbs.

    `words` are the words of the text, as from `read_words`.
    """
    for verb in _find_verbs(text, words):
        if verb.start() and text[verb.start() - 1] in "-'’":
            continue
        before = skip_adverbs_before(text, verb.start())
        if is_passive_before(text, before):
            continue
        yield from _attributions_of_verb(text, verb, before)


def _find_verbs(text: str, words: Iterable[str]) -> list[re.Match[str]]:
    """Return the verbs of saying in order, and the one in capitals that opens the sentence."""
    opening = _OPENING_VERB_PATTERN.match(text)
    found = [opening] if opening else []
    for verb in _VERBS.intersection(words):
        found += _compile_verb_pattern(verb).finditer(text)
    return sorted(found, key=re.Match.start) if len(found) > 1 else found


@cache
def _compile_verb_pattern(verb: str) -> re.Pattern[str]:
    """Return a pattern for one verb as a whole word: `re` searches fastest for what begins with plain letters."""
    return re.compile(rf"{verb}(?<!\w{verb})(?!\w)")


def _attributions_of_verb(text: str, verb: re.Match[str], before: int) -> Iterator[Attribution]:
    """Yield the attribution of one verb, if it has a subject and reports something."""
    word = verb.group()
    subject, rule, left = _find_subject(text, verb, before)
    if subject is None:
        return
    after = verb.end()
    if rule is SpeechRule.INVERTED:
        after = subject.end
    elif word.startswith("told") or word in ("tells", "tell"):
        hearer_end = find_hearer_end(text, after)
        if hearer_end < 0:
            return
        after = hearer_end
    elif word in ("read", "reads"):
        if head_noun_of(subject.name) not in READ_ALOUD:
            return
    elif word.startswith("point"):
        out = _OUT_PATTERN.match(text, after)
        if not out:
            return
        after = out.end()
    if word in BASE_VERBS and not _is_plural_subject(subject):
        return
    begins = min(subject.start, left, subject.lead_start if subject.lead_start >= 0 else left)
    parenthetical = rule is SpeechRule.INVERTED or _is_parenthetical(text, begins, after)
    if word in SAYING_VERBS and _RELATIVE_PATTERN.search(text[max(0, begins - 8) : begins]):
        parenthetical = True  # the bank, which Tarrant said was sound
    if not _reports_something(text, word, begins, after, parenthetical=parenthetical):
        return
    end = find_apposition_end(text, subject.end) if rule is SpeechRule.INVERTED else max(after, subject.end)
    if parenthetical:
        end = max(end, find_occasion_end(text, end))
    yield Attribution(subject, begins, end, rule, parenthetical)


def _find_subject(text: str, verb: re.Match[str], before: int) -> tuple[NounPhrase | None, SpeechRule, int]:
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
    shared = re.search(r"(?:,\s*)?\b(?:and|but)\Z", text[max(0, before - 6) : before])
    if shared:
        opening = parse_opening_phrase(text)
        return (opening, SpeechRule.SAID, before) if opening else (None, SpeechRule.SAID, 0)
    if re.search(r"\bwho\Z", text[max(0, before - 4) : before]):
        named = find_phrase_before(text, before - 3)
        named = _find_name_before_who(text, before) or named
        return (named, SpeechRule.SAID, named.start) if named else (None, SpeechRule.SAID, 0)
    phrase = _find_relative_subject(text, before) or find_phrase_before(text, before)
    if phrase and phrase.kind not in (PhraseKind.NAME, PhraseKind.PRONOUN):
        phrase = _find_name_before_open_apposition(text, phrase, before) or phrase
    return (phrase, SpeechRule.SAID, phrase.start) if phrase else (None, SpeechRule.SAID, 0)


def _find_name_before_open_apposition(text: str, phrase: NounPhrase, before: int) -> NounPhrase | None:
    """Return the name of `Ida Moss, head of Brightwell, a yard in Oslo said`, where no comma ends the apposition."""
    article = re.search(r",\s+(?:an?|the|its|his|her|their)?\s*\Z", text[max(0, phrase.start - 8) : phrase.start])
    if not article and not re.search(r",\s+\Z", text[max(0, phrase.start - 3) : phrase.start]):
        return None
    named = find_apposed_name_before(text, before, closed=False)
    full = named and named.kind is PhraseKind.NAME and (named.title or " " in named.name)
    if not named or not full or not _begins_clause(text, named.start):
        return None
    between = text[named.end : phrase.start].split()
    return None if any(is_finite_verb(word) for word in between) else named


_RELATIVE_CLAUSE_PATTERN = re.compile(r"\s(?:who|that)\s(?=(?:\w+ly\s)?\w+)")
_CLAUSE_START_PATTERN = re.compile(rf"[,;:—–{MASK_CHARACTER}]|\b(?:while|but|as|because|although|though)\s")


def _find_relative_subject(text: str, before: int) -> NounPhrase | None:
    """Return the subject before a relative clause that ends at a verb: `people who left said`; None for none.

    It must begin its clause, and no comma may come between.
    """
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


def _is_plural_subject(subject: NounPhrase) -> bool:
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


def _is_parenthetical(text: str, begins: int, after: int) -> bool:
    """Return True when the attribution follows a comma or a quotation and an end, a comma or a tail follows it."""
    lead = text[max(0, begins - MAX_CONTEXT_CHARACTERS) : begins].rstrip()
    opened = lead.endswith((",", MASK_CHARACTER, "—", "–", "?", "!", ";")) or not lead
    if opened and lead and find_occasion_end(text, after) > after:
        return True
    if lead.endswith(_LONG_QUOTATION):
        return True
    quoted = lead.endswith(MASK_CHARACTER) or lead.endswith(f"{MASK_CHARACTER},")
    closing = _QUOTED_CLOSED_PATTERN if quoted else _CLOSED_PATTERN
    closed = closing.match(text, after, after + MAX_CONTEXT_CHARACTERS)
    return bool(opened and closed and lead)


def _reports_something(text: str, word: str, begins: int, after: int, *, parenthetical: bool) -> bool:
    """Return True when something is reported.

    That is a quotation beside the attribution, a clause after it, or the sentence around a parenthetical one.
    """
    rest, lead = (
        text[after : after + 2 * MAX_CONTEXT_CHARACTERS],
        text[max(0, begins - MAX_CONTEXT_CHARACTERS) : begins],
    )
    if word in _GESTURES:
        return lead.rstrip(" ,").endswith(MASK_CHARACTER) or bool(re.match(rf"\s*[:,]\s*{MASK_CHARACTER}", rest))
    if parenthetical:
        return MASK_CHARACTER in lead or MASK_CHARACTER in rest or len(lead.split()) + len(rest.split()) > 1
    if re.match(rf"\s*(?:[,:]\s*)?{MASK_CHARACTER}", rest):
        return True
    if _NO_CONTENT_PATTERN.match(rest):
        return False
    if word in SAYING_VERBS:
        return len(rest.split()) > 1 or MASK_CHARACTER in lead or rest.rstrip().endswith(":")
    if (rest.rstrip().endswith(":") and len(rest.split()) < 6) or _QUOTATION_AHEAD_PATTERN.match(rest):
        return True
    occasion = OCCASION_LEAD_PATTERN.match(rest)
    if _THAT_CLAUSE_PATTERN.match(rest) or (occasion and re.match(r"that\b", rest[occasion.end() :])):
        return True
    if word in CLAUSE_VERBS and _PARTLY_QUOTED_PATTERN.match(rest):
        return True
    return (
        word in CLAUSE_VERBS
        and not _NO_CLAUSE_PATTERN.match(rest)
        and not _NOUN_USE_PATTERN.match(rest)
        and (bool(_CLAUSE_PATTERN.match(rest)) or _begins_plain_clause(rest, word))
    )


def _begins_plain_clause(rest: str, word: str) -> bool:
    match = _PLAIN_CLAUSE_PATTERN.match(rest) or (_NOUN_CLAUSE_PATTERN.match(rest) if word in _CLAIMING_VERBS else None)
    return match is not None and is_finite_verb(match["verb"])
