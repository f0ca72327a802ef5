"""One file for each format that demonstrations are read from or written to. Port: `port`. List: `registry`."""
