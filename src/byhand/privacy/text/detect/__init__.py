"""What finds private things in a text, one detector a file. `union` is all of them; `types.Detector` is their shape.

Rules of this room: a detector may be wrong about harmless words (the lexicon says what is harmless) but not about its
own kind. It works in time linear in the text: its patterns are bounded or run with RE2. It keeps nothing and says
nothing: no text in an error, a repr or a log. Texts come normalised (`text.normal`).
"""
