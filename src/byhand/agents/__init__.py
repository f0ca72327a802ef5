"""Who does work again, or does it anew: `actuators` find what is meant and act there; `loop` does a program's row with
them (`stepping` an act, `seeking` what it is done to, `effects` whether it had its effect), `running` a table's.

Rules of this room: it acts in a browser that was opened for it and in nothing else, and keeps nothing.
"""
