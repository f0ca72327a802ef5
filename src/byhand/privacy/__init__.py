"""From what a sensor saw to what may be kept. Pure: no clock, no disk.

    guard    the one door
    rules/   what it asks: fields, contexts, text, pixels, timing
    report   why an event was kept, in words
"""
