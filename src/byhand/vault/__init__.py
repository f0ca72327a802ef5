"""The sealed local store: what was kept, under keys that can be destroyed.

store        the Vault: begin, append, finish, list, read, forget
database     one SQLite file, its tables and what its errors mean
reading      a recording's chain, verified link by link
writing      the tail of a recording that is being made
cutting      which events a partial forgetting takes (pure)
sheets       what a person lays beside a recording: edits, an approval
erasing      forgetting: new vault key, old one destroyed
ring         the generations of the vault's key
keys         where keys live: the desktop's keyring, a file, or memory
grants       grants, withdrawals and the agreed policy, as files
ledger_file  the ledger on disk
durable      files that survive a power cut
lock         one writer at a time
"""
