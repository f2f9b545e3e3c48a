"""Segmentation pipeline: a newspaper page, as a converter left it, becomes clean articles.

The steps: `line_joiner` cleans the lines (`passes.cleanup`) and joins those of one paragraph (`dehyphenation`);
`classifier` gives each block its kind (`rules`, `passes`); `assembler` makes drafts; `passes.join_paragraphs` joins cut
paragraphs; `passes.drop_caps` restores drop caps; this module assigns captions and supplies lost headlines.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.segmentation.assembler import assemble_drafts
from shanxi_cli.segmentation.blocks import Block
from shanxi_cli.segmentation.caption_assignment import assign_captions
from shanxi_cli.segmentation.chinese import is_chinese, segment_chinese_page
from shanxi_cli.segmentation.classifier import classify_blocks
from shanxi_cli.segmentation.column_check import has_joined_columns
from shanxi_cli.segmentation.draft import Draft, DraftedPage
from shanxi_cli.segmentation.left_out import list_caption_rests, list_draft_text, list_line_leftovers
from shanxi_cli.segmentation.line_joiner import BlockReading, read_blocks
from shanxi_cli.segmentation.page import Decision, JoinedColumnsError, Page
from shanxi_cli.segmentation.passes.cleanup import limit_runs
from shanxi_cli.segmentation.passes.doubled_beginnings import DOUBLED_LINE
from shanxi_cli.segmentation.passes.drop_caps import restore_drop_cap
from shanxi_cli.segmentation.passes.join_paragraphs import join_paragraphs
from shanxi_cli.segmentation.rules.furniture import Folio, parse_folio, parse_publication
from shanxi_cli.segmentation.sections import split_sections
from shanxi_cli.segmentation.supplied_title import SUPPLIED_TITLE_NOTE, make_supplied_title
from shanxi_cli.util.text import pluralize

_MIN_ARTICLE_WORDS = 12
"""Minimum number of words of an article without headline and byline."""


def segment_page(text: str, sizes: Sequence[float] = ()) -> Page:
    """Return the articles of a page in reading order, with repairs, dropped text and doubts.

    `sizes` are the sizes of type of its lines, as ratios to that of its text (0: unknown); empty for a form that
    has none.

    Raise `JoinedColumnsError` if the rows of several columns are joined in one line.
    """
    if is_chinese(text):
        return segment_chinese_page(text)
    text, long_words = limit_runs(text)
    sections = [_segment_section(section, own) for section, own in _divide_sizes(split_sections(text), sizes)]
    return Page(
        tuple(article for section in sections for article in section.articles),
        tuple(caption for section in sections for caption in section.captions),
        (*(what for section in sections for what in section.dropped), *(f"long word: {word}" for word in long_words)),
        next((section.date for section in sections if section.date), ""),
        next((section.page for section in sections if section.page), ""),
        next((section.publication for section in sections if section.publication), ""),
        tuple(decision for section in sections for decision in section.decisions),
    )


def _divide_sizes(sections: Iterable[str], sizes: Sequence[float]) -> Iterator[tuple[str, Sequence[float]]]:
    """Yield each section with the sizes of its lines, none if a line is missing."""
    start = 0
    for section in sections:
        end = start + section.count("\n") + 1
        yield section, sizes[start:end] if end <= len(sizes) else ()
        start = end


def _segment_section(text: str, sizes: Sequence[float]) -> Page:
    if has_joined_columns(text):
        raise JoinedColumnsError
    reading = read_blocks(text, sizes)
    blocks = classify_blocks(reading.blocks, reading.vocabulary)
    drafted = assemble_drafts(blocks, reading.vocabulary)
    for draft in drafted.drafts:
        if draft.headline or draft.authors:
            restore_drop_cap(draft, reading.vocabulary)
    captions = [(block, place) for block, place in drafted.captions]
    for piece, place in join_paragraphs(drafted.drafts, [block.line for block, _ in captions], reading.vocabulary):
        captions.append(
            (Block(piece.text, piece.line, captions=(Caption(piece.text),), caption_story=piece.text), place)
        )
    loose, shown = assign_captions(drafted.drafts, captions)
    drafted.dropped += list_caption_rests(shown)
    _assign_repairs(drafted, reading)
    drafts = [draft for draft in drafted.drafts if _is_article(draft)]
    drafted.dropped += list_line_leftovers(blocks)
    drafted.dropped += [what for draft in drafted.drafts for what in draft.left_out]
    dropped = [what for _, what in sorted(drafted.dropped)]
    for draft in drafted.drafts:
        if not _is_article(draft):
            dropped += list_draft_text(draft)
            loose += draft.captions
    folio = _read_folio(drafted)
    publication = next(filter(None, map(parse_publication, _list_mastheads(drafted))), "")
    decisions = sorted([*map(_describe_block, blocks), *drafted.decisions], key=lambda decision: decision.line)
    return Page(tuple(map(_build_article, drafts)), tuple(loose), tuple(dropped), *folio, publication, tuple(decisions))


def _describe_block(block: Block) -> Decision:
    label = block.furniture_kind or block.kind.value
    return Decision(block.line, block.text, label, block.margin, block.reasons)


def _is_article(draft: Draft) -> bool:
    """Return True for a draft with text; a few words without a headline and a byline are not an article."""
    if draft.headline or draft.authors:
        return bool(draft.paragraphs or draft.caption_story)
    return len(draft.body.split()) >= _MIN_ARTICLE_WORDS


def _assign_repairs(drafted: DraftedPage, reading: BlockReading) -> None:
    """Assign the repairs of lines to the articles that those lines went into; doubled lines of none are left out."""
    owner = {line: draft for draft in drafted.drafts if _is_article(draft) for line in draft.lines}
    starts = sorted(block.line for block in reading.blocks)
    early: dict[int, list[str]] = {}
    for repair in reading.repairs:
        at = bisect_right(starts, repair.line) - 1
        draft = owner.get(starts[at]) if at >= 0 else None
        if draft:
            early.setdefault(id(draft), []).append(repair.description)
        elif repair.description.startswith(DOUBLED_LINE):
            drafted.dropped.append((repair.line, repair.description))
    for draft in drafted.drafts:
        draft.repairs = [*early.get(id(draft), []), *draft.repairs]


def _list_mastheads(drafted: DraftedPage) -> list[str]:
    return [what.partition(": ")[2] for _, what in drafted.dropped if what.startswith("masthead")]


def _read_folio(drafted: DraftedPage) -> Folio:
    folios = [parse_folio(line) for line in _list_mastheads(drafted)]
    date = next((folio.date for folio in folios if folio.date), "")
    page = next((folio.page for folio in folios if folio.page), "")
    return Folio(date, page)


def _build_article(draft: Draft) -> Article:
    paragraphs = [piece.text for piece in draft.paragraphs] or [draft.caption_story]
    title = draft.headline or make_supplied_title(paragraphs[0])
    return Article(
        id="",
        title=title,
        title_note="" if draft.headline else SUPPLIED_TITLE_NOTE,
        deck=" ".join(draft.decks),
        author=draft.authors,
        contributors=draft.contributors,
        author_note=draft.note,
        section=draft.label,
        type="article" if draft.paragraphs else "image",
        body="\n\n".join(paragraphs),
        captions=tuple(draft.captions),
        repairs=_summarize_repairs(draft.repairs),
        unsure=tuple(draft.doubts),
    )


def _summarize_repairs(repairs: Sequence[str]) -> tuple[str, ...]:
    """Return the repairs, counting those that only name their kind: `mojibake: 12 lines`."""
    kinds: dict[str, int] = {}
    for repair in repairs:
        kinds[repair] = kinds.get(repair, 0) + 1
    shown: list[str] = []
    for what, number in kinds.items():
        if what.startswith(DOUBLED_LINE):
            shown += [what] * number
        else:
            shown.append(what if ":" in what else f"{what}: {pluralize(number, 'line')}")
    return tuple(shown)
