"""The commands that look round: facets, timeline, kwic, terms, similar. What they share is in `asking`."""
