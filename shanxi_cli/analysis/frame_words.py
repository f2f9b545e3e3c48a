"""Frame words: the words by which a question asks, in distinction to those of its subject."""

from collections.abc import Sequence

from shanxi_cli.util.lexicon import load_terms

_FEWEST_FRAME_WORDS = 2
_FEWEST_WORDS = 5


def find_frame_words(words: Sequence[str]) -> frozenset[str]:
    """Return the folded words of a query that only frame its question; none if the query is no question.

    A question has two frame words or more (`find articles on tourism`), or five words; it has another word beside
    them. In a shorter query a frame word is the subject: `information technology`.
    """
    listed = load_terms("analysis/frame_words")
    framing = [word for word in words if word in listed]
    is_question = len(framing) >= _FEWEST_FRAME_WORDS or len(words) >= _FEWEST_WORDS
    return frozenset(framing) if is_question and len(framing) < len(words) else frozenset()
