"""Paragraphs cut by a column or a picture: join them, and remove captions without a credit from the cut.

A part is unfinished if it has no end; a continuation begins in the middle of a sentence. `rules.join_rules` weighs if
two pieces fit. Neighbours that fit well are joined first, then separated parts, within an article and then across the
page, then neighbours that fit at all.
"""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.dehyphenation import HYPHENS, PageVocabulary, join_lines
from shanxi_cli.segmentation.draft import Draft, Paragraph, shorten_text
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import lacks_drop_cap
from shanxi_cli.segmentation.rules.captions import is_likely_caption, is_verbless_sentence, points_to_picture
from shanxi_cli.segmentation.rules.join_rules import is_continuation, score_join
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished

_MAX_OVERLAP_WORDS = 20
_MAX_OVERLAP_LENGTH = 10_000
_MIN_OVERLAP_WORDS = 4
"""Minimum number of words shared by a part and its continuation if a line was printed twice."""
_CLEAR_FIT = 9.0
"""Evidence, in nats, of pieces of one word or one quotation, which are joined from anywhere."""
_GOOD_FIT = 3.0
"""Evidence, in nats, of neighbours that are joined before the rest of the page is searched for a better half."""
_CLEAR_BONUS, _GOOD_BONUS = 10_000, 1_000
"""Paragraphs by which a fit outweighs distance; a page has fewer."""
_MAX_CUT_PARAGRAPHS = 200
"""Unfinished paragraphs of a page above which nothing says which halves belong together."""


def join_paragraphs(
    drafts: Sequence[Draft], pictures: Sequence[int], vocabulary: PageVocabulary
) -> list[tuple[Paragraph, int]]:
    """Join the parts of paragraphs in place; return paragraphs that are captions, with the index of their draft.

    `pictures` are the first lines of known captions.
    """
    captions = [(piece, n) for n, draft in enumerate(drafts) for piece in _extract_captions_in_breaks(draft, pictures)]
    for draft in drafts:
        _join_neighbours(draft, vocabulary)
    if sum(is_unfinished(piece.text) for draft in drafts for piece in draft.paragraphs) <= _MAX_CUT_PARAGRAPHS:
        for draft in drafts:
            _join_separated(draft, [draft], vocabulary)
        for draft in drafts:
            _join_separated(draft, [other for other in drafts if other is not draft], vocabulary, last=True)
        for draft in drafts:
            _join_separated(draft, [other for other in drafts if other is not draft], vocabulary)
    _join_single_fragment(drafts, vocabulary)
    for draft in drafts:
        _join_remaining(draft, vocabulary)
    return captions


def _extract_captions_in_breaks(draft: Draft, pictures: Sequence[int]) -> list[Paragraph]:
    """Remove and return the paragraphs between a part and its continuation that read as captions."""
    captions: list[Paragraph] = []
    quotes: list[Paragraph] = []
    for n in range(1, len(draft.paragraphs)):
        before, piece = draft.paragraphs[n - 1 : n + 1]
        after = draft.paragraphs[n + 1] if n + 1 < len(draft.paragraphs) else None
        if after is None:
            # Its continuation is elsewhere: then only a text that points to a picture is certain to be a caption.
            if (
                is_unfinished(before.text)
                and not is_continuation(piece.text)
                and ends_sentence(piece.text)
                and points_to_picture(piece.text)
            ):
                captions.append(piece)
            continue
        cut = is_unfinished(before.text) and is_continuation(after.text)
        pictured = any(before.line < line < after.line for line in pictures)  # then the picture cut the paragraph
        if (
            cut
            and not pictured
            and not is_continuation(piece.text)
            and not is_unfinished(piece.text)
            and (is_likely_caption(piece.text) or is_verbless_sentence(piece.text))
        ):
            captions.append(piece)
        elif cut and _is_pull_quote(piece.text):
            draft.doubts.append(f"left out because it separates two halves of a sentence: {shorten_text(piece.text)}")
            quotes.append(piece)
    draft.left_out += [(piece.line, f"pull quote: {piece.text}") for piece in quotes]
    removed = {*captions, *quotes}
    draft.paragraphs = [piece for piece in draft.paragraphs if piece not in removed]
    return captions


def _is_pull_quote(text: str) -> bool:
    """Return True for a likely pull quote or pull figure: quoted as a whole, or a figure and a few words."""
    words = text.split()
    quoted = text[:1] in "\"“‘'" and text[-1:] in "\"”’'" and len(words) <= 30
    figure = bool(re.match(r"[£€$₹¥R]?\d", text)) and is_unfinished(text) and len(words) <= 16
    return quoted or figure


def _join_neighbours(draft: Draft, vocabulary: PageVocabulary) -> None:
    kept: list[Paragraph] = []
    for piece in draft.paragraphs:
        if kept and _begins_inside(piece.text) and score_join(kept[-1].text, piece.text, vocabulary) >= _GOOD_FIT:
            kept[-1] = _join_pair(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.paragraphs = kept


def _begins_inside(text: str) -> bool:
    return is_continuation(text) or text[:1].isdigit()


def _join_separated(draft: Draft, others: Sequence[Draft], vocabulary: PageVocabulary, *, last: bool = False) -> None:
    """Join the unfinished paragraphs of `draft` with continuations in `others`; with `last`, only its last one."""
    n = 0
    while n < len(draft.paragraphs):
        is_place = is_unfinished(draft.paragraphs[n].text) and not (last and n < len(draft.paragraphs) - 1)
        continuation = _find_continuation(draft, n, others, vocabulary) if is_place else None
        if not continuation:
            n += 1
            continue
        other, m = continuation
        rest = other.paragraphs[m]
        draft.paragraphs[n] = _join_pair(draft, draft.paragraphs[n], rest, vocabulary)
        draft.doubts.append(
            f"the halves of a paragraph were apart: {_describe_seam(draft.paragraphs[n].text, rest.text)}"
        )
        del other.paragraphs[m]
        n -= other is draft and m < n


def _find_continuation(
    draft: Draft, n: int, others: Sequence[Draft], vocabulary: PageVocabulary
) -> tuple[Draft, int] | None:
    """Return the draft and index of the continuation of paragraph `n` of `draft`, or None.

    In its own article the nearest one after it is preferred, then one before it; elsewhere only a single candidate
    counts.
    """
    part = draft.paragraphs[n].text
    candidates: list[tuple[float, Draft, int]] = []
    for other in others:
        for m, piece in enumerate(other.paragraphs):
            own = other is draft
            if (own and m == n) or not is_continuation(piece.text):
                continue
            fit = score_join(part, piece.text, vocabulary)
            if fit <= 0 or (m == 0 and _is_headless_lead(other, part, vocabulary)):
                continue
            before = other.paragraphs[m - 1].text if m else ""
            if before and not (own and m - 1 == n) and score_join(before, piece.text, vocabulary) >= _GOOD_FIT:
                continue  # the text right before it fits
            distance = m - n if own and m > n else 100 + abs(m - n)
            candidates.append(
                (distance - _CLEAR_BONUS * (fit >= _CLEAR_FIT) - _GOOD_BONUS * (fit >= _GOOD_FIT), other, m)
            )
    if not candidates:
        return None
    candidates.sort(key=lambda candidate: candidate[0])
    if draft not in others and candidates[0][0] > -_CLEAR_BONUS:
        last_word = part.split()[-1].lower()
        stray = candidates[0][2] == len(candidates[0][1].paragraphs) - 1 and last_word in UNFINISHED_ENDINGS
        if len(candidates) > 1 or (n < len(draft.paragraphs) - 1 and not stray):
            return None
    return candidates[0][1], candidates[0][2]


def _is_headless_lead(draft: Draft, part: str, vocabulary: PageVocabulary) -> bool:
    """Return True if the first paragraph of an article is a lead that lacks its capital, and no rest of a cut word."""
    if not (draft.headline or draft.authors):
        return False
    return lacks_drop_cap(draft.paragraphs[0].text, vocabulary) or part[-1:] not in HYPHENS


def _join_single_fragment(drafts: Sequence[Draft], vocabulary: PageVocabulary) -> None:
    """Join the only dangling continuation to the only unfinished paragraph.

    Of several unfinished paragraphs it is the only one that ends with a word that ends no sentence.
    """
    places = [(draft, n) for draft in drafts for n in range(len(draft.paragraphs))]
    rests = [
        (draft, n) for draft, n in places if is_continuation(draft.paragraphs[n].text) and (n or not draft.headline)
    ]
    texts = {(id(draft), n): draft.paragraphs[n].text for draft, n in places}
    known = {(id(draft), n) for draft, n in rests}
    parts = [
        (draft, n)
        for draft, n in places
        if is_unfinished(texts[id(draft), n])
        and not _is_likely_crosshead(texts[id(draft), n])
        and (id(draft), n) not in known
    ]
    if len(parts) > 1:
        parts = [(draft, n) for draft, n in parts if texts[id(draft), n].split()[-1].lower() in UNFINISHED_ENDINGS]
    if len(rests) != 1 or len(parts) != 1:
        return
    (draft, n), (other, m) = parts[0], rests[0]
    if m == 0 and (other.authors or lacks_drop_cap(texts[id(other), m], vocabulary)):
        return  # a lead that lacks its capital
    rest = other.paragraphs[m]
    draft.paragraphs[n] = _join_pair(draft, draft.paragraphs[n], rest, vocabulary)
    draft.doubts.append(f"the halves of a paragraph were apart: {_describe_seam(draft.paragraphs[n].text, rest.text)}")
    del other.paragraphs[m]


def _join_remaining(draft: Draft, vocabulary: PageVocabulary) -> None:
    """Join unfinished paragraphs with the next one, which may begin with a name or a figure; note doubts."""
    kept: list[Paragraph] = []
    for piece in draft.paragraphs:
        before = kept[-1].text if kept else ""
        if (
            before
            and not _is_likely_crosshead(before)
            and is_unfinished(before)
            and score_join(before, piece.text, vocabulary) > 0
        ):
            kept[-1] = _join_pair(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.paragraphs = kept
    for n, piece in enumerate(draft.paragraphs):
        if n and is_continuation(piece.text):
            draft.doubts.append(f"a paragraph begins in the middle: {shorten_text(piece.text)}")
    for n, piece in enumerate(draft.paragraphs):
        if not is_unfinished(piece.text) or (n + 1 < len(draft.paragraphs) and _is_likely_crosshead(piece.text)):
            continue
        what = "it ends" if n + 1 == len(draft.paragraphs) else "a paragraph ends"
        draft.doubts.append(f"{what} in the middle of a sentence: ...{piece.text[-40:]}")


def _is_likely_crosshead(text: str) -> bool:
    """Return True for a paragraph so short that it is a crosshead rather than part of a sentence."""
    words = text.split()
    return len(words) <= 5 and text[-1:] not in "-\u00ad,;" and words[-1].lower() not in UNFINISHED_ENDINGS


def _join_pair(draft: Draft, part: Paragraph, rest: Paragraph, vocabulary: PageVocabulary) -> Paragraph:
    text, doubled = _remove_overlap(part.text, rest.text)
    if doubled:
        draft.repairs.append(f"doubled line: {doubled}")
    join = join_lines(text, rest.text, vocabulary)
    if join.repair:
        draft.repairs.append(f"joined word: {join.repair}")
    else:
        draft.repairs.append(f"joined paragraph: {_describe_seam(join.text, rest.text)}")
    draft.lines.add(rest.line)
    return Paragraph(join.text, part.line)


def _remove_overlap(part: str, rest: str) -> tuple[str, str]:
    """Return `part` without the words at its end that `rest` begins with, in whatever case, and those words.

    The last word of the part may be cut.
    """
    right = [word.lower() for word in rest.split(maxsplit=_MAX_OVERLAP_WORDS)[:_MAX_OVERLAP_WORDS]]
    if right and right[0] not in part[-_MAX_OVERLAP_LENGTH:].lower():
        return part, ""
    left = part.split()
    for size in range(min(len(left), len(right)), _MIN_OVERLAP_WORDS - 1, -1):
        tail = [word.lower() for word in left[-size:]]
        cut = tail[-1].rstrip(HYPHENS)
        if tail == right[:size] or (
            tail[:-1] == right[: size - 1] and cut != tail[-1] and len(cut) > 1 and right[size - 1].startswith(cut)
        ):
            return " ".join(left[:-size]) or part, " ".join(left[-size:])
    return part, ""


def _describe_seam(text: str, rest: str) -> str:
    """Return three words on either side of the place where `rest` was joined."""
    at = max(len(text) - len(rest), 0)
    before, after = " ".join(text[:at].split()[-3:]), " ".join(text[at:].split()[:3])
    return f"{before} | {after}".strip()
