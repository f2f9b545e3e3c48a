"""Search by meaning, the extra `semantic`: passages as vectors of a small model, beside the words of the index.

Nothing else needs it, and no other command loads it.
"""
