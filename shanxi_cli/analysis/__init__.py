"""Text analysis: tokenizer, stop words, sentence splitter, edit distance, MinHash, fields of an article. No files, no query."""
