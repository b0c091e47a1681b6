"""English football prose: words, the phrase book, and writing an answer as a sentence."""
