"""The X11 driver, on a wire client of our own.

wire        the protocol: a socket, requests, answers, events (handshake, xauthority: getting in)
clock       server time to CLOCK_MONOTONIC
keys        keycodes to keysyms
devices     which devices there are: injected ones, wheels (path: where the pointer went)
input       XInput2 raw events to raw events
windows     windows and the focus (look: what one says of itself; locks: grabs and lock screens;
                pace: not too often)
stream      reads all of that from one connection, in order
monitors    the desktop as the header describes it
driver      puts them together; the port `capture.driver` asks for
hotkey      one global key chord
screen      pixels and damage (shm, damage, stacking)
"""
