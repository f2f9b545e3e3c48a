"""Browsing an archive on a full screen: search as you type, facets, reading. The only user of Textual."""
