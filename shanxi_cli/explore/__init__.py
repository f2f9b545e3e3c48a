"""Views of an archive: facets, timelines, concordances, collocates, terms, similar articles, figures and quotes.

Each module asks an engine and returns values of `shanxi_cli.model`; none of them prints.
"""
