"""What a text says about people, and what of it may be kept. `cleaner` is the door; the words are in `types`."""
