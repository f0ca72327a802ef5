"""What a browser's extension sees, as raw events. The page: docs/formats/browser.md.

    host       the native host: a process of its own that the browser starts, standard library only
    framing    messages in a stream of bytes: torn, oversized and senseless ones are dropped whole, and counted
    socket_file   the recorder's side of a socket in BYHAND_HOME/run: private, and only for its own person
    door       the thread that listens there and speaks with every browser
    numbering  which events of a document arrived, came twice, or never will
    clock      a page's wall clock on the desktop's clock
    roles, strokes    what a page calls elements and keys, as the desktop calls them
    reading    a message as values, event by event where it can't be read as a whole
    telling    one told event becomes raw events
    alone      where no other driver watches: input, and the windows it goes to
    beside     where one does: only what it can't see
    terms      what extensions are told of a recording
    driver     fits `capture.driver.Driver`

Rules: it knows only events and errors, like every driver. Whatever a page or a browser tells may be a lie: every number
is clamped, every text is bounded, and nothing of either is ever shown in an error.
"""
