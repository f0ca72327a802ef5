"""Every error a person can meet, as one tree.

    ByhandError                      exit 1
    ├── UsageFault                   exit 2   the words typed do not fit together
    ├── ConsentError                 exit 3   nothing may be recorded
    │   ├── NoGrant                           none was given, or it was withdrawn
    │   ├── GrantExpired
    │   ├── GrantForged                       the signature does not fit
    │   └── PolicyChanged                     the policy is not the one that was agreed to
    ├── PolicyError                           a policy that can't be read or makes no sense
    ├── WorkflowError                         a program that can't be read or makes no sense
    ├── TableError                            rows that can't be read, or don't fit the program
    ├── LearnError                            a model can't be made, or can't be used
    ├── LedgerBroken                          a ledger entry was changed, removed or reordered
    ├── ReviewError                           what was asked of the review page can't be
    ├── CaptureError                          the desktop can't be observed
    │   ├── NoDisplay
    │   ├── WaylandRefused
    │   └── DisplayLost                       it went away while we looked
    ├── RecorderError
    │   ├── AlreadyRecording
    │   └── NotRecording
    ├── AlreadyRunning                    another process runs the same program
    └── VaultError
        ├── VaultDamaged                      bytes that do not verify
        ├── VaultFull                         disk full, or the quota is used up
        ├── KeyMissing                        the keyring does not hold the vault's key
        └── NoSuchRecording

A message is one lower-case sentence without a full stop. Hints are things to type or to know. `fate` says what became
of the data. None of the three ever quotes captured content.
"""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """Bad data met on the way: a value, collected and shown, never raised."""

    source: str
    message: str


class ByhandError(Exception):
    """Base of all errors shown to a person.

    Args:
        message: one lower-case sentence.
        hints: things to type or to know, most useful first.
        fate: what became of the data, for example "nothing was recorded".
    """

    exit_code = 1

    def __init__(self, message: str, *, hints: tuple[str, ...] = (), fate: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints
        self.fate = fate


class UsageFault(ByhandError):
    exit_code = 2


class ConsentError(ByhandError):
    exit_code = 3


class NoGrant(ConsentError):
    pass


class GrantExpired(ConsentError):
    pass


class GrantForged(ConsentError):
    pass


class PolicyChanged(ConsentError):
    pass


class PolicyError(ByhandError):
    pass


class WorkflowError(ByhandError):
    pass


class TableError(ByhandError):
    pass


class LearnError(ByhandError):
    """A model can't be made of these examples, or can't be used with what there is."""


class LedgerBroken(ByhandError):
    pass


class ReviewError(ByhandError):
    """`code` names it for the page (docs/formats/review.md)."""

    def __init__(self, code: str, message: str, *, hints: tuple[str, ...] = (), fate: str = "") -> None:
        super().__init__(message, hints=hints, fate=fate)
        self.code = code


class CaptureError(ByhandError):
    pass


class NoDisplay(CaptureError):
    pass


class WaylandRefused(CaptureError):
    pass


class DisplayLost(CaptureError):
    pass


class RecorderError(ByhandError):
    pass


class AlreadyRecording(RecorderError):
    pass


class NotRecording(RecorderError):
    pass


class AlreadyRunning(ByhandError):
    pass


class VaultError(ByhandError):
    pass


class VaultDamaged(VaultError):
    pass


class VaultFull(VaultError):
    pass


class KeyMissing(VaultError):
    pass


class NoSuchRecording(VaultError):
    pass
