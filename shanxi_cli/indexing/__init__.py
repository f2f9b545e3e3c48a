"""Building and updating an index: change detection, manifests, partitions, and the store of generations on disk.

Knows no engine by name and prints nothing.
"""
