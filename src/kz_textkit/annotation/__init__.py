"""From clean documents to annotated ones (spaCy), and how well annotation agrees with gold."""
