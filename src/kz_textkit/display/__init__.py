"""How results show themselves to people: numbers as they are read, tables and documents as HTML in a notebook.

`tables.ResultTable` is what the methods of `kz_textkit.Corpus` return: a DataFrame that shows and plots itself.
"""
