"""What lies under a press and what has the focus, over AT-SPI on plain D-Bus.

    source     the thread that answers; the room's door
    lookup     from a place or a focus to one described element
    boxes      all that shows in a window, for frames
    programs   programs on the bus, their windows, what shows in these
    tree       every question we ask, and how its answer is read
    bus        a D-Bus connection for many small calls with deadlines
    roles      AT-SPI's numbers
    patience   whom not to ask for a while

Rules: only unix sockets; every call has a deadline; what was typed is never asked for; names are passed on as they are
(a cell's name is its content), since only the guard judges.
"""

from byhand.capture.accessibility.source import Accessibility

__all__ = ["Accessibility"]
