"""Hostile text on pages: what it orders, where it stands, and a decider that obeys all of it."""
