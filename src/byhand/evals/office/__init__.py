"""A small office to work in: three web apps and a desktop form, with tasks whose outcome is checked, and drifts.

Rules of this room: it is served on loopback alone and asks nothing of any network. Everything is made up and drawn from
a seed: the same seed gives the same records and the same rows. What happened is read from the app's own records, never
from what a page said.
"""
