"""Times, places and occasions of speech behind its verb: `said on Monday`, `said in a statement`.

They are no part of what was said.
"""

import re

from shanxi_cli.util.lexicon import load_list

_DAYS = "|".join(day.capitalize() for day in load_list("analysis/weekdays"))
_MONTHS = "|".join(month.capitalize() for month in load_list("analysis/months"))
_TIME = (
    rf"(?:(?:late|early|later|earlier)\s+)?(?:(?:on|last|this|next)\s+)?(?:{_DAYS})(?:\s+(?:morning|afternoon|evening|night))?"
    r"|(?:late|early|later|earlier)\s+(?:today|yesterday|(?:on|in)\s+(?:the\s+)?(?:day|week|month|year))"
    r"|(?:earlier|later)\s+(?:this|that|in the)\s+(?:day|week|month|year)"
    r"|(?:last|this)\s+(?:week|month|year|night|morning)"
    rf"|(?:on|in)\s+(?:\d{{1,2}}(?:th|st|nd|rd)?\s+)?(?:{_MONTHS})\.?(?:\s+\d{{1,2}}(?:th|st|nd|rd)?\b)?(?:,?\s+\d{{4}})?|in\s+\d{{4}}"
    r"|today|yesterday|tonight|recently|afterwards?|here|there|then|again|earlier|later|simply|only"
)
_OCCASION_NOUNS = (
    "conference call|earnings call|phone call|press conference|news conference|statement|interview|briefing"
    "|conference|letter|report|speech|e-?mail|message|address|note|filing"
    "|press release|release|tweet|post"
    "|meeting|hearing|ceremony|forum|rally|telephone call|call|telephone|phone|email|article|editorial"
    "|ruling|judgment|verdict"
    "|communique|memo|memorandum|notice|blog|broadcast|programme|program|survey|study|commentary"
    "|testimony|seminar|summit|trial|affidavit|essay|paper|journal|book|memoir|diary|column|lawsuit|complaint|petition"
    "|document|application|submission|news release|website|web site|podcast|webinar|lecture|sermon|debate|session"
    "|prospectus|regulatory filing|dispatch|despatch|telegram|cable|bulletin|circular"
)
_OCCASION = (
    r"(?:in|at|during|after|following|through|via|by|to|before|on|of|from|for)\s+(?:[\w'’.-]+\s+){0,6}?"
    rf"(?:{_OCCASION_NOUNS}|reporters|journalists|lawmakers|shareholders|parliament|court|Twitter|television|radio|TV)s?"
    r"(?:\s+(?:(?:published|released|issued|posted|sent|dated|carried|broadcast|aired|made|given|held)\s+)?"
    r"(?:with|to|for|at|in|from|of|on|by)\s+(?:the\s+)?(?:[\w'’.-]+\s*){1,5}?)?"
)
_PLACE = r"(?:in|at|from)\s+[A-Z][\w’'-]+(?:,?\s+[A-Z][\w’'-]+){0,3}"
OCCASION_TAIL_PATTERN = re.compile(
    rf"(?:\s*,?\s+(?:{_TIME}|{_OCCASION}|{_PLACE})){{1,4}}(?=\s*(?:[,.;:)—–]|\ue000|\Z))"
)
"""Times and occasions that go up to a mark or the end of the sentence."""
OCCASION_LEAD_PATTERN = re.compile(
    rf"\s*(?:(?:{_TIME}|{_OCCASION})\b,?\s+){{0,3}}(?=that\b|[A-Z0-9$€£]|(?:the|an?|he|she|it|they|his|her|its|there|no)\b)"
)
"""Times and occasions between the verb and what was said: `said on Monday that it grew`."""


def find_occasion_end(text: str, at: int) -> int:
    """Return the end of the times and occasions that begin at `at` and end their clause; `at` where there are none."""
    match = OCCASION_TAIL_PATTERN.match(text, at, min(len(text), at + 160))
    return match.end() if match else at
