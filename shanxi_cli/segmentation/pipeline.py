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
from shanxi_cli.segmentation.chinese import is_chinese, segment_chinese_page
from shanxi_cli.segmentation.classifier import classify_blocks
from shanxi_cli.segmentation.column_check import has_joined_columns
from shanxi_cli.segmentation.draft import Draft, DraftedPage
from shanxi_cli.segmentation.line_joiner import BlockReading, read_blocks
from shanxi_cli.segmentation.page import Decision, JoinedColumnsError, Page
from shanxi_cli.segmentation.passes.cleanup import limit_runs
from shanxi_cli.segmentation.passes.drop_caps import restore_drop_cap
from shanxi_cli.segmentation.passes.join_paragraphs import join_paragraphs
from shanxi_cli.segmentation.rules.captions import describes_people, starts_with_direction
from shanxi_cli.segmentation.rules.furniture import Folio, parse_folio, parse_publication
from shanxi_cli.segmentation.sections import split_sections
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence
from shanxi_cli.segmentation.similarity import count_shared_names, count_terms, score_similarities
from shanxi_cli.segmentation.supplied_title import SUPPLIED_TITLE_NOTE, make_supplied_title
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.text import pluralize

_MIN_CAPTION_SCORE = 5.5
"""Similarity above which a caption belongs to an article; below, it must clearly exceed that of any other."""
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
    loose = _assign_captions(drafted.drafts, captions)
    _assign_repairs(drafted, reading)
    drafts = [draft for draft in drafted.drafts if _is_article(draft)]
    empty = [draft for draft in drafted.drafts if not (draft.paragraphs or draft.caption_story)]
    dropped = [what for _, what in sorted(drafted.dropped)]
    dropped += [
        f"text of no article: {draft.body}" for draft in drafted.drafts if draft.paragraphs and not _is_article(draft)
    ]
    dropped += [f"headline without text: {draft.headline}" for draft in empty if draft.headline]
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


def _assign_captions(drafts: Sequence[Draft], captions: Sequence[tuple[Block, int]]) -> list[Caption]:
    """Assign each caption to the article it is about and return the others.

    A headline without other text takes its caption as its text.
    """
    for n, draft in enumerate(drafts):
        if not draft.headline:
            continue
        if draft.paragraphs and not _is_story_in_parts(draft, n, captions):
            continue
        own = _select_story_captions(draft, [block for block, place in captions if place == n])
        if draft.paragraphs:
            text, [last] = f"{draft.body} {own[0].caption_story}", own[0].captions
            own = [replace_fields(own[0], caption_story=text, captions=(Caption(text, last.credit),))]
            draft.paragraphs = []
        if own:
            draft.caption_story = " ".join(block.caption_story or block.text for block in own)
            draft.captions = [caption for block in own for caption in block.captions]
            draft.lines |= {block.line for block in own}
    used_lines = {line for draft in drafts if draft.caption_story for line in draft.lines}
    subjects = [
        count_terms(f"{draft.headline} {' '.join(draft.decks)} {draft.body} {draft.caption_story}") for draft in drafts
    ]
    loose: list[Caption] = []
    near = _measure_nearness(captions, drafts)
    for block, place in captions:
        if block.line in used_lines:
            continue
        best = _find_captioned_article(block, place, near.get(block.line, (1.25, 1.2)), drafts, subjects)
        if best is None:
            loose += block.captions
        else:
            drafts[best].captions += block.captions
            drafts[best].lines.add(block.line)
    return loose


def _is_story_in_parts(draft: Draft, n: int, captions: Sequence[tuple[Block, int]]) -> bool:
    """Return True for a photo story of two paragraphs whose last one was taken for a caption because of its credit.

    The first paragraph describes what is to be seen, there is no author, and the last paragraph describes nothing.
    """
    own = [block for block, place in captions if place == n]
    if draft.authors or draft.contributors or len(draft.paragraphs) != 1 or len(own) != 1 or len(own[0].captions) != 1:
        return False
    last, first = own[0], draft.paragraphs[0]
    return (
        last.line > first.line
        and bool(last.captions[0].credit)
        and describes_people(first.text)
        and not (describes_people(last.caption_story) or starts_with_direction(last.caption_story))
        and ends_sentence(last.caption_story)
        and ends_sentence(first.text)
    )


def _select_story_captions(draft: Draft, captions: Sequence[Block]) -> list[Block]:
    """Return the captions that are the text of a headline without one: the first, and those that continue it."""
    own = list(captions[:1])
    for block in captions[1:]:
        credits = {caption.credit for caption_block in own for caption in caption_block.captions}
        same = any(caption.credit in credits for caption in block.captions)
        about = f"{draft.headline} {' '.join(caption_block.text for caption_block in own)}"
        if same or starts_with_direction(block.text) or count_shared_names(block.text, about):
            own.append(block)
    return own


def _measure_nearness(captions: Sequence[tuple[Block, int]], drafts: Sequence[Draft]) -> dict[int, tuple[float, float]]:
    """Return, by the line of each caption, weights for the article before it and the one after it.

    Of several captions between two articles the first belongs rather to the one above, the last to the one below.
    """
    weights: dict[int, tuple[float, float]] = {}
    for place in {place for _, place in captions}:
        begins = drafts[place + 1].line if 0 <= place + 1 < len(drafts) else None
        ends_at = max((piece.line for piece in drafts[place].paragraphs), default=0) if 0 <= place < len(drafts) else 0
        between = [block for block, at in captions if at == place and block.line > ends_at]
        for n, block in enumerate(between):
            if len(between) > 1 and begins is not None:
                weights[block.line] = (1.35, 1.0) if n == 0 else (1.0, 1.6) if n == len(between) - 1 else (1.2, 1.2)
    return weights


def _find_captioned_article(
    block: Block, place: int, near: tuple[float, float], drafts: Sequence[Draft], subjects: Sequence[object]
) -> int | None:
    """Return the index of the article that a caption is about, by shared terms and nearness; None if unclear."""
    if not drafts:
        return None
    common = score_similarities(block.text, subjects)  # type: ignore[arg-type]
    scores: list[tuple[float, int]] = []
    for n, value in enumerate(common):
        if drafts[n].caption_story:
            value = 0.0
        inside = n == place and drafts[n].paragraphs and any(piece.line > block.line for piece in drafts[n].paragraphs)
        factor = 1.6 if inside else near[0] if n == place else near[1] if n == place + 1 else 1.0
        scores.append((value * factor + (0.3 if inside else 0.0), n))
    ranked = sorted(scores, key=lambda score: (-score[0], abs(score[1] - max(place, 0))))
    best, at = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    clear = best > _MIN_CAPTION_SCORE or (best > _MIN_CAPTION_SCORE / 6 and best > 1.3 * second)
    return at if clear else None


def _assign_repairs(drafted: DraftedPage, reading: BlockReading) -> None:
    """Assign the repairs of lines to the articles that those lines went into."""
    owner = {line: draft for draft in drafted.drafts for line in draft.lines}
    starts = sorted(block.line for block in reading.blocks)
    early: dict[int, list[str]] = {}
    for repair in reading.repairs:
        at = bisect_right(starts, repair.line) - 1
        draft = owner.get(starts[at]) if at >= 0 else None
        if draft:
            early.setdefault(id(draft), []).append(repair.description)
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
    return tuple(what if ":" in what else f"{what}: {pluralize(number, 'line')}" for what, number in kinds.items())
