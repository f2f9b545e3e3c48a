"""Names with an apposition before a verb: `Bai Feng, chairman of Yinsheng,`, `the girl, Zhou Ting,`."""

import re

from shanxi_cli.extraction.quotes.lexicon import FULL_STOP
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import MAX_PHRASE_CHARACTERS, find_phrase_before, parse_noun_phrase
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, is_chinese_name
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.roles import APPOSITION_PATTERN, ASIDE_PATTERN, parse_role

_CLAUSE_STOP_PATTERN = re.compile(rf"[;:()\[\]—–{MASK_CHARACTER}]|{FULL_STOP}\s")


def find_apposed_name_before(text: str, at: int, *, closed: bool = True) -> NounPhrase | None:
    """Return the name of `Bai Feng, chairman of Yinsheng,` before `at`, with the role of the apposition.

    None unless a comma ends the text there and a name, at the beginning of its clause, comes before the appositions.
    `closed` is False for an apposition without that comma.
    """
    low = max(0, at - 3 * MAX_PHRASE_CHARACTERS)
    chunk = text[low:at].rstrip() + ("" if closed else ",")
    if not chunk.endswith(","):
        return None
    stops = list(_CLAUSE_STOP_PATTERN.finditer(chunk))
    begin = stops[-1].end() if stops else 0
    parts = [(m.start(), m.end()) for m in re.finditer(r"(?:[^,]|(?<=\d),(?=\d))+", chunk[begin:-1])]
    if titled := _find_titled_name(chunk, begin, parts, low):
        return titled
    if named := _find_named_opening(chunk, begin, parts, low):
        return named
    if len(parts) > 1 and (bearer := _parse_role_then_name(chunk, begin, parts, low)):
        return bearer
    for n in range(len(parts) - 2, -1, -1):
        start, end = parts[n]
        following = chunk[begin + parts[n + 1][0] : begin + parts[n + 1][1]].strip()
        piece = chunk[begin + start : begin + end]
        phrase = _parse_apposition(piece, low + begin + start, following, first=n == 0)
        if phrase and phrase.kind is PhraseKind.PEOPLE:
            return phrase
        if phrase:
            role, organisation = "", ""
            for later in range(n + 1, len(parts)):
                role, organisation = parse_role(chunk[begin + parts[later][0] : begin + parts[later][1]])
                if role:
                    break
            return phrase._replace(role=phrase.role or role, organisation=phrase.organisation or organisation)
    return None


def _find_titled_name(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> NounPhrase | None:
    """Return the name of `the secretary to the government, Senator Ida Moss,` or `the Prime Minister, Mr. Moss,`."""
    if len(parts) < 2:
        return None
    start, end = (begin + at for at in parts[-1])
    last = chunk[start:end]
    titled = parse_noun_phrase(last.strip(), low + start + len(last) - len(last.lstrip()))
    if not titled or not titled.title or titled.kind is not PhraseKind.NAME:
        return None
    if " " in titled.name:
        return titled
    before, after = (begin + at for at in parts[-2])
    office = parse_noun_phrase(chunk[before:after].strip(), 0)
    is_office = office is not None and office.kind is PhraseKind.DESCRIPTION
    return titled._replace(role=office.role or office.name) if office and is_office else None


_FINITE_PATTERN = re.compile(
    r"\s*(?:(?:and|but)\s+)?(?!who|which|whose)(?:\S+\s+){0,4}(?:is|was|were|are|has|had|will|said|says)\s"
)


def _find_named_opening(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> NounPhrase | None:
    """Return the name that opens the clause, where only appositions come between it and the end; None otherwise.

    `Paganini, a planetary scientist at Goddard in Greenbelt, Maryland, and American University,`
    """
    if len(parts) < 3:
        return None
    start, end = parts[0]
    piece = chunk[begin + start : begin + end]
    whole = parse_noun_phrase(piece.strip(), low + begin + start + len(piece) - len(piece.lstrip()))
    if not whole or whole.kind is not PhraseKind.NAME or not (whole.title or whole.role or " " in whole.name):
        return None
    second = chunk[begin + parts[1][0] : begin + parts[1][1]].strip()
    role, organisation = parse_role(second)
    if not role or any(_FINITE_PATTERN.match(chunk[begin + one : begin + other]) for one, other in parts[1:]):
        return None
    return whole._replace(role=whole.role or role, organisation=whole.organisation or organisation)


def _parse_role_then_name(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> NounPhrase | None:
    """Return the name of `the company's president, Liu Yang,` with the role before it, or None."""
    (start, end), (last, stop) = parts[-2:]
    name = chunk[begin + last : begin + stop].strip()
    if not re.fullmatch(rf"{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{0,3}}", name) or not (
        is_chinese_name(name)
        or len(parts) == 2
        or re.match(r"\s*(?:the|its|their|his|her|one)\s", chunk[begin + start :])
    ):
        return None
    before = find_phrase_before(chunk[begin + start : begin + end], end - start)
    if before is None or before.kind in (PhraseKind.NAME, PhraseKind.PRONOUN):
        return None
    single = " " not in name and not is_chinese_name(name)
    if before.kind is PhraseKind.DESCRIPTION and (single and "-" not in name):
        return None
    one_of = before.name.lower().startswith("one of ")
    if before.kind is not PhraseKind.DESCRIPTION and not before.definite and not one_of:
        return None  # a list: officials, Chen and Wu
    if len(parts) > 2 and not is_chinese_name(name) and chunk[begin + start : begin + start + before.start].strip():
        return None
    at = low + begin + last + 1
    lead = low + begin + start + before.start
    return NounPhrase(PhraseKind.NAME, at, at + len(name), name, before.role, before.organisation, lead_start=lead)


def _parse_apposition(piece: str, at: int, following: str, *, first: bool) -> NounPhrase | None:
    """Return the noun phrase of `piece`, when `following` is an apposition to it; None otherwise.

    `at` is the offset of `piece` in the text; `first`: it is the first part of its clause, so that a phrase may end it.
    """
    conjunction = re.match(r"\s*(?:(?:[Aa]nd|[Bb]ut|[Ww]hile|[Ww]hereas|[Yy]et)\s+)?", piece)
    lead = conjunction.end() if conjunction else 0
    whole = parse_noun_phrase(piece[lead:].rstrip(), at + lead)
    phrase = whole or (find_phrase_before(piece, len(piece)) if first else None)
    if not phrase or phrase.kind is PhraseKind.PRONOUN:
        return None
    if phrase.kind is PhraseKind.PEOPLE:
        about = r"(?:most|many|some|all|mostly|including|who|both|led|like|such as|speaking|citing|among them|each)\b"
        return phrase if whole and re.match(about, following) else None
    if not APPOSITION_PATTERN.match(following) and not is_chinese_name(phrase.name):
        person = phrase.title or len(phrase.name.split()) > 1
        named = phrase.kind is PhraseKind.NAME and person
        opening = first and phrase.kind is PhraseKind.NAME
        office = phrase.kind is PhraseKind.DESCRIPTION and first
        aside = ASIDE_PATTERN.match(following)
        return phrase if whole and (named or office or opening) and aside else None
    if whole is None:
        phrase = phrase._replace(start=phrase.start + at, end=phrase.end + at)
        if not is_chinese_name(phrase.name) and len(phrase.name.split()) < 2:
            return None
    person = is_chinese_name(phrase.name) or phrase.title or len(phrase.name.split()) > 1
    if phrase.kind is PhraseKind.NAME and not person and not re.match(r"(?:which|an?|the|who|\d)", following):
        return None
    if phrase.kind is PhraseKind.DESCRIPTION and not re.match(r"who\b", following):
        return None
    return phrase
