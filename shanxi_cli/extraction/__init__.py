"""Quantities and quotes in running English text: paragraphs in, records out.

It opens no articles and prints nothing. Open word classes (verbs of saying, occupations, units counted) are word lists
in `data/`; closed ones (prepositions, auxiliaries) are beside the rule that uses them.
"""
