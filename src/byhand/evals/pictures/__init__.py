"""Pictures for the suite of frames: `readable` says what can still be read, `pages` draws pages of our own."""
