"""Answers of an opened archive to a query, which the commands print and the Python API returns."""
