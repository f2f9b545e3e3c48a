"""Furniture: text of a page outside its articles, such as masthead, folio, prices, jump lines, indexes, adverts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.segmentation.lexicon import (
    FOLIO_WORDS,
    FURNITURE_LABELS,
    MONTHS,
    PUBLICATION_ENDINGS,
    SECTION_ENDINGS,
    SECTIONS,
    WEEKDAYS,
)
from shanxi_cli.segmentation.rules.bylines import parse_bare_byline
from shanxi_cli.segmentation.rules.contributors import is_address

_BULLET_CHARACTERS = " \t*•●■▪▶►◆◇○□➤→»›>~|-–—"
_MONTH_REGEX = "|".join((*MONTHS, *(month[:3] for month in MONTHS), "sept"))
_DATE_PATTERN = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH_REGEX})\.?,?\s+(?P<y1>(?:1[6-9]|20)\d\d)"
    rf"|(?P<m2>{_MONTH_REGEX})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:1[6-9]|20)\d\d)"
    r"|(?P<m5>(?:" + _MONTH_REGEX + r"))\.?\s+(?P<d5>\d{1,2})\s?[-–]\s?\d{1,2},?\s+(?P<y5>(?:1[6-9]|20)\d\d)"
    r"|(?P<y3>(?:1[6-9]|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})[-/.](?P<m4>\d{1,2})[-/.](?P<y4>(?:1[6-9]|20)\d\d))\b",
    re.IGNORECASE,
)
_JUMP_LINE_PATTERN = re.compile(
    rf"[\s{re.escape(_BULLET_CHARACTERS)}(\[]*(?:"
    r"(?:please\s+)?(?:turn|go|continue[sd]?|cont(?:['’]?d)?\.?|continues|see|read\s+more|more|full\s+story|full\s+report|story|report|analysis|editorial|comment|opinion|also\s+see)"
    r"(?:\s+(?:on|to|from|in|inside|at|story|also)?)*\s*[,:]?\s*(?:page|pages|pg?\.|PAGE|P)\s*[A-Z]?\d+.{0,30}"
    r"|(?:continued|cont(?:['’]?d)?\.?|from)\s+(?:on\s+|from\s+)?(?:the\s+)?(?:front\s+page|page\s+\w+|back\s+page|P\.?\s?\d+|A\d+|next\s+page|p\d+).{0,20}"
    r"|(?:see|more|turn\s+to)\s+[‘'\"“]?[\w ’'-]{2,40}[’'\"”]?\s*,?\s+(?:on\s+)?(?:page|PAGE|p\.?)\s?\w?\d+"
    r"|(?:see|turn\s+to)\s+[A-Z0-9 ’'-]{2,40},?\s+(?:back\s+page|next\s+page|over)"
    r"|.{2,60}?[,:|]?\s*(?:\.{3,}|…{2,}|[▶►→➤»])\s*(?:page|p\.?|P)?\s*[A-Z]?\d{1,3}"
    r"|.{2,40}:\s*(?:see\s+)?pages?\s+[A-Z]?\d+(?:\s*(?:-|–|,|and|&)\s*\d+)*"
    r"|.{2,40}?[:,]\s*(?:continued|cont['’]?d\.?)\s+(?:on|from)\s+(?:page\s+)?[A-Z]?\d{1,3}"
    r"|page\s+\w{1,4}\s+(?:continue[sd]?|continued)\b.{0,40}"
    r"|(?:pages?|p\.|P)\s?[A-Z]?\d{1,3}(?:\s*[-–&,]\s*\d{1,3})*"
    r")[\s)\].]*\Z",
    re.IGNORECASE,
)
_LETTERSPACED_PATTERN = re.compile(r"(?:[A-Z&'’.]\s+){4,}[A-Z]")
"""A letter-spaced name: `T H E  E C H O`."""
_FOLIO_SEPARATOR_PATTERN = re.compile(
    rf"[|•·—–,]|\s{{2,}}|\b(?:page|p\.?)\s?[A-Z]?\d+|\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE
)
_BARE_PAGE_PATTERN = re.compile(
    r"(?<!\bno\.)(?<!\bno)(?<!\bvol\.)(?<!\bvol)[\s|•·–—]+(?P<last>[A-Z]?\d{1,3}[A-Z]?)\Z|\A(?P<first>[A-Z]?\d{1,3}[A-Z]?)(?=[\s|•·–—])",
    re.IGNORECASE,
)
"""A page number at either end of a folio, but not that of an issue: `No. 16`."""
_COPYRIGHT_PATTERN = re.compile(
    r"(?:©|\(c\)\s|copyright\b)(?!.*\bsaid\b).{0,90}\Z|.{0,60}\ball rights reserved\.?\Z", re.IGNORECASE
)
_URL_PATTERN = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|cn|uk|co|eu|us|gov|edu|info|news|example|in|au|ie|de|fr|nz|za|hk|sg)(?:\.[a-z]{2})?(?:/\S*)?\b"
)
_PHONE_PATTERN = re.compile(
    r"(?:\btel(?:ephone)?\b|\bphone\b|\bcall\b|\bhotline\b|☎|\bmob(?:ile)?\b|\bfax\b)[\s.:]*\+?[\d(][\d\s()-]{5,}|\b0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b|\b\d{3}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b|\b1-?800-\w+|(?-i:[A-Z][a-z]+)\s\d{5,6}\Z",
    re.IGNORECASE,
)
_PRICE_PATTERN = re.compile(r"(?:[£€$¥]|RMB|US\$|HK\$|Rs\.?|Price:?)\s?\d+(?:[.,]\d\d)?\b|\b\d+p\b", re.IGNORECASE)
_ADVERT_PATTERN = re.compile(
    r"\b(?:open\s+(?:daily|seven\s+days|7\s+days|\w+day)|free\s+(?:fitting|delivery|quotes?|quotations?|estimates?|parking|entry|gift|trial|consultation)|special\s+offers?|% off"
    r"|discounts?|sale(?:\s+now)?\s+on|while\s+stocks?\s+lasts?|terms\s+and\s+conditions|t&cs|order\s+(?:now|today)|call\s+(?:now|us|today)"
    r"|book\s+(?:now|today|online|your)|visit\s+(?:us|our)|showroom|no\s+obligation|buy\s+one|limited\s+(?:time|offer)|apply\s+now|join\s+us"
    r"|coupon|exp\.\s?\d|[$£€]\d+\s+off\b|subscribe|family[- ]run|est(?:ablished)?\.?\s+\d{4}|for\s+sale|to\s+let|now\s+hiring|vacanc(?:y|ies)|best\s+prices?|guaranteed|enquiries|tickets\s+from|from\s+only|only\s+[£$€]\d"
    r"|scan\s+(?:the\s+)?(?:qr\s+)?code|follow\s+us|download\s+(?:our|the)\s+app|all\s+rights\s+reserved|copyright|©|printed\s+(?:and\s+published\s+)?(?:by|at|in)|published\s+by|registered\s+(?:at|as|office)|issn|weekdays?\s+\d|no\s+appointment|while\s+you\s+wait)",
    re.IGNORECASE,
)
_WEATHER_PATTERN = re.compile(
    r"\b(?:high|low|max|min|sunrise|sunset|lighting-up|moonrise|moonset|humidity|wind)\b[:\s]*-?\d|\d\s?°\s?[CF]?\b|\b-?\d{1,2}\s?(?-i:[CF])\b",
    re.IGNORECASE,
)
_INDEX_ENTRY_PATTERN = re.compile(
    r"(?:[A-Z][\w&’'/ -]{2,28}?)[\s.…·:]+(?:p\.?\s?|[A-Z])?\d{1,3}(?:\s?[-–,&]\s?\d{1,3})*(?=\s|\Z|[,;|])"
)
_MARKET_RATES_PATTERN = re.compile(
    r"\b(?:USD|EUR|GBP|JPY|CNY|RMB|FTSE|Dow|Nasdaq|Hang Seng|Nikkei|Brent|Gold)\b.{0,12}[\d.,]+", re.IGNORECASE
)

_CREDIT_HINT_PATTERN = re.compile(
    r"(?i:\b(?:photos?|pictures?|images?|provided|courtesy|supplied)\b)|[A-Za-z]\s*/\s*(?i:for\s)"
)
_MIN_PARAGRAPH_LENGTH = 300
"""Length, in characters, above which a line is a paragraph and never furniture."""


class Folio(NamedTuple):
    """Date (EDTF) and page number of a masthead or folio; each is empty if not given."""

    date: str = ""
    page: str = ""


def normalize_label(text: str) -> str:
    """Return `text` in the form labels are compared in: lower case, straight quotes, no bullets, no end mark."""
    return " ".join(text.replace("’", "'").strip(_BULLET_CHARACTERS + ".:!").lower().split())


def is_jump_line(line: str) -> bool:
    """Return True for a reference to a page: `See page 3`, `● Continued on page 4`, `SEE 'COAL' PAGE 2`."""
    return len(line) <= 90 and bool(_JUMP_LINE_PATTERN.match(line))


def is_section_label(text: str) -> bool:
    """Return True for a section label: `Business`, `SPECIAL REPORT`, `Shanxi Special`."""
    plain = normalize_label(text)
    words = plain.split()
    if not words or len(words) > 4 or text[-1:] in ".?!":
        return False
    return plain in SECTIONS or plain in FURNITURE_LABELS or (words[-1] in SECTION_ENDINGS and _is_capitalized(text))


def is_box_label(text: str) -> bool:
    """Return True for the label of a box that is not an article: `INSIDE`, `TODAY'S WEATHER`, `ADVERTISEMENT`."""
    return normalize_label(text) in FURNITURE_LABELS


def extract_label(text: str) -> str:
    """Return the text before the first colon, normalized as a label."""
    return normalize_label(text.partition(":")[0])


def _is_capitalized(text: str) -> bool:
    return all(word[:1].isupper() or not word[:1].isalpha() for word in text.split())


def is_folio_line(line: str) -> bool:
    """Return True for a line of only the newspaper's name, a date, a page number, a price or an address."""
    if len(line) > 140 or line.count(" ") > 18 or not line.strip() or re.fullmatch(r"\d{2,}\.", line):
        return False
    rest = _PRICE_PATTERN.sub(" ", _URL_PATTERN.sub(" ", _DATE_PATTERN.sub(" ", line)))
    dated = bool(_DATE_PATTERN.search(line))
    signs = (
        dated
        + bool(_URL_PATTERN.search(line))
        + bool(_PRICE_PATTERN.search(line))
        + bool(re.search(r"\bpages?\s?[A-Z]?\d|\bvol", line, re.IGNORECASE))
    )
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", rest)
    left = [
        word
        for word in words
        if not word.isdigit()
        and word.lower() not in WEEKDAYS
        and word.lower() not in FOLIO_WORDS
        and word.lower() not in MONTHS
        and not "\u4e00" <= word[0] <= "\u9fff"
        and not re.fullmatch(r"[A-Z]?\d+[A-Z]?", word)
    ]
    if not left:
        return signs > 0 or (any(char.isdigit() for char in line) and len(words) <= 3)
    name = left[-1].lower() in PUBLICATION_ENDINGS or any(word.lower() in PUBLICATION_ENDINGS for word in left)
    label = " ".join(left).lower() in SECTIONS or left[-1].lower() in SECTION_ENDINGS
    capital = all(word[:1].isupper() for word in left)
    number = bool(re.match(r"[A-Z]?\d{1,3}\b\s*[|•·—–-]?\s*\D|.*\D\b[A-Z]?\d{1,3}\Z", line.strip()))
    if signs and len(left) <= 5 and capital and (name or label or signs > 1 or dated):
        return True
    return capital and len(left) <= 4 and (name or label) and number


def is_copyright_line(text: str) -> bool:
    """Return True for a copyright notice: `© The Evening Gazette. All rights reserved`."""
    return len(text) <= 120 and bool(_COPYRIGHT_PATTERN.match(text))


def is_masthead_line(text: str) -> bool:
    """Return True for a line of only the name of a newspaper."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    return bool(_LETTERSPACED_PATTERN.fullmatch(text.strip())) or (
        2 <= len(words) <= 5
        and words[-1] in PUBLICATION_ENDINGS
        and (text.isupper() or (words[0] == "the" and _is_capitalized(text)))
    )


def parse_folio(line: str) -> Folio:
    """Return the date and the page number of a folio."""
    match, number = _DATE_PATTERN.search(line), re.search(r"\b(?:page|p\.?)\s?([A-Z]?\d{1,3})\b", line, re.IGNORECASE)
    date = ""
    if match:
        year, month, day = (next(match[f"{part}{n}"] for n in "12345" if match[f"{part}{n}"]) for part in "ymd")
        position = int(month) if month.isdigit() else [name[:3] for name in MONTHS].index(month.lower()[:3]) + 1
        if 1 <= position <= 12 and 1 <= int(day) <= 31:
            date = f"{year}-{position:02}-{int(day):02}"
    return Folio(date, number[1] if number else _find_bare_page(line))


def _find_bare_page(line: str) -> str:
    """Return the page number at one end of a folio, beside a name or a date: `THE TAIYUAN HERALD B3`; else empty."""
    rest = _DATE_PATTERN.sub(" ", _PRICE_PATTERN.sub(" ", line)).strip(_BULLET_CHARACTERS + ",.")
    match = _BARE_PAGE_PATTERN.search(rest)
    return match["last"] or match["first"] if match and re.search(r"[^\W\d_]{3}", rest) else ""


def parse_publication(line: str) -> str:
    """Return the name of a newspaper that is a part of a line, with small letters if it is in capitals; else empty."""
    for part in _FOLIO_SEPARATOR_PATTERN.split(_DATE_PATTERN.sub("|", _URL_PATTERN.sub("|", line))):
        name = part.strip(_BULLET_CHARACTERS + ".")
        words = name.split()
        named = 2 <= len(words) <= 5 and normalize_label(words[-1]) in PUBLICATION_ENDINGS and _is_capitalized(name)
        if named and not is_section_label(name) and not any(char.isdigit() for char in name):
            return " ".join(word.capitalize() for word in words) if name.isupper() else name
    return ""


def classify_box(lines: Sequence[str]) -> str:
    """Return the kind of furniture of a group of lines: `index`, `weather`, `advert`, `masthead`; empty for text."""
    if not lines:
        return ""
    first, text = normalize_label(lines[0]), " ".join(lines)
    if extract_label(text) in FURNITURE_LABELS and re.search(r"[|•·▪■●]|\d", text) and len(text.split()) < 40:
        return "index"
    if re.match(r"[A-Z][A-Z’' ]+:\s", text) and extract_label(text) in FURNITURE_LABELS and len(text.split()) < 50:
        return "box"
    sentences = len(re.findall(r"[a-z]{3,}[.!?][\"'”’)]*(?:\s+[\"“‘]?[A-Z]|\s*\Z)", text))
    if (
        (first in FURNITURE_LABELS or first.startswith(("tides at", "tides for", "weather for")))
        and len(lines) > 1
        and sentences <= 2
    ):
        return "advert" if "adv" in first or "sponsor" in first or "promo" in first else "box"
    if len(lines) > 1 and is_section_label(lines[0]) and sentences == 0 and re.search(r"\d", text[len(lines[0]) :]):
        return "box"
    entries = sum(len(entry.group()) for line in lines for entry in _INDEX_ENTRY_PATTERN.finditer(line))
    count = sum(1 for line in lines for _ in _INDEX_ENTRY_PATTERN.finditer(line))
    if sentences == 0 and count >= 2 and entries * 10 > len(text) * 7:
        return "index"
    if all(is_folio_line(line) or is_masthead_line(line) or is_jump_line(line) for line in lines):
        return "masthead"
    if (
        len(lines) > 1
        and sum(
            is_folio_line(line) or is_masthead_line(line) or bool(_URL_PATTERN.fullmatch(line.strip()))
            for line in lines
        )
        * 2
        > len(lines)
        and sentences == 0
    ):
        return "masthead"
    if sentences <= 1 and len(_WEATHER_PATTERN.findall(text)) >= 2 and len(text.split()) < 80:
        return "weather"
    if sentences == 0 and (len(_MARKET_RATES_PATTERN.findall(text)) >= 2 or _is_table(lines)):
        return "table"
    return _classify_advert(lines, text, sentences)


def _is_table(lines: Sequence[str]) -> bool:
    """Return True for rows of figures: most lines have some, and there are at least as many of them as words."""
    figures = [len(re.findall(r"(?<![^\W\d_])[-+]?[£€$₹¥]?\d[\d,.]*%?", line)) for line in lines]
    words = sum(len(re.findall(r"[^\W\d_]{2,}", line)) for line in lines)
    return len(lines) >= 2 and sum(count > 0 for count in figures) * 3 >= len(lines) * 2 and sum(figures) * 2 >= words


def _classify_advert(lines: Sequence[str], text: str, sentences: int) -> str:
    """Return `advert` for lines that sell something or give contact details, else empty."""
    words = len(text.split())
    if words > 90 or re.search(r"\b(?:said|says|told)\b", text):
        return ""
    phone, url = bool(_PHONE_PATTERN.search(text)), bool(_URL_PATTERN.search(text))
    selling = len({word.lower() for word in _ADVERT_PATTERN.findall(text)})
    capitals = sum(1 for line in lines if line.isupper() and len(line) > 3)
    score = (
        2 * phone + url + 2 * min(selling, 2) + (capitals > 0) + (sentences == 0) + bool(_PRICE_PATTERN.search(text))
    )
    return "advert" if score >= 4 and (phone or url or selling) else ""


def classify_furniture(texts: Sequence[str]) -> str:
    """Return the kind of furniture of a segment of lines; empty for text of an article."""
    if len(texts) == 1:
        text = texts[0]
        if len(text) > _MIN_PARAGRAPH_LENGTH:
            return ""
        if is_jump_line(text):
            return "pointer"
        if is_copyright_line(text) and not _CREDIT_HINT_PATTERN.search(text):
            return "copyright"
        if _CREDIT_HINT_PATTERN.search(text):
            return ""
        if is_folio_line(text) or is_masthead_line(text):
            return "masthead"
        if is_box_label(text):
            return "box label"
    if len(texts) == 2 and is_address(texts[1]) and parse_bare_byline(texts[0], placed=True):
        return ""  # a byline, and how to reach its author
    return classify_box(texts)
