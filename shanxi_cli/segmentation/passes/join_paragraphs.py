"""Paragraphs that a column or a picture has cut, made whole again; captions without a credit that stand in the cut.

A part is open when it has no end, and a rest when it begins in the middle of a sentence. Neighbours are joined first,
then the parts that stand apart, within an article and then across the page.
"""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import ends, is_open, starts_low
from shanxi_cli.segmentation.dehyphenation import HYPHENS, Vocabulary, joined
from shanxi_cli.segmentation.draft import Draft, Piece, short
from shanxi_cli.segmentation.lexicon import OPEN_ENDS
from shanxi_cli.segmentation.openings import lost_capital
from shanxi_cli.segmentation.rules.captions import is_verbless, points, seems_caption

_OVERLAP = 4
"""Words that the end of a part and the beginning of its rest have to share to be a line printed twice."""
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Gov|Sen|Rep|Co|Ltd|Corp|Inc|No|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|vs|[A-Z]\.[A-Z]|[a-z]\.m)\.\Z"
)


def whole_paragraphs(
    drafts: Sequence[Draft], pictures: Sequence[int], vocabulary: Vocabulary
) -> list[tuple[Piece, int]]:
    """Joins the parts of paragraphs, in place. Gives the pieces that proved to be captions, with their article's index.

    `pictures` are the lines in which captions begin that were known as such.
    """
    captions = [(piece, n) for n, draft in enumerate(drafts) for piece in _captions_in_cuts(draft, pictures)]
    for draft in drafts:
        _join_neighbours(draft, vocabulary)
    for draft in drafts:
        _join_apart(draft, [draft], vocabulary)
    for draft in drafts:
        _join_apart(draft, [other for other in drafts if other is not draft], vocabulary, last=True)
    for draft in drafts:
        _join_apart(draft, [other for other in drafts if other is not draft], vocabulary)
    _join_the_only(drafts, vocabulary)
    for draft in drafts:
        _join_the_rest(draft, vocabulary)
    return captions


def _is_rest(text: str) -> bool:
    return starts_low(text) and not re.match(r"[\"“]?[a-z]\w*[A-Z]", text)  # eBay and iPhone begin so too


def _is_part(text: str) -> bool:
    return is_open(text) or bool(_ABBREVIATED.search(text))


def _captions_in_cuts(draft: Draft, pictures: Sequence[int]) -> list[Piece]:
    """The pieces between a part and its rest that read as captions; they are taken out."""
    found: list[Piece] = []
    shown: list[Piece] = []
    for n in range(1, len(draft.pieces)):
        before, piece = draft.pieces[n - 1 : n + 1]
        after = draft.pieces[n + 1] if n + 1 < len(draft.pieces) else None
        if after is None:
            # The rest of what it cut stands elsewhere: then only what points to a picture is sure to be a caption.
            if is_open(before.text) and not _is_rest(piece.text) and ends(piece.text) and points(piece.text):
                found.append(piece)
            continue
        cut = is_open(before.text) and _is_rest(after.text)
        pictured = any(before.line < line < after.line for line in pictures)  # then it was that which cut
        if (
            cut
            and not pictured
            and not _is_rest(piece.text)
            and not is_open(piece.text)
            and (seems_caption(piece.text) or is_verbless(piece.text))
        ):
            found.append(piece)
        elif cut and _is_display(piece.text):
            draft.doubts.append(f"left out, for it stands between two halves of a sentence: {short(piece.text)}")
            shown.append(piece)
    draft.pieces = [piece for piece in draft.pieces if piece not in found and piece not in shown]
    return found


def _is_display(text: str) -> bool:
    """True for what reads as a pull quote or a pull figure: all in quotation marks, or a figure and a few words."""
    words = text.split()
    quoted = text[:1] in "\"“‘'" and text[-1:] in "\"”’'" and len(words) <= 30
    figure = bool(re.match(r"[£€$₹¥R]?\d", text)) and is_open(text) and len(words) <= 16
    return quoted or figure


def _join_neighbours(draft: Draft, vocabulary: Vocabulary) -> None:
    kept: list[Piece] = []
    for n, piece in enumerate(draft.pieces):
        lead = n == 0 or (not kept)
        rest = _is_rest(piece.text) or bool(kept and _goes_on_with_figure(kept[-1].text, piece.text))
        if not lead and rest and _is_part(kept[-1].text):
            kept[-1] = _joined(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.pieces = kept


def _goes_on_with_figure(part: str, rest: str) -> bool:
    """True for a part cut before a figure, with which newspapers begin no paragraph."""
    return len(part.split()) >= 8 and bool(re.match(r"\d[\d,.]*(?:\s|\Z)", rest)) and ends(rest)


def _join_apart(draft: Draft, others: Sequence[Draft], vocabulary: Vocabulary, last: bool = False) -> None:
    """Joins the parts of `draft` with rests that stand elsewhere in `others`; only its last part, if `last`."""
    for n in range(len(draft.pieces)):
        if n >= len(draft.pieces) or not is_open(draft.pieces[n].text) or (last and n < len(draft.pieces) - 1):
            continue
        found = _rest_for(draft, n, others, vocabulary)
        if not found:
            continue
        other, m = found
        rest = other.pieces[m]
        draft.pieces[n] = _joined(draft, draft.pieces[n], rest, vocabulary)
        draft.doubts.append(f"the halves of a paragraph stood apart: {_seam(draft.pieces[n].text, rest.text)}")
        del other.pieces[m]


def _rest_for(draft: Draft, n: int, others: Sequence[Draft], vocabulary: Vocabulary) -> tuple[Draft, int] | None:
    """The rest of a part: behind it in its own article first, then before it, then the only one elsewhere."""
    part = draft.pieces[n].text
    found: list[tuple[int, Draft, int]] = []
    for other in others:
        for m, piece in enumerate(other.pieces):
            own = other is draft
            if (own and m == n) or not _is_rest(piece.text):
                continue
            if (
                m == 0
                and (other.headline or other.authors)
                and (lost_capital(piece.text, vocabulary) or part[-1:] not in HYPHENS)
            ):
                continue  # a lead that lacks its capital
            if m and is_open(other.pieces[m - 1].text) and not (own and m - 1 == n):
                continue
            distance = m - n if own and m > n else 100 + abs(m - n)
            found.append((distance - 1_000 * _fits(part, piece.text), other, m))
    if not found:
        return None
    found.sort(key=lambda each: each[0])
    if draft not in others and found[0][0] >= 0:
        last_word = part.split()[-1].lower()
        stray = found[0][2] == len(found[0][1].pieces) - 1 and last_word in OPEN_ENDS
        if len(found) > 1 or (n < len(draft.pieces) - 1 and not stray):
            return None
    return found[0][1], found[0][2]


def _join_the_only(drafts: Sequence[Draft], vocabulary: Vocabulary) -> None:
    """Joins the one rest that a page has left, wherever it stands, with the one part that still lacks its end.

    Of several such parts it is the one that ends with a word no sentence ends with, if only one does.
    """
    places = [(draft, n) for draft in drafts for n in range(len(draft.pieces))]
    rests = [(draft, n) for draft, n in places if _is_rest(draft.pieces[n].text) and (n or not draft.headline)]
    texts = {(id(draft), n): draft.pieces[n].text for draft, n in places}
    parts = [
        (draft, n)
        for draft, n in places
        if is_open(texts[id(draft), n]) and not _is_crosshead(texts[id(draft), n]) and (draft, n) not in rests
    ]
    if len(parts) > 1:
        parts = [(draft, n) for draft, n in parts if texts[id(draft), n].split()[-1].lower() in OPEN_ENDS]
    if len(rests) != 1 or len(parts) != 1:
        return
    (draft, n), (other, m) = parts[0], rests[0]
    if m == 0 and (other.authors or lost_capital(texts[id(other), m], vocabulary)):
        return  # a lead that lacks its capital
    rest = other.pieces[m]
    draft.pieces[n] = _joined(draft, draft.pieces[n], rest, vocabulary)
    draft.doubts.append(f"the halves of a paragraph stood apart: {_seam(draft.pieces[n].text, rest.text)}")
    del other.pieces[m]


def _fits(part: str, rest: str) -> bool:
    """True where a quotation that the part has opened is closed in the rest, or a word is cut between them."""
    hyphen = part[-1:] in "-\u00ad\u2010\ufffe"
    curly = part.count("“") > part.count("”") and rest.count("”") > rest.count("“")
    return hyphen or curly or (part.count('"') % 2 == 1 and rest.count('"') % 2 == 1)


def _join_the_rest(draft: Draft, vocabulary: Vocabulary) -> None:
    """Joins what is still open with what follows: a rest may begin with a name or a figure."""
    kept: list[Piece] = []
    for piece in draft.pieces:
        if kept and is_open(kept[-1].text) and not _is_crosshead(kept[-1].text):
            kept[-1] = _joined(draft, kept[-1], piece, vocabulary)
        else:
            kept.append(piece)
    draft.pieces = kept
    for n, piece in enumerate(draft.pieces):
        if n and _is_rest(piece.text):
            draft.doubts.append(f"a paragraph begins in the middle: {short(piece.text)}")
    if draft.pieces and is_open(draft.pieces[-1].text):
        draft.doubts.append(f"it ends in the middle of a sentence: ...{draft.pieces[-1].text[-40:]}")


def _is_crosshead(text: str) -> bool:
    """True for a piece so short that it is a title within the text rather than a part of a sentence."""
    words = text.split()
    return len(words) <= 5 and text[-1:] not in "-\u00ad,;" and words[-1].lower() not in OPEN_ENDS


def _joined(draft: Draft, part: Piece, rest: Piece, vocabulary: Vocabulary) -> Piece:
    text, doubled = _without_overlap(part.text, rest.text)
    if doubled:
        draft.repairs.append(f"doubled line: {doubled}")
    join = joined(text, rest.text, vocabulary)
    if join.mended:
        draft.repairs.append(f"joined word: {join.mended}")
    else:
        draft.repairs.append(f"joined paragraph: {_seam(join.text, rest.text)}")
    draft.lines.add(rest.line)
    return Piece(join.text, part.line)


def _without_overlap(part: str, rest: str) -> tuple[str, str]:
    """`part` without the words at its end that `rest` begins with, and those words."""
    left, right = part.split(), rest.split()
    for size in range(min(len(left), len(right), 20), _OVERLAP - 1, -1):
        if left[-size:] == right[:size]:
            return " ".join(left[:-size]) or part, " ".join(right[:size])
    return part, ""


def _seam(text: str, rest: str) -> str:
    """A few words on either side of the place where `rest` was joined."""
    at = max(len(text) - len(rest), 0)
    before, after = " ".join(text[:at].split()[-3:]), " ".join(text[at:].split()[:3])
    return f"{before} | {after}".strip()
