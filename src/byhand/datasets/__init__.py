"""From episodes to datasets that others can load: the store, the build, the card, the formats."""
