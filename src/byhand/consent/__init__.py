"""A person's yes, and what it covers.

    policy   what may be recorded here at all
    grant    a signed yes to one policy version, with scope, purpose and expiry
    decide   is this grant good for this policy, now?
    ledger   the chain of what was granted, read, shared and erased
    notice   the plain words a person reads before the yes

Pure: no clock, no disk.
"""
