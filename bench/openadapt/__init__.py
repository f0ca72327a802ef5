"""openadapt-flow 2.4.0 beside us: shown the same chores in the same apps, compiled by itself, run on the same records.

How it is driven, so that it does as well as it can:

- The package is as published, in an environment of its own (`peer`); only its launch of a browser is pointed at the
  Chromium that we use (`driver`). Nothing of it is a dependency of ours. Without a network it is told as absent.
- It is shown a chore by its own `Recorder` over its own browser backend, as its demo is recorded. Its interactive
  `record` would refuse each chore with a native list ("not a qualified browser recording action"). What is typed is
  marked as a parameter, by the row's column. A field is emptied before it's typed into, and a native list is closed
  before an option is typed, because its check of what was typed reads them so.
- It is shown each chore as we are, with the look at the list after the save; where it can't redo that even with the
  values it was shown, and stops after the save, it is shown the chore once more without that look, and keeps what it
  does better with.
- `compile` and `replay` by its own `api`, with all that is on by default: its ladder of healing, its identity checks,
  its postconditions; and its `fast` speed, in which "every check runs". No model is called.
- Its `run`, which reads a record back, wants a contract for each save written by a person, a second way to read, and a
  qualification of the workflow; one demonstration gives none of them. Compiled with `mine_effects`, the two chores we
  tried had "an unconfirmed PLACEHOLDER" that stops each row at its save. So `replay` is what is measured, and its
  "finished, not checked" with exit status 0 counts as done.
- A row that differs in something for which it made no parameter (it froze what was chosen by presses) isn't run: it
  is told, and is no wrong record of its.
- Drifts are tried on the values it was shown, and on those chores alone that it can redo without any.

Whether a row is right is said by the office's own records, by the same code as for ours.
"""
