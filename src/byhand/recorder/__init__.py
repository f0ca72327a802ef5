"""The recorder: one lean process that wires capture -> guard -> vault, and shows itself while it does.

    states     what it can be doing, as a table (pure)
    sandbox    what the process gives up before it starts: core dumps, tracing, the network
    inbox      the queue between the driver's threads and the one loop; loses nothing silently
    daemon     the loop
    control    the socket through which pause, resume, stop and withdraw arrive
    browsers   which sites extensions are told of, and where the person has paused
    launch     how the command line starts it and listens to it
    indicator  the window that says so; tray: its icon

Other processes meet it through `launch` and `control` alone.
"""
