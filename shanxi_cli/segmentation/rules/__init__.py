"""Rules that recognize a block or a head by its words and its neighbours. They change nothing."""
