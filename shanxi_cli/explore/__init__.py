"""Looking round in an archive: facets, timelines, concordances, collocates, vocabulary, articles that are like one.

Each file asks an engine and makes a view (`shanxi_cli.model.views`). Nothing is printed here.
"""
