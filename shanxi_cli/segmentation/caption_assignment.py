"""Captions: assign each to the article that it is about, by shared terms and nearness."""

from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block
from shanxi_cli.segmentation.draft import Draft
from shanxi_cli.segmentation.rules.captions import describes_people, starts_with_direction
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence
from shanxi_cli.segmentation.similarity import count_shared_names, count_terms, score_similarities
from shanxi_cli.util.frozen_record import replace_fields

_MIN_CAPTION_SCORE = 5.5
"""Similarity above which a caption belongs to an article; below, it must clearly exceed that of any other."""


class CaptionRests(NamedTuple):
    """Captions of no article, and the blocks of captions that are no text of an article."""

    loose: list[Caption]
    shown: list[Block]


def assign_captions(drafts: Sequence[Draft], captions: Sequence[tuple[Block, int]]) -> CaptionRests:
    """Assign each caption to the article it is about, in place, and return the others.

    A headline without other text takes its caption as its text.
    """
    used: set[int] = set()
    for n, draft in enumerate(drafts):
        if not draft.headline:
            continue
        if draft.paragraphs and not _is_story_in_parts(draft, n, captions):
            continue
        own = _select_story_captions(draft, [block for block, place in captions if place == n])
        used |= {id(block) for block in own}
        if draft.paragraphs:
            text, [last] = f"{draft.body} {own[0].caption_story}", own[0].captions
            own = [replace_fields(own[0], caption_story=text, captions=(Caption(text, last.credit),))]
            draft.paragraphs = []
        if own:
            draft.caption_story = " ".join(block.caption_story or block.text for block in own)
            draft.captions = [caption for block in own for caption in block.captions]
            draft.lines |= {block.line for block in own}
    subjects = [
        count_terms(f"{draft.headline} {' '.join(draft.decks)} {draft.body} {draft.caption_story}") for draft in drafts
    ]
    loose: list[Caption] = []
    shown: list[Block] = []
    near = _measure_nearness(captions, drafts)
    for block, place in captions:
        if id(block) in used:
            continue
        shown.append(block)
        best = _find_captioned_article(block, place, near.get(block.line, (1.25, 1.2)), drafts, subjects)
        if best is None:
            loose += block.captions
        else:
            drafts[best].captions += block.captions
            drafts[best].lines.add(block.line)
    return CaptionRests(loose, shown)


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
    is_inside = at == place and any(piece.line > block.line for piece in drafts[at].paragraphs)
    return at if clear or is_inside else None
