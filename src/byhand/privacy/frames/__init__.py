"""What may be seen of a screen.

paint       which rectangles a frame is painted with, and where true pixels may show
pixels      the tiles of the painted desktop that changed, and how they are written
wireframe   the boxes of a window without one pixel of it
vision      where text, faces and codes are in a picture that nobody tells the boxes of
"""
