"""Many files into one corpus: find them, clean and annotate each, write the corpus."""
