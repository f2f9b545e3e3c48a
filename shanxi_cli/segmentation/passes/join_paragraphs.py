"""Paragraphs cut by a column or a picture: join them, and remove captions without a credit from the cut.

A part is unfinished if it has no end; a continuation begins in the middle of a sentence. Neighbours are joined first,
then separated parts, within an article and then across the page.
"""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.dehyphenation import HYPHENS, PageVocabulary, join_lines
from shanxi_cli.segmentation.draft import Draft, Paragraph, shorten_text
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import lacks_drop_cap
from shanxi_cli.segmentation.rules.captions import is_likely_caption, is_verbless_sentence, points_to_picture
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence

_MAX_OVERLAP_WORDS = 20
_MAX_OVERLAP_LENGTH = 10_000
_MIN_OVERLAP_WORDS = 4
"""Minimum number of words shared by a part and its continuation if a line was printed twice."""
_ABBREVIATION_PATTERN = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Gov|Sen|Rep|Co|Ltd|Corp|Inc|No|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|vs|[A-Z]\.[A-Z]|[a-z]\.m)\.\Z"
)


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


def _is_continuation(text: str) -> bool:
    return starts_mid_sentence(text) and not re.match(r"[\"“]?[a-z]\w*[A-Z]", text)  # but eBay and iPhone


def _is_unfinished_paragraph(text: str) -> bool:
    return is_unfinished(text) or bool(_ABBREVIATION_PATTERN.search(text))


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
                and not _is_continuation(piece.text)
                and ends_sentence(piece.text)
                and points_to_picture(piece.text)
            ):
                captions.append(piece)
            continue
        cut = is_unfinished(before.text) and _is_continuation(after.text)
        pictured = any(before.line < line < after.line for line in pictures)  # then the picture cut the paragraph
        if (
            cut
            and not pictured
            and not _is_continuation(piece.text)
            and not is_unfinished(piece.text)
            and (is_likely_caption(piece.text) or is_verbless_sentence(piece.text))
        ):
            captions.append(piece)
        elif cut and _is_pull_quote(piece.text):
            draft.doubts.append(f"left out because it separates two halves of a sentence: {shorten_text(piece.text)}")
            quotes.append(piece)
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
        if (
            kept
            and (_is_continuation(piece.text) or _continues_with_figure(kept[-1].text, piece.text))
            and _is_unfinished_paragraph(kept[-1].text)
        ):
            kept[-1] = _join_pair(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.paragraphs = kept


def _continues_with_figure(part: str, rest: str) -> bool:
    """Return True for a part cut before a figure; newspapers begin no paragraph with one."""
    return len(part.split()) >= 8 and bool(re.match(r"\d[\d,.]*(?:\s|\Z)", rest)) and ends_sentence(rest)


def _join_separated(draft: Draft, others: Sequence[Draft], vocabulary: PageVocabulary, *, last: bool = False) -> None:
    """Join the unfinished paragraphs of `draft` with continuations in `others`; with `last`, only its last one."""
    for n in range(len(draft.paragraphs)):
        if (
            n >= len(draft.paragraphs)
            or not is_unfinished(draft.paragraphs[n].text)
            or (last and n < len(draft.paragraphs) - 1)
        ):
            continue
        continuation = _find_continuation(draft, n, others, vocabulary)
        if not continuation:
            continue
        other, m = continuation
        rest = other.paragraphs[m]
        draft.paragraphs[n] = _join_pair(draft, draft.paragraphs[n], rest, vocabulary)
        draft.doubts.append(
            f"the halves of a paragraph were apart: {_describe_seam(draft.paragraphs[n].text, rest.text)}"
        )
        del other.paragraphs[m]


def _find_continuation(
    draft: Draft, n: int, others: Sequence[Draft], vocabulary: PageVocabulary
) -> tuple[Draft, int] | None:
    """Return the draft and index of the continuation of paragraph `n` of `draft`, or None.

    In its own article the nearest one after it is preferred, then one before it; elsewhere only a single candidate
    counts.
    """
    part = draft.paragraphs[n].text
    candidates: list[tuple[int, Draft, int]] = []
    for other in others:
        for m, piece in enumerate(other.paragraphs):
            own = other is draft
            if (own and m == n) or not _is_continuation(piece.text):
                continue
            if (
                m == 0
                and (other.headline or other.authors)
                and (lacks_drop_cap(piece.text, vocabulary) or part[-1:] not in HYPHENS)
            ):
                continue  # a lead that lacks its capital
            if m and is_unfinished(other.paragraphs[m - 1].text) and not (own and m - 1 == n):
                continue
            distance = m - n if own and m > n else 100 + abs(m - n)
            candidates.append((distance - 1_000 * _is_matching_continuation(part, piece.text), other, m))
    if not candidates:
        return None
    candidates.sort(key=lambda candidate: candidate[0])
    if draft not in others and candidates[0][0] >= 0:
        last_word = part.split()[-1].lower()
        stray = candidates[0][2] == len(candidates[0][1].paragraphs) - 1 and last_word in UNFINISHED_ENDINGS
        if len(candidates) > 1 or (n < len(draft.paragraphs) - 1 and not stray):
            return None
    return candidates[0][1], candidates[0][2]


def _join_single_fragment(drafts: Sequence[Draft], vocabulary: PageVocabulary) -> None:
    """Join the only dangling continuation to the only unfinished paragraph.

    Of several unfinished paragraphs it is the only one that ends with a word that ends no sentence.
    """
    places = [(draft, n) for draft in drafts for n in range(len(draft.paragraphs))]
    rests = [
        (draft, n) for draft, n in places if _is_continuation(draft.paragraphs[n].text) and (n or not draft.headline)
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


def _is_matching_continuation(part: str, rest: str) -> bool:
    """Return True if `rest` closes a quotation that `part` opened, or a word is cut between them."""
    hyphen = part[-1:] in "-\u00ad\u2010\ufffe"
    curly = part.count("“") > part.count("”") and rest.count("”") > rest.count("“")
    return hyphen or curly or (part.count('"') % 2 == 1 and rest.count('"') % 2 == 1)


def _join_remaining(draft: Draft, vocabulary: PageVocabulary) -> None:
    """Join unfinished paragraphs with the next one, which may begin with a name or a figure; note doubts."""
    kept: list[Paragraph] = []
    for piece in draft.paragraphs:
        if kept and is_unfinished(kept[-1].text) and not _is_likely_crosshead(kept[-1].text):
            kept[-1] = _join_pair(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.paragraphs = kept
    for n, piece in enumerate(draft.paragraphs):
        if n and _is_continuation(piece.text):
            draft.doubts.append(f"a paragraph begins in the middle: {shorten_text(piece.text)}")
    if draft.paragraphs and is_unfinished(draft.paragraphs[-1].text):
        draft.doubts.append(f"it ends in the middle of a sentence: ...{draft.paragraphs[-1].text[-40:]}")


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
    """Return `part` without the words at its end that `rest` begins with, and those words."""
    right = rest.split(maxsplit=_MAX_OVERLAP_WORDS)[:_MAX_OVERLAP_WORDS]
    if right and right[0] not in part[-_MAX_OVERLAP_LENGTH:]:
        return part, ""
    left = part.split()
    for size in range(min(len(left), len(right)), _MIN_OVERLAP_WORDS - 1, -1):
        if left[-size:] == right[:size]:
            return " ".join(left[:-size]) or part, " ".join(right[:size])
    return part, ""


def _describe_seam(text: str, rest: str) -> str:
    """Return three words on either side of the place where `rest` was joined."""
    at = max(len(text) - len(rest), 0)
    before, after = " ".join(text[:at].split()[-3:]), " ".join(text[at:].split()[:3])
    return f"{before} | {after}".strip()
