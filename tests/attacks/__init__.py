"""Hostile queries and hostile articles: each is answered, or refused by an error of ours, and nothing gets out or in.

A sample runs every time; `pytest -m attacks` runs the thousands and the large files.
"""
