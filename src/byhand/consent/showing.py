"""What a signed yes says that lets pages be shown to a model at an address. Pure.

It is an allowance (`consent.allowance`) of its own kind: one recipient (`site`), one kind of content, and the sites
whose pages may be shown, which are those of the grant when it was given. A grant that covers other sites needs another
yes. Taking it back, ending and signing are as with any allowance.

Why not the grant itself? A grant is a yes to being recorded, on this computer. Who says yes to that has said nothing of
anybody else seeing it, and must be able to take back the one without the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

import msgspec

from byhand.consent.allowance import Wanted

What = Literal["lists", "pictures"]
"""lists: of elements with the names that the guard cleared. pictures: masked by the guard."""
PROGRAM = "model:pages"
"""No workflow is called so."""
RISK = "shows"
_DOMAIN = b"byhand showing 1\n"
_SAYS: dict[What, str] = {
    "lists": "the elements of a page, by cleared names", "pictures": "pictures of a page, masked",
}  # fmt: skip


def wanted(recipient: str, what: What, sites: Sequence[str]) -> Wanted:
    """What an allowance has to name.

    Args:
        recipient: origin of the endpoint.
        what: is shown.
        sites: whose pages, as the grant has them.
    """
    told = [recipient, what, *sorted(set(sites))]
    return Wanted(PROGRAM, sha256(_DOMAIN + msgspec.json.encode(told)).hexdigest(), RISK, recipient)


def says(recipient: str, what: What, sites: Sequence[str]) -> str:
    """The same as a sentence, for people."""
    return f"show {recipient} {_SAYS[what]}, of {', '.join(sorted(set(sites))) or 'no site'}"
