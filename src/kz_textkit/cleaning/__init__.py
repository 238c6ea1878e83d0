"""From a raw document to a clean one: repair and layout with one record of edits, what the dictionary restores, outlines, excerpts."""
