"""The X11 driver, on a wire client of our own.

wire      the protocol: a socket, requests, answers, events
clock     server time to CLOCK_MONOTONIC
keys      keycodes to keysyms, autorepeat
devices   which devices there are: injected ones, scroll valuators
input     XInput2 raw events to raw events
windows   windows, focus, grabs and lock screens, by notification
driver    puts them together; the port `capture.driver` asks for
hotkey    one global key chord
"""
