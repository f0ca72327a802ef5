"""A recording told as a story: one row for a click with its element, one for a run of typing, one for a gap.

    acts    how input becomes acts: a button down, the element under it and the button up are one click
    keys    how keys are named
    things  how elements are named
    rows    acts as rows of plain words

The command line and the replay tell the same rows; each only lays them out. All of it is pure.
"""
