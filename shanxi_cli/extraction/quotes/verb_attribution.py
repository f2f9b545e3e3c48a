"""Attributions by a reporting verb with its subject: `Yang said`, `said Yang`, `Yang, a nurse, said`."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from shanxi_cli.extraction.quotes.attribution_parts import (
    MAX_CONTEXT_CHARACTERS,
    Attribution,
    find_apposition_end,
    is_passive_before,
    skip_adverbs_before,
)
from shanxi_cli.extraction.quotes.hearers import find_hearer_end
from shanxi_cli.extraction.quotes.lexicon import BASE_VERBS, CLAUSE_VERBS, READ_ALOUD, REPORTING_VERBS, SAYING_VERBS
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase
from shanxi_cli.extraction.quotes.occasions import OCCASION_LEAD_PATTERN, find_occasion_end
from shanxi_cli.extraction.quotes.opening_phrase import is_finite_verb
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.resolved_speaker import head_noun_of
from shanxi_cli.extraction.quotes.verb_subjects import find_verb_subject, is_plural_subject
from shanxi_cli.model.quote import SpeechRule

_VERBS = SAYING_VERBS | REPORTING_VERBS
_OPENING_VERB_PATTERN = re.compile(r"(?:Said|Says|Asked|Added|Adds|Replied|Wrote|Explained)\b")
_QUOTATION_AHEAD_PATTERN = re.compile(rf"[^.;:{MASK_CHARACTER}]{{0,80}}[:,]\s*{MASK_CHARACTER}")
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
_PRESENT_PATTERN = re.compile(r"\s+(?:he|she|it)\s+(?:\w+ly\s+)?[a-z]{2,}[^s\W]s\b")
"""A clause in the present, whose verb is told from a noun by the pronoun before it: `allege he receives a share`."""
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
_SUBJECT_ENDS = frozenset([",", "—", "–", "?", "!", ")"])
"""Marks between the subject and a verb."""
_MAY_REPORT_PATTERN = re.compile(
    r"\s*(?:[,.:;)—–]|\Z)|\s+(?:that|how|why|what|whether|if|out|in|at|on|during|when|as|while|last|yesterday|today|"
    r"earlier|late|later|recently|here|there|then|again|simply|only|tonight|this|afterwards?|after|following|through|via|"
    r"by|to|before|of|from|for|with|[A-Z][a-z]+day)\b"
)
"""Text behind a verb that reports without a clause: marks, `that`, times and occasions."""
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
        if is_passive_before(text, before) or not _may_report(text, verb, before):
            continue
        yield from _attributions_of_verb(text, verb, before)


def _may_report(text: str, verb: re.Match[str], before: int) -> bool:
    """Return False where the words behind a verb tell that it reports nothing; to parse its subject costs more."""
    word, after = verb.group(), verb.end()
    if (
        word in SAYING_VERBS
        or word[0].isupper()
        or text[before - 1 : before] in _SUBJECT_ENDS
        or MASK_CHARACTER in text
    ):
        return True
    if _MAY_REPORT_PATTERN.match(text, after):
        return True
    return word in CLAUSE_VERBS and _begins_clause(text[after : after + 2 * MAX_CONTEXT_CHARACTERS], word)


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
    subject, rule, left = find_verb_subject(text, verb, before)
    if subject is None:
        return
    after = subject.end if rule is SpeechRule.INVERTED else _find_verb_end(text, verb, subject)
    if after < 0:
        return
    if word in BASE_VERBS and not is_plural_subject(subject):
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


def _find_verb_end(text: str, verb: re.Match[str], subject: NounPhrase) -> int:
    """Return the end of a verb with its hearer or particle; -1 where it does not report without one."""
    word, end = verb.group(), verb.end()
    if word in ("told", "tells", "tell"):
        return find_hearer_end(text, end)
    if word in ("read", "reads"):
        return end if head_noun_of(subject.name) in READ_ALOUD else -1
    if word.startswith("point"):
        out = _OUT_PATTERN.match(text, end)
        return out.end() if out else -1
    return end


def _is_parenthetical(text: str, begins: int, after: int) -> bool:
    """Return True when the attribution follows a comma or a quotation and an end, a comma or a tail follows it."""
    lead = text[max(0, begins - MAX_CONTEXT_CHARACTERS) : begins].rstrip()
    opened = lead.endswith((",", MASK_CHARACTER, "—", "–", "?", "!", ";")) or not lead
    if opened and lead and find_occasion_end(text, after) > after:
        return True
    if lead.endswith(_LONG_QUOTATION):
        return True
    quoted = lead.endswith((MASK_CHARACTER, f"{MASK_CHARACTER},"))
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
    return word in CLAUSE_VERBS and _begins_clause(rest, word)


def _begins_clause(rest: str, word: str) -> bool:
    """Return True where a clause without `that` follows a verb."""
    if _NO_CLAUSE_PATTERN.match(rest) or _NOUN_USE_PATTERN.match(rest):
        return False
    return bool(_CLAUSE_PATTERN.match(rest)) or _begins_plain_clause(rest, word)


def _begins_plain_clause(rest: str, word: str) -> bool:
    match = _PLAIN_CLAUSE_PATTERN.match(rest) or (_NOUN_CLAUSE_PATTERN.match(rest) if word in _CLAIMING_VERBS else None)
    if match is None:
        return False
    return is_finite_verb(match["verb"]) or bool(_PRESENT_PATTERN.match(rest))
