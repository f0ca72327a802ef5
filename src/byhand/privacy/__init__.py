"""From what a sensor saw to what may be kept. Pure: no clock, no thread; it reads nothing but its own word lists.

    guard    the one door
    scene    what it knows of the desktop
    waiting  the line in which a key waits until its field is known
    writing  what is told to the typist in `typed`, who rebuilds text from keys
    rules/   what it asks: contexts, fields, keys, pages, text, pixels
    rhythm/  when an event is said to have happened, where typing rhythm is not granted
    report   why an event was kept, in words

Everything here is decided by values that came in: an event, the policy, the grant.
"""
