"""What makes generated files: each has a `page()` and a test that holds the file against it."""
