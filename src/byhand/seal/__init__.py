"""Envelope encryption. Pure: bytes in, bytes out; keys, nonces and places are arguments.

envelope   AES-256-GCM around one thing, and what a nonce must be
keys       a recording's own key, wrapped by the vault's key
segment    columns of events -> compressed -> sealed, chained to the segment before
header     what holds for a whole recording, and how it ended
"""
