"""What the guard asks, one question a module."""
