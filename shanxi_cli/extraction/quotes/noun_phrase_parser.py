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
    DETERMINER_PATTERN,
    MAX_PHRASE_WORDS,
    lower_first_word,
    parse_description,
)
from shanxi_cli.extraction.quotes.lexicon import (
    AUXILIARIES,
    BARE_SPEAKERS,
    BODIES_WITH_ARTICLE,
    BODY_KINDS,
    EXECUTIVE_ROLES,
    FULL_STOP,
    FULL_STOP_MARKS,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    NO_ABBREVIATION,
    OCCUPATIONAL_SURNAMES,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
    PRONOUNS,
    SPEECH_ADVERBS,
    TITLE_ALTERNATIVES,
)
from shanxi_cli.extraction.quotes.name_parts import extend_title, is_acronym_of_body, is_full_name, split_titled_name
from shanxi_cli.extraction.quotes.noun_classes import (
    has_organisation_noun,
    is_organisation_noun,
    is_person_noun,
    names_organisation,
    may_be_occupation,
    may_be_speaker_noun,
    normalize_noun,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.person_names import (
    CAPITALISED_WORD,
    CAPITALS,
    FAMILY_WORD,
    INITIALS,
    NAME_RUN,
    PARTICLES,
    is_chinese_name,
)
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.roles import strip_article
from shanxi_cli.util.lexicon import load_list, load_terms

_TITLED_NAME_PATTERN = re.compile(
    rf"(?P<title>{TITLE_ALTERNATIVES}(?:\s+{TITLE_ALTERNATIVES})*)\s+(?P<name>{NAME_RUN})\Z"
)
_DOMAINS = "(?:com|org|net|co|ai|io|tv|edu|gov|fm)(?!\\w)"
_NAME_PHRASE_PATTERN = re.compile(
    rf"(?P<the>[Tt]he\s+)?(?P<name>(?:{INITIALS}\s+){{0,3}}{CAPITALISED_WORD}(?:\.{_DOMAINS})?(?:\s+(?:(?:of|and|for|&|{PARTICLES})\s+(?:the\s+)?)?"
    rf"(?:(?:Inc|Corp|Cos?|Ltd|Bros)\.|{FAMILY_WORD}(?:\.{_DOMAINS})?|{INITIALS}|\d+|plc|gmbh))*(?:,?\s+(?:Jr|Sr|Inc|Ltd|LLC)\b\.?)?)\Z"
)
_BARE_QUANTITIES = frozenset("another others some many most several few both one".split())
"""People without a noun: `Another said`, `Some say`."""
_ACRONYMS_LIKE_WORDS = frozenset(["WHO"])
"""Bodies whose letters are a function word: the World Health Organization."""
_NOBODY_WORDS = load_terms("extraction/nobody_words")
_NO_NAMES = load_terms("analysis/weekdays") | load_terms("analysis/months") - frozenset("may april june august".split())
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
    word for word in FUNCTION_WORDS - PRONOUNS.keys() if not BEGINS_DESCRIPTION_PATTERN.match(f"{word} ")
)
"""Words in lower case with which no noun phrase begins."""
_PARTICIPLE_PATTERN = re.compile(r"[a-z]{3,}ing")
_PARTICIPLES_OF_PEOPLE = frozenset(
    "visiting leading ranking ruling governing voting acting attending working incoming outgoing neighbouring sitting "
    "neighboring presiding managing founding commanding prosecuting investigating consulting participating retiring "
    "struggling grieving surviving competing travelling traveling participating defending remaining opposing banking "
    "engineering manufacturing marketing mining shipping housing planning nursing building farming trading fishing "
    "teaching training racing rowing cycling boxing sporting leasing lending nonvoting attending young-looking".split()
)
"""Participles before the noun of a speaker; others begin an adverbial: `echoing security experts`."""
_MAY_END_NAME_PATTERN = re.compile(rf"(?:(?:al|el|as|an|ar|at)-|[dl]['’])?[{CAPITALS}]")
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
    return not word.islower() or word in PRONOUNS or "-old" in word or may_be_speaker_noun(word)


def parse_noun_phrase(chunk: str, at: int) -> NounPhrase | None:
    """Return the noun phrase that `chunk` is as a whole, None for none; `at` is its offset in the text."""
    if not chunk:
        return None
    end = at + len(chunk)
    if pronoun := PRONOUNS.get(chunk.lower()):
        return NounPhrase(PhraseKind.PRONOUN, at, end, pronoun)
    capital = chunk[0].isupper()
    if (
        capital
        and (match := _TITLED_NAME_PATTERN.match(chunk))
        and not _is_title_of_firm(match["title"], match["name"])
    ):
        title, name = extend_title(match["title"], match["name"])
        role = "" if re.fullmatch(r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Madam)\.?", title) else title
        return NounPhrase(PhraseKind.NAME, at, end, strip_possessive(name), role=role, title=title)
    if capital and " and " in chunk and (relatives := _RELATIVES_PATTERN.fullmatch(chunk)):
        return NounPhrase(PhraseKind.PEOPLE, at, end, relatives.group())
    bearer = _parse_name_at_organisation(chunk, at) if " of " in chunk else None
    if bearer and (bearer.organisation or bearer.title):
        return bearer
    if (match := _NAME_PHRASE_PATTERN.match(chunk) if capital or chunk[0] == "t" else None) and (
        named := _build_named_phrase(match["name"], at, end, definite=bool(match["the"]))
    ):
        return named
    return (
        _parse_role_before_name(chunk, at)
        or _parse_body_before_name(chunk, at)
        or _parse_name_at_organisation(chunk, at)
        or parse_description(chunk, at)
    )


_RELATIVES_PATTERN = re.compile(rf"{NAME_RUN} and (?:his|her|their) (?:(?:[a-z-]+ ){{1,3}}{NAME_RUN}|[a-z-]+)")
"""`Jane Mbeki and her brother Sipho`."""


def _is_title_of_firm(title: str, name: str) -> bool:
    """Return True for `General Motors`, whose last word is one of firms: a rank has a person behind it."""
    return not title.endswith(".") and is_organisation_noun(name.split()[-1].lower())


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
    whole = re.fullmatch(NAME_RUN, before)
    last = before.split()[-1].lower() if before.split() else ""
    if whole and not is_chinese_name(before):
        office = last in EXECUTIVE_ROLES or last in OFFICIAL_ROLES or before.split()[0].lower() in PERSON_NOUNS
        named = " " in before and not office and not is_organisation_noun(last) and last not in PLURAL_PERSON_NOUNS
        if not named or not re.match(r"(?:the\s+)?[A-Z]", match["of"]):
            return None
    elif not whole:
        named_phrase = _parse_role_before_name(before, at)
        return named_phrase._replace(end=at + len(chunk)) if named_phrase else None
    organisation = re.sub(r"\A(?:the|its)\s+", "", match["of"]) if has_organisation_noun(match["of"]) else ""
    return NounPhrase(PhraseKind.NAME, at, at + len(before), before, organisation=organisation)


def _build_named_phrase(name: str, at: int, end: int, *, definite: bool) -> NounPhrase | None:
    words = name.split()
    first = words[0].lower()
    if (
        (
            first in FUNCTION_WORDS
            and name not in _ACRONYMS_LIKE_WORDS
            and not (first in _BARE_QUANTITIES and len(words) == 1)
        )
        or first in SPEECH_ADVERBS
        or first in _NO_NAMES
        or (first in _NOBODY_WORDS and len(words) == 1)
    ):
        return None  # But, However, In: the first word of a sentence; Nobody
    owned = len(words) > 2 and words[0].endswith(("'s", "’s")) and words[1] in GIVEN_NAMES and "of" not in words
    if owned and is_full_name(" ".join(words[1:])):  # Tesco's Jane Ellis
        bearer = " ".join(words[1:])
        return NounPhrase(PhraseKind.NAME, end - len(bearer), end, bearer, lead_start=at)
    if titled := split_titled_name(words):
        role, bearer = titled
        name_start = end - len(bearer)
        return NounPhrase(
            PhraseKind.NAME, name_start, end, strip_possessive(bearer), role=role, title=role, lead_start=at
        )
    if definite and len(words) == 1 and normalize_noun(name) in BODIES_WITH_ARTICLE:
        return NounPhrase(PhraseKind.ORGANISATION, at, end, strip_possessive(name))
    if first in _BARE_QUANTITIES and len(words) == 1:
        return NounPhrase(PhraseKind.PEOPLE, at, end, name)
    if first in BARE_SPEAKERS and len(words) == 1:
        return NounPhrase(PhraseKind.DESCRIPTION, at, end, first, definite=True)
    last = re.split(r"\s(?:of|for|in|at)\s", name)[0].split()[-1].lower().rstrip(".")
    if "and" in words and not definite and not is_organisation_noun(last) and last not in PLURAL_PERSON_NOUNS:
        return _build_joined_names(name, at, end)
    if is_person_noun(last) and not _is_surname(words, definite=definite):
        if len(words) == 1 or last not in PLURAL_PERSON_NOUNS:
            return None
        return NounPhrase(PhraseKind.PEOPLE, at, end, lower_first_word(name) if last == first else name)
    if words[-1].lower() in ("province", "county", "city", "village", "district", "town", "people"):
        return None
    if definite and is_acronym_of_body(name):
        return NounPhrase(PhraseKind.ORGANISATION, at, end, strip_possessive(name))
    return _build_plain_name(name, at, end, last, definite=definite)


def _is_surname(words: list[str], *, definite: bool) -> bool:
    """Return True for the family name of `Lee Baker` and `Baker`, which is also an occupation."""
    if definite or not words[-1][:1].isupper():
        return False
    given = words[0] in GIVEN_NAMES or bool(re.fullmatch(INITIALS, words[0]))
    return (given and len(words) > 1) or (len(words) == 1 and words[0].lower() in OCCUPATIONAL_SURNAMES)


def _build_plain_name(name: str, at: int, end: int, last: str, *, definite: bool) -> NounPhrase | None:
    """Return a name that is of a person or of an organisation by its noun `last` or its article."""
    words = name.split()
    of_organisation = names_organisation(name) or (is_organisation_noun(last) and " of " in name) or definite
    kind = PhraseKind.ORGANISATION if of_organisation and not is_chinese_name(name) else PhraseKind.NAME
    if definite and len(words) == 1 and re.search(r"(?:an|ese|ish)\Z", name):
        return NounPhrase(PhraseKind.DESCRIPTION, at, end, name, definite=True)  # the Russian
    if kind is PhraseKind.ORGANISATION and len(words) == 1 and not is_organisation_noun(last):
        return None  # the Chinese, the Internet
    own = kind is PhraseKind.NAME and "&" in words and name.endswith(("'s", "’s"))  # Standard & Poor's
    return NounPhrase(kind, at, end, name if own else strip_possessive(name), definite=definite)


def _build_joined_names(name: str, at: int, end: int) -> NounPhrase | None:
    """Return `Rosa and Emilio Duarte` as people, and `Brandt and Lowther`, who may be a firm, as a name."""
    one, _, other = name.partition(" and ")
    if not is_full_name(other) and not is_chinese_name(other):
        pair = re.fullmatch(rf"{CAPITALISED_WORD} and {CAPITALISED_WORD}", name)
        return NounPhrase(PhraseKind.NAME, at, end, name) if pair else None
    people = is_chinese_name(one) or is_full_name(one) or re.fullmatch(CAPITALISED_WORD, one)
    return NounPhrase(PhraseKind.PEOPLE, at, end, name) if people else None


_TRAILING_TITLE_PATTERN = re.compile(rf"(?<=\s){TITLE_ALTERNATIVES}(?:\s+{TITLE_ALTERNATIVES})*\Z")


def _parse_role_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `Party secretary Zhang Shuai`, `company president Wang Li`, `Taiyuan Mayor Li Ming`."""
    if not _MAY_END_NAME_PATTERN.match(chunk.rsplit(None, 1)[-1]):
        return None
    words = [m.span() for m in _WORD_PATTERN.finditer(chunk)]
    for size in (2, 3, 4, 1):
        if len(words) <= size:
            continue
        name, before = chunk[words[-size][0] :], chunk[: words[-size - 1][1]]
        run = re.fullmatch(NAME_RUN, name)
        head = before.split()[-1].lower()
        titled = _TRAILING_TITLE_PATTERN.search(before)
        known = (is_person_noun(head) and head not in PLURAL_PERSON_NOUNS) or bool(titled) or (size > 1 and may_be_occupation(before))
        if run and known and (size > 1 or len(words) == 2 or (words[0] and before.split()[0].islower())):
            if names_organisation(name):
                continue
            before = re.sub(r"\A(?:the\s+|an?\s+)?\d{1,3}-years?-old\s+", "", before)
            before = before[: titled.start()].rstrip() or before if titled else before
            role = (
                DETERMINER_PATTERN.sub("", before, count=1) if before.split()[0].lower() in FUNCTION_WORDS else before
            )
            if _may_be_role(role.split()):
                return NounPhrase(
                    PhraseKind.NAME,
                    at + words[-size][0],
                    at + len(chunk),
                    strip_possessive(name),
                    role=strip_article(role),
                    lead_start=at,
                )
    return _parse_role_at_organisation_before_name(chunk, at)


def _may_be_role(words: list[str]) -> bool:
    """Return True for a role of plain words; `and` joins two: `scientist and co-author`."""
    plain = all(
        word.lower() not in FUNCTION_WORDS or (word == "and" and n and is_person_noun(words[n - 1].lower()))
        for n, word in enumerate(words)
    )
    return plain and not words[0][:1].isdigit()


_ROLE_AT_ORGANISATION_PATTERN = re.compile(
    rf"(?P<role>(?:[\w'’&-]+\s+){{1,6}}?(?:of|for|at|with)\s+(?:the\s+)?{CAPITALISED_WORD}(?:\s+(?:(?:of|for|and|&)\s+)?"
    rf"{CAPITALISED_WORD})*)\s+(?P<name>(?:{CAPITALISED_WORD}|{INITIALS})(?:\s+{INITIALS})?\s+(?:{PARTICLES}\s+)?{FAMILY_WORD})\Z"
)


def _parse_role_at_organisation_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `agronomist and secretary of the Yuna Farm Group Ida Moss`: the given name tells where the name begins."""
    match = _ROLE_AT_ORGANISATION_PATTERN.fullmatch(chunk) if " of " in chunk or " for " in chunk or " at " in chunk else None
    if not match or match["name"].split()[0] not in GIVEN_NAMES:
        return None
    role = strip_article(match["role"])
    head = re.split(r"\s(?:of|for|at|with)\s", role)[0].split()[-1].lower()
    if head not in PERSON_NOUNS:
        return None
    start = at + match.start("name")
    return NounPhrase(PhraseKind.NAME, start, at + len(chunk), match["name"], role=role, lead_start=at)


_BODY_BEFORE_NAME_PATTERN = re.compile(
    rf"(?:[Tt]he\s+|[Aa]n?\s+)?(?P<kind>(?:[\w-]+\s+){{0,4}}?[a-z-]+)\s+(?P<name>{CAPITALISED_WORD}(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?{CAPITALISED_WORD}){{0,5}})\Z"
)


def _parse_body_before_name(chunk: str, at: int) -> NounPhrase | None:
    """Parse `civil action group Outa`, `the election watchdog Association for Fair Votes`: the name of a body."""
    match = _BODY_BEFORE_NAME_PATTERN.fullmatch(chunk)
    if not match:
        return None
    words = match["kind"].split()
    if words[-1] not in BODY_KINDS or any(word.lower() in FUNCTION_WORDS or word in AUXILIARIES for word in words):
        return None
    start = at + match.start("name")
    return NounPhrase(
        PhraseKind.ORGANISATION, start, at + len(chunk), strip_possessive(match["name"]), lead_start=at
    )
