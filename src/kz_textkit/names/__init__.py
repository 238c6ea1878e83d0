"""Named entities: persons, places, organisations, dates, amounts and what else news speak of, in the 25 classes of KazNERD.

`signs` says what a word shows, `gazetteer` what names are known for, `tagger` decides for a whole sentence at once, `entities` is the
spaCy component, `base_form` gives the nominative of a name. Classes and gold: KazNERD (Yeshpanov, Khassanov and Varol 2022, CC BY 4.0).
"""
