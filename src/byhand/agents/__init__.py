"""Who does work again, or does it anew. So far only its hands: `actuators` find what is meant in a page and act there.

Rules of this room: it acts in a browser that was opened for it and in nothing else, and keeps nothing.
"""
