"""Step guides: what was done, told to somebody who wants to do it too.

    telling    a step in plain words, in pieces that a page can set apart
    making     episodes as chapters of numbered steps, each with its picture
    frames     what was kept of the screen, cut out around a target
    drawing    a target drawn from what was listed: boxes, cleared words
    page       a guide as one HTML file that asks for nothing
    markdown   a guide as Markdown, its pictures as files beside it

All of it is pure: values in, text out. A guide says nothing that the recording does not hold. What was not kept is told
by its kind: "type your password".
"""
