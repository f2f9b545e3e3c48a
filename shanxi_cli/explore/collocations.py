"""Collocates: words that occur near the matches of a query unusually often.

The score is the log-likelihood ratio (Dunning, Accurate methods for the statistics of surprise and coincidence,
Computational Linguistics 19, 1993) of four counts: the word near and far, the other words near and far.
"""

from collections import Counter
from collections.abc import Iterable
from math import log

from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import number_forms
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.explore.concordance import require_patterns
from shanxi_cli.matching.spans import find_word_spans
from shanxi_cli.model.views import Collocate, Collocates
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.util.unicode import is_cjk_run


def find_collocates(engine: Engine, query: QueryPlan, numbers: Iterable[int], window: int, least: int) -> Collocates:
    """Return the words that occur within `window` words of a match at least `least` times, the best score first.

    The words of the matches themselves do not count, nor do stop words; a word near two matches counts once. Words
    are folded and unstemmed. A word that occurs there less often than expected by chance is left out. Raise
    `UsageError` as `require_patterns` does.
    """
    patterns = [item for item in require_patterns(query) if not isinstance(item, QuantityRange)]
    near: Counter[str] = Counter()
    for number in iterate_fetched(engine, numbers):
        for field, text in running_texts(engine.article(number)):
            words = number_forms(text)
            inside: set[int] = set()
            beside: set[int] = set()
            for first, last in find_word_spans(patterns, field, words):
                inside.update(range(first, last + 1))
                beside.update(range(first - window, last + 1 + window))
            near.update(words[position][0] for position in (beside & words.keys()) - inside)
    frequent = [word for word, count in near.items() if count >= least and not _is_noise_word(word)]
    known = engine.term_stats(frequent, TermForm.WORDS)
    total, room = engine.word_count(), near.total()
    rows = []
    for word in frequent:
        count, occurrences = near[word], known[word].occurrences
        expected = room * occurrences / total
        if count > expected:
            score = log_likelihood(count, occurrences, room, total)
            rows.append(Collocate(word, count, occurrences, expected, score))
    rows.sort(key=lambda row: (-round(row.score, 9), row.word))
    return Collocates(tuple(rows))


def _is_noise_word(word: str) -> bool:
    """Return True for stop words, and for the last character of a Chinese run, which is also in a pair."""
    return word in STOP_WORDS or (len(word) == 1 and is_cjk_run(word))


def log_likelihood(near: int, occurrences: int, room: int, total: int) -> float:
    """Return Dunning's -2 log lambda.

    `near` of the `occurrences` of a word are among the `room` words near a match, of `total` words in the archive.
    """
    far, others = occurrences - near, room - near
    rest = total - room - far
    observed = ((near, far), (others, rest))
    score = 0.0
    for i, row in enumerate(observed):
        for j, count in enumerate(row):
            expected = sum(observed[i]) * (observed[0][j] + observed[1][j]) / total
            score += count * log(count / expected) if count > 0 else 0.0
    return 2 * score
