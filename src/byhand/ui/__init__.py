"""What a person is told and shown of a recording, shared by the command line, review and the hub.

    words    how text, counts, lengths of time and sizes are spelled
    ledger_words  what an entry of the ledger says
    story    a recording told as rows
    replay   a recording as one page for a browser

Rules of this room: values in, text out. Nothing here opens a vault, a socket or a file other than its own assets.
Text from a recording was guarded but is still untrusted: it goes into pages as data, never as markup, and into words
only through `words.shown`.
"""
