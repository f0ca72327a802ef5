"""The stage: a virtual desktop, real programs and a pair of hands, for the demo, the tests and the benches.

desktop   Xvfb, openbox, a D-Bus and the accessibility bus, on a display of its own
programs  a text editor, a terminal, Chromium
hands     real X input through XTEST, at a person's pace
"""
