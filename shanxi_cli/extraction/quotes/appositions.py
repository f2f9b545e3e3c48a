"""Names with what is said of their bearers before a verb: `Bai Feng, chairman of Yinsheng,`, `the girl, Zhou Ting,`."""

import re

from shanxi_cli.extraction.quotes.noun_phrase_parser import (
    MAX_PHRASE_CHARACTERS,
    NounPhrase,
    PhraseKind,
    find_phrase_before,
    parse_noun_phrase,
)
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, is_chinese_name
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER
from shanxi_cli.extraction.quotes.roles import APPOSITION_PATTERN, parse_role
from shanxi_cli.util.frozen_record import replace_fields


def find_apposed_name_before(text: str, at: int) -> NounPhrase | None:
    """`Bai Feng, chairman of Yinsheng,` before `at`: the name with the role that the apposition gives.

    None unless a comma stands there and, before the appositions, a name at the beginning of its clause.
    """
    low = max(0, at - 3 * MAX_PHRASE_CHARACTERS)
    chunk = text[low:at].rstrip()
    if not chunk.endswith(","):
        return None
    stops = list(re.finditer(rf"[;:()\[\]—–{MASK_CHARACTER}]|(?<!\b[A-Z])[.!?]\s", chunk))
    begin = stops[-1].end() if stops else 0
    parts = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", chunk[begin:-1])]
    if len(parts) > 1 and (bearer := _parse_role_then_name(chunk, begin, parts, low)):
        return bearer
    for n in range(len(parts) - 2, -1, -1):
        start, end = parts[n]
        following = chunk[begin + parts[n + 1][0] : begin + parts[n + 1][1]].strip()
        piece = chunk[begin + start : begin + end]
        found = _parse_apposition(piece, low + begin + start, following, first=n == 0)
        if found and found.kind is PhraseKind.PEOPLE:
            return found
        if found:
            role, organisation = "", ""
            for later in range(n + 1, len(parts)):
                role, organisation = parse_role(chunk[begin + parts[later][0] : begin + parts[later][1]])
                if role:
                    break
            return replace_fields(found, role=found.role or role, organisation=found.organisation or organisation)
    return None


def _parse_role_then_name(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> NounPhrase | None:
    """`the company's president, Liu Yang,`: the name with the role before it."""
    (start, end), (last, stop) = parts[-2:]
    name = chunk[begin + last : begin + stop].strip()
    if not re.fullmatch(rf"{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{1,3}}", name) or not (
        is_chinese_name(name) or len(parts) == 2
    ):
        return None
    before = find_phrase_before(chunk[begin + start : begin + end], end - start)
    if before is None or before.kind is not PhraseKind.DESCRIPTION:
        return None
    at = low + begin + last + 1
    lead = low + begin + start + before.start
    return NounPhrase(PhraseKind.NAME, at, at + len(name), name, before.role, before.organisation, lead=lead)


def _parse_apposition(piece: str, at: int, following: str, *, first: bool) -> NounPhrase | None:
    joined = re.match(r"\s*(?:(?:and|but|while|whereas)\s+)?", piece)
    lead = joined.end() if joined else 0
    whole = parse_noun_phrase(piece[lead:].rstrip(), at + lead)
    found = whole or (find_phrase_before(piece, len(piece)) if first else None)
    if not found or found.kind is PhraseKind.PRONOUN:
        return None
    if found.kind is PhraseKind.PEOPLE:
        return found if whole and re.match(r"(?:most|many|some|all|mostly|including|who|both)\b", following) else None
    if not APPOSITION_PATTERN.match(following) and not is_chinese_name(found.name):
        return None
    if whole is None:
        found = replace_fields(found, start=found.start + at, end=found.end + at)
        if not is_chinese_name(found.name) and len(found.name.split()) < 2:
            return None
    person = is_chinese_name(found.name) or found.title or len(found.name.split()) > 1
    if found.kind is PhraseKind.NAME and not person and not re.match(r"(?:which|an?|the|who|\d)", following):
        return None
    if found.kind is PhraseKind.DESCRIPTION and not re.match(r"who\b", following):
        return None
    return found
