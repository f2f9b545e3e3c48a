"""Blocks in which a caption or a byline is joined to text: split them."""

import re
from collections.abc import Iterator, Sequence

from shanxi_cli.analysis.word_frequency import word_frequency
from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.lexicon import CREDIT_WORDS
from shanxi_cli.segmentation.rules.bylines import parse_byline, split_leading_byline
from shanxi_cli.segmentation.rules.captions import starts_with_direction
from shanxi_cli.segmentation.rules.contributors import parse_contributors
from shanxi_cli.segmentation.rules.credits import (
    CreditedCaption,
    find_inner_credits,
    parse_standalone_credit,
    split_leading_credit,
    split_trailing_credit,
    strip_credit_marks,
)
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields

_SENTENCE_BREAK_PATTERN = re.compile(r"(?<![A-Z]\.)(?<=[.!?”\"’'])\s+(?=[A-ZÀ-Þ])")
_INNER_BYLINE_PATTERN = re.compile(
    r"(?<=[\w?!”\"’'])\s+(?=(?:By|BY)\s+[A-ZÀ-Þ][\w'’.-]+\s+[A-ZÀ-Þ][\w'’.-]+(?:\s|,|\Z))"
)
_CONTRIBUTED_PATTERN = re.compile(r"\b(?:contributed|reporting|contributors?)\b", re.IGNORECASE)
_CAPTION_MARK_PATTERN = re.compile(r"(?:\A|\s)[■►▲▼◄▶◀]\s?(?=[A-Z])")
"""A mark in front of a caption that points to its picture."""
_INNER_DIRECTION_PATTERN = re.compile(
    r"(?:(?<=[.!?”\"')] )|\A)(?:Top|Above|Below|Left|Right|Bottom|Center|Centre|Main|Inset|Far left|Far right)"
    r"(?: (?:left|right|and \w+|row|picture))?:"
)


def split_joined_blocks(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, split where a caption or a byline is joined to text."""
    return [piece for block in blocks for piece in split_joined_block(block)]


def split_joined_block(block: Block) -> Iterator[Block]:
    """Yield the parts of a block in which a caption or a byline is joined to text."""
    if block.kind is not BlockKind.TEXT:
        yield block
        return
    if leading := split_leading_byline(block.text):
        yield replace_fields(
            block, text="By " + " and ".join(leading[0].names), kind=BlockKind.BYLINE, names=leading[0].names
        )
        block = replace_fields(block, text=leading[1], gap=0)
    if at := _find_trailing_byline(block):
        yield replace_fields(block, text=block.text[:at].strip(), kind=BlockKind.HEADING)
        byline = parse_byline(block.text[at:].strip())
        names = byline.names if byline else ()
        yield replace_fields(block, text=block.text[at:].strip(), gap=0, level=0, kind=BlockKind.BYLINE, names=names)
        return
    if at := _find_trailing_contributors(block.text):
        yield from split_joined_block(replace_fields(block, text=block.text[:at].strip()))
        contributors = block.text[at:].strip()
        yield replace_fields(
            block, text=contributors, gap=0, kind=BlockKind.CONTRIBUTORS, names=parse_contributors(contributors)
        )
        return
    if marked := _split_marked_caption(block.text):
        before, shown, behind = marked
        yield replace_fields(block, text=before)
        yield make_caption_block(
            replace_fields(block, text=shown.text, gap=0), [Caption(shown.text, shown.credit)], shown.text
        )
        yield replace_fields(block, text=behind, gap=0)
        return
    inner = [span for span in find_inner_credits(block.text, block.lines) if span[1] < len(block.text.rstrip(" .)]"))]
    if not inner:
        yield _convert_credited_block(block)
        return
    yield from _split_inner_captions(block, inner)


def _split_marked_caption(text: str) -> tuple[str, CreditedCaption, str] | None:
    """Return a caption with a mark before it and a credit after, inside a sentence, and the text around it."""
    mark = _CAPTION_MARK_PATTERN.search(text)
    if not mark or not mark.start() or ends_sentence(text[: mark.start()]):
        return None
    for space in re.finditer(r"\s(?=[a-z])", text[mark.end() : mark.end() + 400]):
        at = mark.end() + space.start()
        caption = split_trailing_credit(text[mark.end() : at])
        if caption and ends_sentence(caption.text):
            return text[: mark.start()].strip(), caption, text[at:].strip()
    return None


def _find_trailing_byline(block: Block) -> int:
    """Return the offset of the byline after a headline in the same line, in characters; 0 if there is none."""
    if len(block.text) > 240 or ends_sentence(block.text):
        return 0
    match = _INNER_BYLINE_PATTERN.search(block.text)
    if not match or "/" in block.text or len(block.text[: match.start()].split()) < 3:
        return 0
    above = block.text[: match.start()].rstrip("\"”’'")
    if ends_sentence(above) or above[-1:].isdigit() or above.rpartition(" ")[2].strip("—–-([|").lower() in CREDIT_WORDS:
        return 0
    name = block.text[match.end() :].split()[1]
    if not name.isupper() and not re.search(r"\s[a-z]{4,}", above):
        return 0  # every word of this headline has a capital, By too
    return match.start() if parse_byline(block.text[match.end() :]) else 0


def _find_trailing_contributors(text: str) -> int:
    """Return the offset of the sentence that names contributors at the end of a text; 0 if there is none."""
    tail = max(0, len(text) - 200)
    if not _CONTRIBUTED_PATTERN.search(text, tail):
        return 0
    for sentence_break in reversed(list(_SENTENCE_BREAK_PATTERN.finditer(text, tail))):
        if sentence_break.start() and parse_contributors(text[sentence_break.end() :]):
            return sentence_break.start()
    return 0


def _convert_credited_block(block: Block) -> Block:
    """Return the block as a caption if its text ends or begins with a credit."""
    if parse_byline(block.text) or parse_contributors(block.text) or parse_standalone_credit(block.text):
        return block
    caption = _split_credit_line(block) or split_trailing_credit(block.text) or split_leading_credit(block.text)
    if not caption or len(caption.text.split()) > 150:
        return block
    if mark := _CAPTION_MARK_PATTERN.match(caption.text):
        caption = caption._replace(text=caption.text[mark.end() :])
    return make_caption_block(block, [Caption(caption.text, caption.credit)], caption.text)


def _split_credit_line(block: Block) -> CreditedCaption | None:
    """Return caption and credit of lines whose first or last is a credit by itself."""
    if not 2 <= len(block.lines) <= 12:
        return None
    first, last = parse_standalone_credit(block.lines[0]), parse_standalone_credit(block.lines[-1])
    if last and block.text.endswith(block.lines[-1]) and ends_sentence(block.lines[-2]):
        return CreditedCaption(block.text.removesuffix(block.lines[-1]).strip(), strip_credit_marks(last))
    if first and block.text.startswith(block.lines[0]) and not starts_mid_sentence(block.lines[1]):
        return CreditedCaption(block.text.removeprefix(block.lines[0]).strip(), strip_credit_marks(first))
    return None


def make_caption_block(block: Block, captions: list[Caption], story: str) -> Block:
    """Return a block as a caption with its captions and their whole text without credits."""
    return replace_fields(block, kind=BlockKind.CAPTION, captions=tuple(captions), caption_story=story)


def _split_inner_captions(block: Block, spans: list[tuple[int, int]]) -> Iterator[Block]:
    """Yield the parts of a block with credits inside: text, captions, text.

    `spans` are the credits, half-open, in characters, into the text of the block.
    """
    text = block.text
    rest = text[spans[-1][1] :].strip()
    start = 0
    if rest and starts_mid_sentence(rest):
        start = _find_joined_caption(text[: spans[0][0]])
    captions, at = [], start
    for begin, end in spans:
        captions.append(Caption(_extract_caption_text(text[at:begin].strip()), strip_credit_marks(text[begin:end])))
        at = end
    last = split_trailing_credit(rest) if rest else None
    if last:
        captions.append(Caption(_extract_caption_text(last.text), last.credit))
    story = " ".join(_remove_spans(text[start:], [(b - start, e - start) for b, e in spans]).split())
    if last:
        story = story.removesuffix(last.credit).strip()
    if start:
        yield replace_fields(block, text=text[:start].strip())
    continued = bool(rest) and not last and starts_mid_sentence(rest)
    caption_block = replace_fields(block, text=text[start:], gap=0 if start else block.gap)
    yield make_caption_block(caption_block, captions, story if not continued else story.removesuffix(rest).strip())
    if continued:
        yield replace_fields(block, text=rest, gap=0)


def _extract_caption_text(text: str) -> str:
    """Return the text before a credit from its last direction (`Left:`) on, else all of it."""
    directions = list(_INNER_DIRECTION_PATTERN.finditer(text))
    return text[directions[-1].start() :] if directions else text


def _remove_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for begin, end in spans:
        kept.append(text[at:begin])
        at = end
    return " ".join([*kept, text[at:]])


def _find_joined_caption(text: str) -> int:
    """Return the offset of a caption that follows an unfinished sentence, in characters; 0 if there is none."""
    for space in re.finditer(r"(?<=[a-z0-9,-])\s+(?=(?:(?:From|Top|Left|Right|Above|Below)\b|[A-Z][a-z]*\s))", text):
        word = re.match(r"[A-Za-z]+", text[space.end() :])
        if (
            word
            and (word_frequency(word.group()) >= 20_000 or starts_with_direction(text[space.end() :]))
            and len(text[space.end() :].split()) <= 80
        ):
            return space.end()
    return 0
