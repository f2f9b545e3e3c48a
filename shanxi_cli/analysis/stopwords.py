"""The words too common to say what a query is about. They are left out of queries only, never of the index.

Source: Snowball's English stop list (127 words) and four more (`may tbd us yet`), as Whoosh's
`LanguageAnalyzer("en")` puts them together; the ranking was measured with these 131.
"""

STOP_WORDS = frozenset(
    """
a about above after again against all am an and any are as at be because been before being below
between both but by can did do does doing don down during each few for from further had has have
having he her here hers herself him himself his how i if in into is it its itself just may me
more most my myself no nor not now of off on once only or other our ours ourselves out over own
s same she should so some such t tbd than that the their theirs them themselves then there these
they this those through to too under until up us very was we were what when where which while
who whom why will with yet you your yours yourself yourselves
""".split()
)
