"""Compiled chores: what a person showed, as a program they can read, run for each row of a table, and trust. Pure.

program    the words of a program: parameters, steps, loops, branches, checks, evidence
file       a program's file: read with the line of every mistake, written, changed in place
sentences  steps, checks and conditions in the recorder's words, and back
templates  texts with slots; cells: what stands for them, and whether two texts say the same value
view       a page or window as it is now
"""
