"""The contributor's own web page, on loopback, over the local vault: see, cut, paint, approve. docs/formats/review.md

edits      what a person changes before sharing; pure
apply      a recording and its edits -> what would be shared; pure
painting   ... its frames; covering: its names and boxes; pure
artefact   the very bytes that would leave; pure
looking    the second look at them; pure
masked     what was masked and by which rule; pure
draft      the edits and the approval, as they lie in the vault; pure
mine       everything held about a person, as files in open formats; pure
source     one recording, read anew, and what speaks for and against its approval
books      the ledger, in words
desk       what can be looked at; deciding: what can be changed; answers: the shapes of both
door       who may come in; life: for how long; pure
routes     the table of routes; app: the guard around them; pieces: the page's files; serve: the socket
pages/, assets/   what runs in the browser
"""
