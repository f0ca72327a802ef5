"""The contributor's own web page, on loopback, over the local vault: see, cut, paint, approve.

edits      what a person changes before sharing; pure
artefact   the very bytes that would leave; pure
"""
