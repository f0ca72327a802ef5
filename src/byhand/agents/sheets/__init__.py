"""Where rows come from: a text with delimiters, a spreadsheet, a SQLite database. Each gives its columns and, as often
as it is asked, its rows, one after the other.
"""
