"""The task families, one file for each app."""
