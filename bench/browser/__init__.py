"""The browser rows of the bench: our extension, the real whole way, beside rrweb in the same pages and the same run."""
