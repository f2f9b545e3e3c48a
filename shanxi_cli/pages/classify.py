"""What each block of a page is, as far as its own words and its neighbours tell."""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from shanxi_cli.language.lexicon import frequency, is_word
from shanxi_cli.model import Caption
from shanxi_cli.pages.blocks import Block, Kind, ends, is_open, starts_low
from shanxi_cli.pages.bylines import author_note, bare_byline, byline, contributors, glued_byline, is_agency, role_line
from shanxi_cli.pages.captions import (
    Captioned,
    bare_credit,
    credit_alone,
    directed,
    inner_credits,
    leading_credit,
    seems_caption,
    trailing_credit,
)
from shanxi_cli.pages.furniture import is_label
from shanxi_cli.pages.lists import OPEN_ENDS, STARTERS
from shanxi_cli.pages.repeats import without_repeats
from shanxi_cli.pages.words import Vocabulary, is_cut
from shanxi_cli.record import replace

_MOST_HEADING_WORDS = 22
_DIRECTION_INSIDE = re.compile(
    r"(?:(?<=[.!?”\"')] )|\A)(?:(?:Top|Above|Below|Left|Right|Bottom|Center|Centre|Main|Inset|Far left|Far right)(?: (?:left|right|and \w+|row|picture))?):"
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40}(?:,\s[A-Z][\w ,.]{2,30})?\s*(?:\([\w ./]+\)\s*)?(?:[:—–]|\s-)\s*[A-Z\"“‘]"
)
"""How a report begins that names its place: `LUSAKA:`, `BEIJING (Reuters) —`."""


def classified(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks with their kinds; a block in which a caption is glued to text becomes several."""
    parted = [piece for block in blocks for piece in _parted(block)]
    told = _with_credits([_by_itself(block) for block in parted], vocabulary)
    return _with_bylines(_with_headings(without_repeats(told), vocabulary), vocabulary)


def _by_itself(block: Block) -> Block:
    """A block's kind as its own words tell it."""
    if block.kind is not Kind.TEXT:
        return block
    if found := byline(block.text):
        return replace(block, kind=Kind.BYLINE, names=found.names)
    if names := contributors(block.text):
        return replace(block, kind=Kind.CONTRIBUTORS, names=names)
    if author_note(block.text):
        return replace(block, kind=Kind.NOTE)
    if is_label(block.text):
        return replace(block, kind=Kind.LABEL)
    return block


def _parted(block: Block) -> Iterator[Block]:
    """A block parted where a caption or a byline is glued to it."""
    if block.kind is not Kind.TEXT:
        yield block
        return
    if glued := glued_byline(block.text):
        yield replace(block, text="By " + " and ".join(glued[0].names), kind=Kind.BYLINE, names=glued[0].names)
        block = replace(block, text=glued[1], gap=0)
    inner = [span for span in inner_credits(block.text, block.lines) if span[1] < len(block.text.rstrip(" .)]"))]
    if not inner:
        yield _captioned(block)
        return
    yield from _cut_out(block, inner)


def _captioned(block: Block) -> Block:
    """The block as a caption, where its text ends or begins with a credit."""
    if byline(block.text) or contributors(block.text) or credit_alone(block.text):
        return block
    found = _credit_line(block) or trailing_credit(block.text) or leading_credit(block.text)
    if not found or len(found.text.split()) > 150:
        return block
    return _caption(block, [Caption(found.text, found.credit)], found.text)


def _credit_line(block: Block) -> Captioned | None:
    """Caption and credit of lines of which the first or the last is a credit by itself."""
    if not 2 <= len(block.lines) <= 12:
        return None
    first, last = credit_alone(block.lines[0]), credit_alone(block.lines[-1])
    if last and block.text.endswith(block.lines[-1]) and ends(block.lines[-2]):
        return Captioned(block.text.removesuffix(block.lines[-1]).strip(), bare_credit(last))
    if first and block.text.startswith(block.lines[0]) and not starts_low(block.lines[1]):
        return Captioned(block.text.removeprefix(block.lines[0]).strip(), bare_credit(first))
    return None


def _caption(block: Block, captions: list[Caption], story: str) -> Block:
    return replace(block, kind=Kind.CAPTION, captions=tuple(captions), story=story)


def _cut_out(block: Block, spans: list[tuple[int, int]]) -> Iterator[Block]:
    """A block with credits inside: the text before a caption, the captions, the text behind them."""
    text = block.text
    rest = text[spans[-1][1] :].strip()
    start = 0
    if rest and starts_low(rest):
        start = _glued_at(text[: spans[0][0]])
    captions, at = [], start
    for begin, end in spans:
        captions.append(Caption(_described(text[at:begin].strip()), bare_credit(text[begin:end])))
        at = end
    last = trailing_credit(rest) if rest else None
    if last:
        captions.append(Caption(_described(last.text), last.credit))
    story = " ".join(f"{_without(text[start:], [(b - start, e - start) for b, e in spans])}".split())
    if last:
        story = story.removesuffix(last.credit).strip()
    if start:
        yield replace(block, text=text[:start].strip())
    continued = bool(rest) and not last and starts_low(rest)
    told = replace(block, text=text[start:], gap=0 if start else block.gap)
    yield _caption(told, captions, story if not continued else story.removesuffix(rest).strip())
    if continued:
        yield replace(block, text=rest, gap=0)


def _described(text: str) -> str:
    """The caption in a text before its credit: from the last word that points to a picture on, else all of it."""
    found = list(_DIRECTION_INSIDE.finditer(text))
    return text[found[-1].start() :] if found else text


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for begin, end in spans:
        kept.append(text[at:begin])
        at = end
    return " ".join([*kept, text[at:]])


def _glued_at(text: str) -> int:
    """Where in a text the caption begins that is glued to a sentence without an end; 0 when it does not."""
    for found in re.finditer(r"(?<=[a-z0-9,-])\s+(?=(?:(?:From|Top|Left|Right|Above|Below)\b|[A-Z][a-z]*\s))", text):
        word = re.match(r"[A-Za-z]+", text[found.end() :])
        if (
            word
            and (frequency(word.group()) >= 20_000 or directed(text[found.end() :]))
            and len(text[found.end() :].split()) <= 80
        ):
            return found.end()
    return 0


def _with_credits(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Credits that stand in a line of their own, given to the caption before them or behind."""
    kept = list(blocks)
    for n, block in enumerate(kept):
        credit = credit_alone(block.text) if block.kind in (Kind.TEXT, Kind.CAPTION, Kind.LABEL) else ""
        if not credit:
            continue
        before = _near(kept, n, -1)
        after = _near(kept, n, 1)
        if after == n + 1 and kept[after].gap == 0 and block.gap and seems_caption(kept[after].text):
            before = None  # it stands right over its caption
        elif is_agency(credit) and "/" not in credit and not _bare_credit(kept, before, after, vocabulary):
            continue
        owner = _owner(kept, before, after)
        if owner is None:
            if re.search(r"[/\[(:]|(?i:photo|provided)", credit):
                kept[n] = replace(block, kind=Kind.FURNITURE, why="credit without a caption")
            continue
        text = kept[owner].text
        kept[owner] = _caption(kept[owner], [Caption(text, bare_credit(credit))], text)
        kept[n] = replace(block, kind=Kind.FURNITURE, why="")
    return kept


def _near(blocks: Sequence[Block], n: int, step: int) -> int | None:
    n += step
    while 0 <= n < len(blocks) and blocks[n].kind is Kind.FURNITURE:
        n += step
    return n if 0 <= n < len(blocks) else None


def _bare_credit(blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: Vocabulary) -> bool:
    """True when an agency's name alone is the credit of the block before it, not the signature of an article."""
    if before is None or blocks[before].kind is not Kind.TEXT or not seems_caption(blocks[before].text):
        return False
    earlier = _near(blocks, before, -1)
    cut = earlier is not None and blocks[earlier].kind is Kind.TEXT and is_open(blocks[earlier].text)
    return cut or (
        after is not None and blocks[after].kind is Kind.TEXT and not _may_be_heading(blocks[after], None, vocabulary)
    )


def _owner(blocks: Sequence[Block], before: int | None, after: int | None) -> int | None:
    """Which of the neighbours of a credit is its caption."""

    def fits(at: int | None) -> int:
        if at is None or blocks[at].kind is not Kind.TEXT or blocks[at].level:
            return 0
        text = blocks[at].text
        words = len(text.split())
        if words > 90 or starts_low(text):
            return 0
        return 3 if seems_caption(text) else 1 if words <= 60 and ends(text) else 0

    first, second = fits(before), fits(after)
    if before is not None and first and first >= second:
        return before
    if after is not None and second == 3:
        return after
    return before if first else None


def _with_headings(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Blocks that may be headlines, decks or crossheads."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        if block.kind is Kind.TEXT and _may_be_heading(block, _following(blocks, n), vocabulary):
            kept[n] = replace(block, kind=Kind.HEADING)
    for n, block in enumerate(kept):
        before, after = _near(kept, n, -1), _near(kept, n, 1)
        if block.kind is not Kind.TEXT or before is None or kept[before].kind is not Kind.HEADING:
            continue
        if _is_long_deck(block, kept[after] if after is not None else None):
            kept[n] = replace(block, kind=Kind.HEADING)
            continue
        short = len(block.text.split()) <= 14 and starts_low(block.text) and is_open(block.text)
        if short and (after is None or kept[after].kind is not Kind.TEXT or not starts_low(kept[after].text)):
            kept[before] = replace(kept[before], text=f"{kept[before].text} {block.text}")
            kept[n] = replace(block, kind=Kind.FURNITURE, why="")
    return kept


def _is_long_deck(block: Block, after: Block | None) -> bool:
    """True for a deck of more words than a headline has: right under one, and above names or a byline."""
    words = block.text.split()
    if not _MOST_HEADING_WORDS < len(words) <= 36 or not is_open(block.text) or starts_low(block.text):
        return False
    return after is not None and (after.kind is Kind.BYLINE or bare_byline(after.text, placed=True) is not None)


def _following(blocks: Sequence[Block], n: int) -> Block | None:
    """The next block of text, captions and furniture left out."""
    for block in blocks[n + 1 :]:
        if block.kind not in (Kind.CAPTION, Kind.FURNITURE):
            return block
    return None


def lost_capital(text: str, vocabulary: Vocabulary) -> bool:
    """True for a text whose first word lacks its first letter: `ne of China's`, and not `of the`."""
    found = re.match(r"[\"'“‘]?([a-z]+)", text)
    if not found or is_word(found[1]):
        return False
    rest = found[1]
    return any(frequency(letter + rest) >= 50 or vocabulary.counts[letter + rest] for letter in ascii_lowercase)


def _may_be_heading(block: Block, after: Block | None, vocabulary: Vocabulary) -> bool:
    text, words = block.text, block.text.split()
    if block.level:
        return len(words) <= 40 and not (len(words) > 12 and ends(text) and text.count(". ") >= 1)
    if len(words) > _MOST_HEADING_WORDS or len(words) < 2 or starts_low(text) or len(text) > 170:
        return False
    if re.search(r"[.。,;:—–-][\"'”’)]*\Z", text) and not re.search(r"\b[A-Z]\.[A-Z]\.\Z", text):
        return False
    if words[-1].lower().strip("\"'”’") in OPEN_ENDS or not re.search(r"[^\W\d_]{2}", text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if ends(text) and text[:1] in "\"“‘'":
        return False  # somebody asks or cries out
    cut = after is not None and after.kind is Kind.TEXT and starts_low(after.text)
    if cut and after is not None and lost_capital(after.text, vocabulary):
        cut = is_cut(text, after.text, vocabulary)
    display = cut and after is not None and len(after.text.split()) <= 14 and is_open(after.text)
    return not cut or display


def _with_bylines(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Names without a `By`, roles, places and signatures, known by where they stand."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        if block.kind not in (Kind.HEADING, Kind.LABEL, Kind.TEXT, Kind.NOTE) or len(block.text.split()) > 14:
            continue
        before, after = _near(kept, n, -1), _near(kept, n, 1)
        if before is not None and kept[before].kind is Kind.BYLINE and _belongs_to_byline(kept, before, block, after):
            kept[n] = replace(block, kind=Kind.FURNITURE, why="")
        elif after is not None and starts_low(kept[after].text) and not may_lack_capital(kept[after].text, vocabulary):
            continue
        elif (found := bare_byline(block.text, _stands_as_byline(kept, before, after, vocabulary))) and (
            kind := _name_kind(kept, n, before, after, found.names, vocabulary)
        ):
            kept[n] = replace(block, kind=kind, names=found.names)
    return kept


def may_lack_capital(text: str, vocabulary: Vocabulary) -> bool:
    """True also where the rest of the first word is a word by itself, as in `he` of The and `hen` of When."""
    found = re.match(r"[\"'“‘]?([a-z]+)", text)
    return lost_capital(text, vocabulary) or (
        found is not None and any(letter + found[1] in STARTERS for letter in ascii_lowercase)
    )


def begins_article(text: str, vocabulary: Vocabulary) -> bool:
    """True for a text that begins as articles do: a dateline, a drop capital, a word or two in capitals."""
    if _DATELINE.match(text) or lost_capital(text, vocabulary):
        return True
    return bool(re.match(r"[A-Z]\Z|[B-HJ-Z]\s[a-z]|[A-Z]\s[a-z]+\s|[A-Z]{3,}\s[a-zA-Z]|A\s[A-Z]{3,}\s", text))


def _stands_as_byline(blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: Vocabulary) -> bool:
    """True for a place between a headline and text, or before the beginning of an article: any names can be a byline there."""
    if after is None or blocks[after].kind is not Kind.TEXT:
        return False
    if before is not None and blocks[before].kind is Kind.HEADING:
        return len(blocks[before].text.split()) >= 3
    earlier = _near(blocks, before, -1) if before is not None else None
    if (
        earlier is not None
        and blocks[earlier].kind is Kind.HEADING
        and blocks[earlier].line >= blocks[before or 0].line - 12
    ):
        return len(blocks[earlier].text.split()) >= 3  # under the introduction of a section
    cut = before is not None and blocks[before].kind is Kind.TEXT and is_open(blocks[before].text)
    return not cut and begins_article(blocks[after].text, vocabulary)


def _belongs_to_byline(blocks: Sequence[Block], before: int, block: Block, after: int | None) -> bool:
    """True for the role, address or place in the line under a byline."""
    if block.line <= blocks[before].line or block.gap > 1 or block.text.endswith("."):
        return False
    if role_line(block.text):
        return True
    words = block.text.split()
    place = len(words) <= 2 and all(word[:1].isupper() and word.isalpha() for word in words) and not block.level
    return place and after is not None and blocks[after].kind is Kind.TEXT


def _name_kind(
    blocks: Sequence[Block],
    n: int,
    before: int | None,
    after: int | None,
    names: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Kind | None:
    """What a line of nothing but names is: a byline under a headline, a signature under text, or neither."""
    agency = len(names) == 1 and (is_agency(names[0]) or role_line(names[0]))
    above = blocks[before].kind if before is not None else None
    below = blocks[after].kind if after is not None else None
    if above in (Kind.HEADING, Kind.LABEL) and below in (Kind.TEXT, Kind.HEADING, Kind.CAPTION, Kind.BYLINE):
        return None if _has_byline(blocks, n) else Kind.BYLINE
    if above in (Kind.SIGNATURE, Kind.CONTRIBUTORS, Kind.NOTE) and below is Kind.TEXT:
        return Kind.BYLINE
    if after is not None and bare_byline(blocks[after].text) and above is Kind.TEXT and agency:
        return Kind.SIGNATURE  # and the next line is the byline of another article
    if above in (Kind.TEXT, Kind.CAPTION, None) and after is not None and below is Kind.TEXT:
        # Of an article whose headline was lost, if what follows begins one, or the name is no agency's.
        cut = before is not None and above is Kind.TEXT and is_open(blocks[before].text)
        return Kind.BYLINE if not cut and (not agency or begins_article(blocks[after].text, vocabulary)) else None
    if above not in (Kind.TEXT, Kind.CONTRIBUTORS, Kind.CAPTION) or (
        before is not None and above is Kind.TEXT and is_open(blocks[before].text)
    ):
        return None
    last = below in (None, Kind.HEADING, Kind.LABEL, Kind.NOTE, Kind.BYLINE, Kind.CAPTION)
    if after is not None and below in (Kind.TEXT, Kind.HEADING) and bare_byline(blocks[after].text):
        last = True
    if agency:
        return Kind.SIGNATURE if last else None
    return Kind.BYLINE if last else None


def _has_byline(blocks: Sequence[Block], n: int) -> bool:
    """True when a byline with a `By` stands in the same head as block `n`."""
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(blocks) and blocks[at].kind is not Kind.TEXT:
            if blocks[at].kind is Kind.BYLINE:
                return True
            if blocks[at].kind is Kind.CONTRIBUTORS:
                break
            at += step
    return False
