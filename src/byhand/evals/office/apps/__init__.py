"""The three web apps, each a declaration and its seeded records."""
