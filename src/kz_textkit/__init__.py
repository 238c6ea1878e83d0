"""kz-textkit: from raw Kazakh files to a clean, structured, annotated corpus with term frequencies."""
