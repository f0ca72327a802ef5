"""One file per part of the scorecard; each gives `measure(...) -> list[Figure]`."""
