"""Text analysis: tokenizer, stop words, sentence splitter, fuzzy words, MinHash, article fields. No files, no query."""
