"""What a corpus of web text wants before it is counted: signals of quality, filters on them, duplicates, personal data.

All of it is off by default, and each thing that is left out or masked is on record with its reason. Nothing here reads files or knows
the command line: `signals` measures a text, `bounds` says which measures are out of bounds, `personal_data` asks for edits,
`duplicates` compares texts.
"""
