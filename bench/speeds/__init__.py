"""Modules of `speed.py`: archives, programs, peers, and the three parts that are measured."""
