"""What a model remembers: made-up secrets that are planted, and whether it can be told what it learned from."""
