"""A newspaper page into articles; `split.split` is the door."""
