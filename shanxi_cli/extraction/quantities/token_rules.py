"""Rules over tokens as rows, and the matcher that applies them.

A row has a name, a pattern, what it gives, examples and counter-examples, and its source. A pattern is a list of
alternatives parted by `;`, each a list of elements parted by spaces:

    word           that word, in any case       a|b          one of these words
    {name}         a set or predicate           x?  x*  x+   optional, any number, one or more
    name=x         a capture                    !x  &x       not, or only, before x (backwards: after x), uncovered

A hyphen between two elements is skipped: `year on year` matches `year-on-year`. Of the rows that match, the one that
covers the most tokens wins; of equally long ones, the first row.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine

TokenTest: TypeAlias = Callable[[TokenLine, int], bool] | frozenset[str]
_MAX_REPEATS = 8
_NO_ENTRIES: list[tuple["TokenRule", tuple["_Step", ...]]] = []


class TokenRule(NamedTuple):
    """A row. `examples` are sentences with a figure that the rule reads, `counters` sentences that it leaves alone."""

    name: str
    pattern: str
    gives: Any = None
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    source: str = "compiled by hand from newspaper English for this project"


class RuleMatch(NamedTuple):
    """A rule that matched the tokens `first` to `last` (half-open), and the tokens of its captures, half-open too."""

    rule: TokenRule
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]


class _Step(NamedTuple):
    words: frozenset[str] | None
    test: Callable[[TokenLine, int], bool] | None
    least: int
    most: int
    capture: str
    is_negative: bool
    is_context: bool

    def accepts(self, line: TokenLine, k: int) -> bool:
        return line.lower_at(k) in self.words if self.words is not None else bool(self.test and self.test(line, k))


class RuleTable:
    """Rows that are tried together, forwards from a token or backwards from it."""

    def __init__(
        self, rules: Sequence[TokenRule], tests: Mapping[str, TokenTest] | None = None, *, backwards: bool = False
    ) -> None:
        self.rules = tuple(rules)
        self._move = -1 if backwards else 1
        self._by_word: dict[str, list[tuple[TokenRule, tuple[_Step, ...]]]] = {}
        self._by_test: dict[Callable[[TokenLine, int], bool], list[tuple[TokenRule, tuple[_Step, ...]]]] = {}
        for rule in rules:
            for alternative in rule.pattern.split(";"):
                steps = tuple(_parse_element(element, tests or {}) for element in alternative.split())
                self._add_entry(rule, steps[::-1] if backwards else steps)

    def _add_entry(self, rule: TokenRule, steps: tuple[_Step, ...]) -> None:
        """File the steps under the words and predicates that can begin them, so that other tokens cost a look-up."""
        for step in steps:
            if step.is_negative or step.is_context:
                continue
            if step.test is not None:
                self._by_test.setdefault(step.test, []).append((rule, steps))
            for word in step.words or ():
                self._by_word.setdefault(word, []).append((rule, steps))
            if step.least:
                break

    def may_begin(self, word: str) -> bool:
        """Return False for a word that no row begins with, in the direction of reading."""
        return word in self._by_word or bool(self._by_test)

    def match_at(self, line: TokenLine, i: int) -> RuleMatch | None:
        """Return the longest match that begins at token `i`; None for none."""
        if not self._by_test and line.lower_at(i) not in self._by_word:
            return None
        return self._find_longest(line, i)

    def match_before(self, line: TokenLine, i: int) -> RuleMatch | None:
        """Return the longest match that ends right before token `i`, of a table that is read backwards."""
        if not self._by_test and line.lower_at(i - 1) not in self._by_word:
            return None
        return self._find_longest(line, i - 1)

    def _find_longest(self, line: TokenLine, k: int) -> RuleMatch | None:
        entries = self._by_word.get(line.lower_at(k), _NO_ENTRIES)
        if self._by_test:
            for test, more in self._by_test.items():
                if test(line, k):
                    entries = [*entries, *more]
        if not entries:
            return None
        best: RuleMatch | None = None
        for rule, steps in entries:
            captures: dict[str, tuple[int, int]] = {}
            end = _match_steps(line, steps, 0, k, self._move, captures)
            if end is None:
                continue
            first, last = (k, end) if self._move > 0 else (end + 1, k + 1)
            if best is None or last - first > best.last - best.first:
                best = RuleMatch(rule, first, last, captures)
        return best


def _match_steps(
    line: TokenLine, steps: tuple[_Step, ...], s: int, k: int, move: int, captures: dict[str, tuple[int, int]]
) -> int | None:
    """Return the token behind a match of the steps from `s` on at token `k`, greedily, or None."""
    if s == len(steps):
        return k
    step = steps[s]
    if step.is_negative or step.is_context:
        holds = step.accepts(line, k) is step.is_context
        return _match_steps(line, steps, s + 1, k, move, captures) if holds else None
    ends = [k]
    while len(ends) <= step.most:
        at = ends[-1]
        if not step.accepts(line, at):
            if line.lower_at(at) not in HYPHENS or s == 0 or not step.accepts(line, at + move):
                break
            at += move
        ends.append(at + move)
    while len(ends) > step.least:
        end = _match_steps(line, steps, s + 1, ends[-1], move, captures)
        if end is not None:
            if step.capture:
                captures[step.capture] = (k, ends[-1]) if move > 0 else (ends[-1] + 1, k + 1)
            return end
        ends.pop()
    return None


def _parse_element(element: str, tests: Mapping[str, TokenTest]) -> _Step:
    """Return the step of an element. `KeyError` for a set or predicate that the table does not have."""
    name, equals, rest = element.partition("=")
    capture, body = (name, rest) if equals and name.isalpha() and rest else ("", element)
    negative = len(body) > 1 and body[0] == "!"
    context = len(body) > 1 and body[0] == "&"
    body = body[1:] if negative or context else body
    least, most = 1, 1
    if len(body) > 1 and body[-1] in "?*+":
        least, most = {"?": (0, 1), "*": (0, _MAX_REPEATS), "+": (1, _MAX_REPEATS)}[body[-1]]
        body = body[:-1]
    if body[0] == "{":
        test = tests[body[1:-1]]
        words, call = (test, None) if isinstance(test, frozenset) else (None, test)
    else:
        words, call = frozenset(body.split("|")), None
    return _Step(words, call, least, most, capture, negative, context)
