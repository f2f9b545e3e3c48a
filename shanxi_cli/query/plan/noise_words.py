"""Remove the words of a query that carry no meaning, and refuse a query of nothing else."""

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import Dated, Exact, Fuzzy, Leaf, Measured, Near, Phrase, Prefix, Query, Word
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.planner import parse_quantity_range
from shanxi_cli.query.visit import iterate_leaves, transform_leaves
from shanxi_cli.util.unicode import is_cjk_run


def drop_noise_words(query: Query, text: str) -> Query:
    """Return `query` without stop words and without words that have neither letter nor digit.

    A stop word stays when it is quoted, exact, in a field, or in capitals (`IT`, `US`, `WHO`).
    `QueryError` when nothing is left, a prefix or fuzzy word is more than one word, or a range is malformed.
    """
    kept = transform_leaves(query, lambda leaf: leaf if _is_searchable(leaf, text) else None)
    if kept is None:
        hint = 'every word of it is too common; write it in quotes: "' + text.strip(' "+-') + '"'
        if not any(True for leaf in iterate_leaves(query, excluded=True) for _ in tokenize(leaf.text)):
            hint = "it has no letter and no digit"
        raise QueryError("there is nothing to search for", text, 0, len(text), hint)
    return kept


def _is_searchable(leaf: Leaf, text: str) -> bool:
    match leaf:
        case Dated():
            return True
        case Measured():
            _check_range(leaf, text)
            return True
        case _:
            return _has_content_word(leaf, text)


def _check_range(leaf: Measured, text: str) -> None:
    try:
        parse_quantity_range(leaf.field, leaf.text)
    except ValueError as error:
        hint = f"write for example {FIELDS[leaf.field].example}; a limit is 10.., 10..20 or ..20"
        raise QueryError(str(error), text, *leaf.span, hint) from error


def _has_content_word(leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, text: str) -> bool:
    if leaf.field and FIELDS[leaf.field].kind is FieldKind.CODE:
        return True
    tokens = list(tokenize(leaf.text))
    if isinstance(leaf, (Prefix, Fuzzy)) and not (
        len(tokens) == 1 or (tokens and all(is_cjk_run(t.word) for t in tokens))
    ):
        message = "a prefix is one word" if isinstance(leaf, Prefix) else "~ goes with one word"
        raise QueryError(message, text, *leaf.span, "write the other words beside it")
    if not tokens:
        return False
    plain = isinstance(leaf, Word) and not leaf.field and len(tokens) == 1
    in_capitals = len(leaf.text) > 1 and leaf.text.isupper()
    return not (plain and tokens[0].word in STOP_WORDS and not in_capitals)
