"""Page segmentation: divide the text of a newspaper page into clean articles.

`pipeline.segment_page` is the entry point. Text in, articles out: no files and no output.
"""
