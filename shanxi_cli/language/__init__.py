"""What English newspaper text means: words, stems, numbers, sentences, passages, and how they weigh."""
