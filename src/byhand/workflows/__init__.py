"""Compiled chores: what a person showed, as a program they can read, run for each row of a table, and trust. Pure.

program    the words of a program: parameters, steps, loops, branches, checks, evidence
file       a program's file: read with the line of every mistake, written, changed in place
sentences  steps, checks and conditions in the recorder's words, and back
templates  texts with slots; cells: what stands for them, and whether two texts say the same value
view       a page or window as it is now; around: the same, asked what lies in what and what stands beside it
targets    which element is meant; rows: which row a record is; heal: what was renamed or moved
checks     whether what must be so is so; surprises: what was not there when it was shown
meanings   which words say the same, in some languages; risk: what an act does that can't be undone
typed      what is typed into a field as it is now
"""
