"""Messages in a stream of bytes: four bytes of length in the machine's own order, then JSON. Pure.

The same framing that browsers use for native messaging, so that the host copies bytes. `host` has its own few lines of
it: it must stand alone.
"""

from __future__ import annotations

from struct import pack, unpack_from

from byhand.events.browser import MOST_MESSAGE


def framed(message: bytes) -> bytes:
    return pack("=I", len(message)) + message


class Reader:
    """Takes bytes as they come, gives whole messages. `oversized` counts those that were skipped whole.

    It never holds more than one message. What is left at the end of a stream is a torn message, and no message.
    """

    def __init__(self) -> None:
        self._read = bytearray()
        self._skip = 0
        self.oversized = 0

    def take(self, part: bytes) -> list[bytes]:
        skipped = min(self._skip, len(part))
        self._skip -= skipped
        read = self._read
        read += part[skipped:]
        whole: list[bytes] = []
        place = 0
        while len(read) - place >= 4:
            (length,) = unpack_from("=I", read, place)
            end = place + 4 + length
            if length > MOST_MESSAGE:
                self.oversized += 1
                self._skip = max(0, end - len(read))
                place = min(end, len(read))
            elif end > len(read):
                break
            else:
                whole.append(bytes(read[place + 4 : end]))
                place = end
        del read[:place]
        return whole
