"""What `speed.py` is made of: archives, programs, peers, and the three things that are measured."""
