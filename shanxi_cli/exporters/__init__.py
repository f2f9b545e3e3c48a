"""Exports of articles for other programs and other people: a folder of Markdown, and a database of SQLite."""
