"""A recording told as a story: one row for a click with its element, one for a run of typing, one for a gap.

    act         what an act is
    acts        how input becomes acts: a button down, the element under it and the button up are one click
    pages       what a browser tells, joined with that
    keys        how keys are named
    things      how elements are named
    happenings  how what happens in pages is named
    rows        acts as rows of plain words

The command line and the replay tell the same rows; each only lays them out. All of it is pure.
"""
