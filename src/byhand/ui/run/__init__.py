"""What became of a run of a workflow, as one page and as a table. Pure.

Rules of this room: it knows values and no journal, so whoever composes can show a run that is over, cut off or on.
"""
