"""Names with what is said of their bearers before a verb: `Bai Feng, chairman of Yinsheng,`, `the girl, Zhou Ting,`."""

import re

from shanxi_cli.extraction.quotes.noun_phrase_parser import MAX_CHARACTERS, Kind, Phrase, parse, phrase_before
from shanxi_cli.extraction.quotes.person_names import CAPITAL, is_chinese
from shanxi_cli.extraction.quotes.quotation_marks import MASK
from shanxi_cli.extraction.quotes.roles import APPOSED, role_of
from shanxi_cli.util.frozen_record import replace


def named_before(text: str, at: int) -> Phrase | None:
    """`Bai Feng, chairman of Yinsheng,` before `at`: the name with the role that the apposition gives.

    None unless a comma stands there and, before the appositions, a name at the beginning of its clause.
    """
    low = max(0, at - 3 * MAX_CHARACTERS)
    chunk = text[low:at].rstrip()
    if not chunk.endswith(","):
        return None
    stops = list(re.finditer(rf"[;:()\[\]—–{MASK}]|(?<!\b[A-Z])[.!?]\s", chunk))
    begin = stops[-1].end() if stops else 0
    parts = [(m.start(), m.end()) for m in re.finditer(r"[^,]+", chunk[begin:-1])]
    if len(parts) > 1 and (bearer := _named_last(chunk, begin, parts, low)):
        return bearer
    for n in range(len(parts) - 2, -1, -1):
        start, end = parts[n]
        following = chunk[begin + parts[n + 1][0] : begin + parts[n + 1][1]].strip()
        piece = chunk[begin + start : begin + end]
        found = _apposed(piece, low + begin + start, following, first=n == 0)
        if found and found.kind is Kind.PEOPLE:
            return found
        if found:
            role, organisation = "", ""
            for later in range(n + 1, len(parts)):
                role, organisation = role_of(chunk[begin + parts[later][0] : begin + parts[later][1]])
                if role:
                    break
            return replace(found, role=found.role or role, organisation=found.organisation or organisation)
    return None


def _named_last(chunk: str, begin: int, parts: list[tuple[int, int]], low: int) -> Phrase | None:
    """`the company's president, Liu Yang,`: the name with the role before it."""
    (start, end), (last, stop) = parts[-2:]
    name = chunk[begin + last : begin + stop].strip()
    if not re.fullmatch(rf"{CAPITAL}(?:\s+{CAPITAL}){{1,3}}", name) or not (is_chinese(name) or len(parts) == 2):
        return None
    before = phrase_before(chunk[begin + start : begin + end], end - start)
    if before is None or before.kind is not Kind.DESCRIPTION:
        return None
    at = low + begin + last + 1
    lead = low + begin + start + before.start
    return Phrase(Kind.NAME, at, at + len(name), name, before.role, before.organisation, lead=lead)


def _apposed(piece: str, at: int, following: str, first: bool) -> Phrase | None:
    joined = re.match(r"\s*(?:(?:and|but|while|whereas)\s+)?", piece)
    lead = joined.end() if joined else 0
    whole = parse(piece[lead:].rstrip(), at + lead)
    found = whole or (phrase_before(piece, len(piece)) if first else None)
    if not found or found.kind is Kind.PRONOUN:
        return None
    if found.kind is Kind.PEOPLE:
        return found if whole and re.match(r"(?:most|many|some|all|mostly|including|who|both)\b", following) else None
    if not APPOSED.match(following) and not is_chinese(found.name):
        return None
    if whole is None:
        found = replace(found, start=found.start + at, end=found.end + at)
        if not is_chinese(found.name) and len(found.name.split()) < 2:
            return None
    person = is_chinese(found.name) or found.title or len(found.name.split()) > 1
    if found.kind is Kind.NAME and not person and not re.match(r"(?:which|an?|the|who|\d)", following):
        return None
    if found.kind is Kind.DESCRIPTION and not re.match(r"who\b", following):
        return None
    return found
