"""Typed text, rebuilt from keys and judged as text. Pure; it lives in memory and hands out nothing but judged text.

    signs   which character a key writes; dead keys and Compose
    run     what was typed in one go: a text with a caret and a selection
    where   the field it was typed into
    typist  keys and presses become runs; when a run is over, and what is remembered of it
    judge   a finished run becomes a kept `Text`, or nothing

The rule of all: what is not certain is not guessed. A run whose text can't be followed any more ends there.
"""
