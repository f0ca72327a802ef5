"""Canaries: private values made up for the purpose, planted wherever the guard looks, then searched for."""
