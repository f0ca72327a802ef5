"""Compiled chores: what a person showed, as a program they can read, run for each row of a table, and trust. Pure.

program    the words of a program: parameters, steps, loops, branches, checks, evidence
view       a page or window as it is now
"""
