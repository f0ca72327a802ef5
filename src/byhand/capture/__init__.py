"""Sensors. A driver turns what a desktop does into raw events and knows nothing else of ours: it can't write to disk.

    driver         the port every driver fits
    x11/           X11: input, windows, screen, indicator, on our own small wire client
    accessibility  what lies under a press and what has the focus, over plain D-Bus
    portable       pynput + mss, for macOS and Windows
    scripted       the twin: a text script becomes raw events

The other rooms know `driver` and `open`; the recorder's sign also uses the wire client.
"""
