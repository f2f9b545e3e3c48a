"""Marks of articles of other papers, the program's reading of them, and the comparison of the two."""
