"""Byhand records how a consenting person works, on that person's terms."""

__version__ = "0.1.0"
