"""Count what was found, read and right in articles with marks, and list the misses."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from papers.agreement import (
    counted_agrees,
    counted_phrase,
    figure_agrees,
    period_days,
    relation_agrees,
    speaker_agrees,
)
from papers.marks import FigureMark, FoundArticle, QuoteMark, Span
from papers.program import Extracted

CONTEXT = 45  # characters shown on each side of a figure
SENTENCE = 110  # characters shown of a sentence


@dataclass
class Tally:
    """Counts by name, and the misses by kind: `set-article  what: where`."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, name: str, happened: object = True) -> None:
        """Add one to a count if it happened."""
        self.counts[name] += bool(happened)

    def miss(self, kind: str, article: FoundArticle, line: str) -> None:
        """Keep a miss with the set and the file of its article."""
        self.misses[kind].append(f"{article.marks.part} {article.path.name}  {line}")

    def add(self, other: "Tally") -> None:
        """Add the counts and the misses of another."""
        self.counts.update(other.counts)
        for kind, lines in other.misses.items():
            self.misses[kind].extend(lines)


def score_article(article: FoundArticle, extracted: Mapping[str, Sequence[Extracted]]) -> Tally:
    """Return the counts and the misses of one article."""
    tally = Tally()
    _score_figures(article, extracted["figures"], tally)
    _score_quotes(article, extracted["quotes"], tally)
    return tally


def _score_figures(article: FoundArticle, figures: Sequence[Extracted], tally: Tally) -> None:
    marks = article.marks.figures
    pairs = _pair_figures(marks, figures)
    for n, mark in enumerate(marks):
        if mark.optional:
            continue
        tally.count("figures marked")
        if n in pairs:
            tally.count("figures found")
            _score_figure(article, mark, figures[pairs[n]], tally)
        else:
            near = [_reading(figure) for figure in figures if figure.span.overlap(mark.span)]
            wanted = _amount(mark.value, mark.high, mark.units[0])
            tally.miss(
                "figures missed", article, f"{wanted}; read: {near or 'nothing'}: {_context(article, mark.span)}"
            )
    paired = {figure: marks[n] for n, figure in pairs.items()}
    for n, figure in enumerate(figures):
        if n in paired:
            tally.count("figures read", not paired[n].optional)
        elif not _is_optional(figure.span, marks):
            tally.count("figures read")
            tally.miss("figures wrong", article, f"{_reading(figure)}: {_context(article, figure.span)}")


def _pair_figures(marks: Sequence[FigureMark], figures: Sequence[Extracted]) -> dict[int, int]:
    """Return the number of the figure of each mark, the required marks first, by the longest overlap."""
    pairs: dict[int, int] = {}
    for optional in (False, True):
        for n, mark in enumerate(marks):
            if mark.optional != optional:
                continue
            free = [
                (figure.span.overlap(mark.span), number)
                for number, figure in enumerate(figures)
                if number not in pairs.values()
            ]
            agreeing = [(shared, i) for shared, i in free if shared and figure_agrees(figures[i].row, mark)]
            if agreeing:
                pairs[n] = max(agreeing)[1]
    return pairs


def _is_optional(span: Span, marks: Sequence[FigureMark] | Sequence[QuoteMark]) -> bool:
    """Return whether only optional marks are where this was read."""
    here = [mark.optional for mark in marks if mark.span.overlap(span)]
    return bool(here) and all(here)


def _score_figure(article: FoundArticle, mark: FigureMark, figure: Extracted, tally: Tally) -> None:
    row, where = figure.row, _context(article, mark.span)
    right = period_days(row["period"]) in [period_days(period) for period in mark.periods]
    tally.count("periods right", right)
    if None in mark.periods:
        tally.count("undated")
        tally.count("periods invented", not right)
        if not right:
            tally.miss("periods invented", article, f"{row['period']}: {where}")
    else:
        tally.count("dated")
        tally.count("dated right", right)
        if not right:
            tally.miss("periods wrong", article, f"{row['period']} for {list(mark.periods)}: {where}")
    if mark.counted:
        _score_counted(article, mark, figure, tally)
    if mark.relation:
        tally.count("relations marked")
        tally.count("relations right", relation_agrees(row, mark))
        if not relation_agrees(row, mark):
            tally.miss("relations", article, f"{row['relation']} for {mark.relation}: {where}")


def _score_counted(article: FoundArticle, mark: FigureMark, figure: Extracted, tally: Tally) -> None:
    right = counted_agrees(figure.row, mark)
    tally.count("counted marked")
    tally.count("counted given", counted_phrase(figure.row))
    tally.count("counted right", right)
    if mark.dimension == "count":
        tally.count("counts marked")
        tally.count("counts right", right)
    if not right:
        line = f"{figure.row['counted']!r} (unit {figure.row['unit']}) for {list(mark.counted)}"
        tally.miss("counted", article, f"{line}: {_context(article, mark.span)}")


def _score_quotes(article: FoundArticle, quotes: Sequence[Extracted], tally: Tally) -> None:
    marks = article.marks.quotes
    for mark in marks:
        if mark.optional:
            continue
        tally.count("quotes marked")
        here = [quote for quote in quotes if _shared_half(quote.span, mark.span)]
        if here:
            tally.count("quotes found")
            _score_quote(article, mark, here, tally)
        else:
            tally.miss("quotes missed", article, f"{mark.speakers[0]}: {_sentence(article, mark.span)}")
    for quote in quotes:
        matching = [mark for mark in marks if _shared_half(quote.span, mark.span)]
        if matching and all(mark.optional for mark in matching):
            continue
        tally.count("quotes read")
        tally.count("quotes right", matching)
        name = quote.row["speaker"]["name"]
        if not matching:
            tally.miss("quotes wrong", article, f"{name!r} [{quote.row['rule']}]: {quote.row['sentence'][:SENTENCE]}")
        tally.count("speakers open", name is None)
        tally.count("speakers named", name is not None)
        tally.count("named right", name is not None and any(speaker_agrees(name, mark) for mark in matching))


def _shared_half(read: Span, marked: Span) -> int:
    """Return the number of shared characters, 0 below half of the shorter one."""
    shared = read.overlap(marked)
    return shared if shared * 2 >= min(marked.end - marked.start, read.end - read.start) else 0


def _score_quote(article: FoundArticle, mark: QuoteMark, quotes: Sequence[Extracted], tally: Tally) -> None:
    best = max(quotes, key=lambda quote: _shared_half(quote.span, mark.span))
    right = any(speaker_agrees(quote.row["speaker"]["name"], mark) for quote in quotes)
    tally.count("kinds right", best.row["kind"] in mark.kinds)
    tally.count("speakers right", right)
    sentence = _sentence(article, mark.span)
    if best.row["kind"] not in mark.kinds:
        tally.miss("quote kinds", article, f"{best.row['kind']} for {list(mark.kinds)}: {sentence}")
    if not right:
        speaker = best.row["speaker"]
        read = f"{speaker['name']!r} (printed {speaker['printed']!r}, {best.row['rule']})"
        tally.miss("speakers", article, f"{read} for {mark.speakers[0]!r}: {sentence}")


def _amount(value: float, high: float | None, unit: str | None) -> str:
    return f"{value:.10g}{'' if high is None else f'-{high:.10g}'} {unit or ''}".strip()


def _reading(figure: Extracted) -> str:
    return f"{_amount(figure.row['value'], figure.row['high'], figure.row['unit'])} ({figure.row['dimension']})"


def _context(article: FoundArticle, span: Span) -> str:
    text = article.paragraphs[span.paragraph - 1]
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return f"…{before}[{text[span.start : span.end]}]{after}…"


def _sentence(article: FoundArticle, span: Span) -> str:
    return article.paragraphs[span.paragraph - 1][span.start : span.end][:SENTENCE]
