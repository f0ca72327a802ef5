"""What a person looks at in a browser: the replay player, shared by the command line, review and the hub.

Rules of this room: values in, one page out. Nothing here opens a vault, a socket or a file other than its own assets.
Text from a recording was guarded but is still untrusted: it goes into pages as data, never as markup.
"""
