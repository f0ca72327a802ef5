"""Models that learn from demonstrations. The only room that knows torch.

What a model is asked and what it answers is in `decision`; nothing of torch is needed for that.
"""
