"""Lists that offices keep in files (.xlsx, .xls, .csv, .jsonl), read as rows under their headings, one row at a time.

Trusts nothing in the file: sizes are what is there and not what is claimed, packed files are measured before they are
unpacked, nothing is ever computed or run.
"""
