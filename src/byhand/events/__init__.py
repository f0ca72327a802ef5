"""What happened, as values: raw events (memory only) and kept events (what is written).

    raw     what a sensor saw; no codec, no content in its repr
    kinds   what the guard lets through; the only types that are ever written
    time    the two stamps of an event, and the map to UTC
    ids     names of devices, recordings and events
    codec   kept events <-> columns of bytes; columns: which a kind has; packing: one way of the two

The bottom of the house: nothing here knows another room but `errors`.
"""
