"""Noun phrases for speakers: the phrase that ends before a verb of saying, or begins after `according to`.

    Yang Xia · Wang Li of the tourism bureau                     a name
    Mayor Li Ming · Party secretary Zhang Shuai                  a title, a role before the name
    he · the executive · local officials · many of the visitors   a pronoun, a description, people without a name
    the Shanxi Department of Commerce · the bureau                an organisation

It matches words and does not parse grammar: a phrase that it does not recognise is no speaker.
"""

import re
from functools import lru_cache

from shanxi_cli.extraction.quotes.description_parser import (
    BEGINS_DESCRIPTION_PATTERN,
    MAX_PHRASE_WORDS,
    parse_description,
)
from shanxi_cli.extraction.quotes.lexicon import (
    AUXILIARIES,
    EXECUTIVE_ROLES,
    FULL_STOP,
    FULL_STOP_MARKS,
    FUNCTION_WORDS,
    NO_ABBREVIATION,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
    PRONOUNS,
    TITLE_ALTERNATIVES,
)
from shanxi_cli.extraction.quotes.name_parts import OFFICE_COMPLEMENTS, extend_title
from shanxi_cli.extraction.quotes.named_phrases import BARE_QUANTITIES, build_named_phrase
from shanxi_cli.extraction.quotes.noun_classes import (
    has_organisation_noun,
    is_organisation_noun,
    is_person_noun,
    may_be_speaker_noun,
    normalize_noun,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_names import (
    CAPITALISED_WORD,
    FAMILY_WORD,
    INITIALS,
    NAME_RUN,
    PARTICLES,
    is_chinese_name,
)
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.role_phrases import parse_body_before_name, parse_role_before_name
from shanxi_cli.util.lexicon import load_list, load_terms

_TITLED_NAME_PATTERN = re.compile(
    rf"(?P<title>{TITLE_ALTERNATIVES}(?:\s+{TITLE_ALTERNATIVES})*)\s+(?P<name>{NAME_RUN})\Z"
)
_DOMAINS = "(?:com|org|net|co|ai|io|tv|edu|gov|fm)(?!\\w)"
_NAME_PHRASE_PATTERN = re.compile(
    rf"(?P<the>[Tt]he\s+)?(?P<name>(?:{INITIALS}\s+){{0,3}}{CAPITALISED_WORD}(?:\.{_DOMAINS})?(?:\s+(?:(?:of|and|for|[&+]|{PARTICLES})\s+(?:the\s+)?)?"
    rf"(?:(?:Inc|Corp|Cos?|Ltd|Bros)\.|{FAMILY_WORD}(?:\.{_DOMAINS})?|{INITIALS}|\d+|plc|gmbh))*(?:,?\s+(?:Jr|Sr|Inc|Ltd|LLC)\b\.?)?)\Z"
)
_LIST_LEAD_PATTERN = re.compile(rf"{CAPITALISED_WORD},?\s+(?:and|or)\s+\Z|\b[Tt]he\s+\Z")
"""Text before a name that is no subject.

The name is the last of a list (`tourists from Beijing, Tianjin and Hebei said`), or follows an article."""
_PHRASE_STOP_PATTERN = re.compile(
    rf"[,;:()\[\]—–{MASK_CHARACTER}]|{FULL_STOP}(?!\w)|\s-\s|\s(?:who|which|that|when|as|while|where|but|is|are|was|were|"
    r"has|have|had|will|would|can|could)\b"
)
_PHRASE_START_PATTERN = re.compile(
    rf"[,;:()\[\]—–{MASK_CHARACTER}.!?](?:(?<=,)(?!\s+(?:Jr|Sr|Inc|Ltd|LLC)\b|\d{{3}})|(?<=[;:()\[\]—–{MASK_CHARACTER}])"
    rf"|(?<={FULL_STOP_MARKS}){NO_ABBREVIATION}\s)"
)
"""The mark before a phrase. `re` searches fastest for what begins with a set of characters."""
_WORD_PATTERN = re.compile(r"\S+")
_NO_FIRST_WORDS = frozenset(
    word
    for word in (FUNCTION_WORDS | {"and", "or", "but"}) - PRONOUNS.keys()
    if not BEGINS_DESCRIPTION_PATTERN.match(f"{word} ")
)
"""Words in lower case with which no noun phrase begins."""
_PARTICIPLE_PATTERN = re.compile(r"[a-z]{3,}ing")
_PARTICIPLES_OF_PEOPLE = load_terms("extraction/people_participles")
"""Participles before the noun of a speaker; others begin an adverbial: `echoing security experts`."""
_MONTH_NAMES_REGEX = "|".join(month.capitalize() for month in load_list("analysis/months"))
_PREPOSITIONAL_TAIL_PATTERN = re.compile(
    r"\s+(?:on|in|at|during|after|before|following|through|via|to|last|this|with|by|for)\s+"
    r"(?:(?:an?|the|his|her|their|its|recent|last|this|exclusive)\s+)*"
    rf"(?:[A-Z][a-z]+day|{_MONTH_NAMES_REGEX}|\d{{4}}|"
    r"interview|news|press|statement|speech|conference|meeting|ceremony|forum|report|letter|week|month|year|briefing|email|"
    rf"reporters|essay|article|phone|{'|'.join(load_list('extraction/news_outlets'))})\b.*\Z"
    r"|\s+(?:yesterday|today|recently|earlier|here|there|[A-Z][a-z]+day)\b.*\Z",
    re.DOTALL,
)
MAX_PHRASE_CHARACTERS = 160


def find_phrase_after(text: str, at: int) -> NounPhrase | None:
    """Return the noun phrase that begins at `at` or after white space there; None when no speaker is recognised."""
    while at < len(text) and text[at].isspace():
        at += 1
    chunk = text[at : at + MAX_PHRASE_CHARACTERS]
    stop = _PHRASE_STOP_PATTERN.search(chunk)
    chunk = chunk[: stop.start()] if stop else chunk
    shorter = _PREPOSITIONAL_TAIL_PATTERN.sub("", chunk)
    return parse_noun_phrase(shorter.rstrip(), at) or parse_noun_phrase(chunk.rstrip(), at)


def find_phrase_before(text: str, at: int) -> NounPhrase | None:
    """Return the longest noun phrase that ends at `at`; None when no speaker is recognised."""
    low = max(0, at - MAX_PHRASE_CHARACTERS)
    chunk = text[low:at].rstrip()
    begin = 0
    for stop in _PHRASE_START_PATTERN.finditer(chunk):
        begin = stop.end()
    words = list(_WORD_PATTERN.finditer(chunk, begin))[-MAX_PHRASE_WORDS:]
    while words and not _may_be_in_speaker(words[-1].group()):
        words.pop()  # a noun phrase that begins here has no noun and no name
    for word in words:
        if word.group() in _NO_FIRST_WORDS or _begins_participle_clause(word.group()):
            continue
        start = word.start()
        phrase = parse_noun_phrase(chunk[start:], low + start)
        if phrase:
            pair = phrase.kind is PhraseKind.NAME and " and " in phrase.name
            if pair and chunk[:begin].endswith(","):
                return None  # tourists from Beijing, Tianjin and Hebei
            single = phrase.kind is PhraseKind.NAME and " " not in phrase.name
            return None if single and _LIST_LEAD_PATTERN.search(chunk[:start]) else phrase
    return None


def _begins_participle_clause(word: str) -> bool:
    return word.endswith("ing") and word not in _PARTICIPLES_OF_PEOPLE and bool(_PARTICIPLE_PATTERN.fullmatch(word))


@lru_cache(maxsize=1 << 14)
def _may_be_in_speaker(word: str) -> bool:
    """Return False for a word that is neither a noun for speakers nor a pronoun or part of a name."""
    return (
        not word.islower() or word in PRONOUNS or word in BARE_QUANTITIES or "-old" in word or may_be_speaker_noun(word)
    )


def parse_noun_phrase(chunk: str, at: int) -> NounPhrase | None:
    """Return the noun phrase that `chunk` is as a whole, None for none; `at` is its offset in the text."""
    if not chunk:
        return None
    end = at + len(chunk)
    if pronoun := PRONOUNS.get(chunk.lower()):
        return NounPhrase(PhraseKind.PRONOUN, at, end, pronoun)
    if chunk in BARE_QUANTITIES:
        return NounPhrase(PhraseKind.PEOPLE, at, end, chunk)  # "It is so," one said
    if chunk.startswith("The ") and _TITLED_NAME_PATTERN.match(chunk, 4):
        return parse_noun_phrase(chunk[4:], at + 4)  # the Rev. Ida Moss
    capital = chunk[0].isupper()
    if (
        capital
        and (match := _TITLED_NAME_PATTERN.match(chunk))
        and not _is_title_of_firm(match["title"], match["name"])
    ):
        title, name = extend_title(match["title"], match["name"])
        role = "" if re.fullmatch(r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Madam)\.?", title) else title
        return NounPhrase(PhraseKind.NAME, at, end, strip_possessive(name), role=role, title=title)
    relatives = _RELATIVES_PATTERN.fullmatch(chunk) if capital and " and " in chunk else None
    if relatives and (not chunk.rsplit(None, 1)[-1].islower() or may_be_speaker_noun(chunk.rsplit(None, 1)[-1])):
        return NounPhrase(PhraseKind.PEOPLE, at, end, relatives.group())
    bearer = _parse_name_at_organisation(chunk, at) if " of " in chunk else None
    if bearer and (bearer.organisation or bearer.title):
        return bearer
    if (match := _NAME_PHRASE_PATTERN.match(chunk) if capital or chunk[0] == "t" else None) and (
        named := build_named_phrase(match["name"], at, end, definite=bool(match["the"]))
    ):
        return named
    return (
        parse_role_before_name(chunk, at)
        or parse_body_before_name(chunk, at)
        or _parse_name_at_organisation(chunk, at)
        or parse_description(chunk, at)
    )


_RELATIVES_PATTERN = re.compile(rf"{NAME_RUN} and (?:his|her|their) (?:(?:[a-z-]+ ){{1,3}}{NAME_RUN}|[a-z-]+)")
"""`Jane Mbeki and her brother Sipho`."""


def _is_title_of_firm(title: str, name: str) -> bool:
    """Return True for `General Motors`, whose last word is one of firms: a rank has a person behind it."""
    return not title.endswith(".") and is_organisation_noun(name.split()[-1].lower())


_NAME_PATTERN = re.compile(NAME_RUN)
_ORGANISATION_TAIL_PATTERN = re.compile(r"\s+(?:of|from|with|at|in)\s+(?P<of>(?:the\s+|its\s+)?[^,;:]+)\Z")


def _parse_name_at_organisation(chunk: str, at: int) -> NounPhrase | None:
    """Parse `Wang Li of the county's tourism bureau`, `Ian Hunter at Acme Brokers`, `farmer Tom Ray of Datong`."""
    match = _ORGANISATION_TAIL_PATTERN.search(chunk)
    if not match or any(normalize_noun(w) in AUXILIARIES for w in match["of"].split()):
        return None
    before = chunk[: match.start()]
    if _TITLED_NAME_PATTERN.match(before):
        titled = parse_noun_phrase(before, at)
        return titled._replace(end=at + len(chunk)) if titled else None
    whole = _NAME_PATTERN.fullmatch(before)
    last = before.split()[-1].lower() if before.split() else ""
    if whole and not is_chinese_name(before):
        if match["of"].split()[0].lower() in OFFICE_COMPLEMENTS and is_person_noun(last):
            return None  # Superintendent of Police Arun Pillai
        office = last in EXECUTIVE_ROLES or last in OFFICIAL_ROLES or before.split()[0].lower() in PERSON_NOUNS
        named = " " in before and not office and not is_organisation_noun(last) and last not in PLURAL_PERSON_NOUNS
        if not named or not re.match(r"(?:the\s+)?[A-Z]", match["of"]):
            return None
    elif not whole:
        named_phrase = parse_role_before_name(before, at)
        return named_phrase._replace(end=at + len(chunk)) if named_phrase else None
    organisation = re.sub(r"\A(?:the|its)\s+", "", match["of"]) if has_organisation_noun(match["of"]) else ""
    return NounPhrase(PhraseKind.NAME, at, at + len(before), before, organisation=organisation)
