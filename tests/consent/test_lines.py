from __future__ import annotations

from byhand.consent.lines import line_of, lines_of

TEXT = '''\
a = 1
"b c".d = "x"   # a comment = 1
e = [
  "one", "two",
  # none = 1
  """three
  f = 1
  """,
]
[t]
g = { h = 1, i = [1, 2] }
[[u]]
j = 'k = 1'
[[u]]
j = 2
'''


def test_every_key_and_item_has_its_line():
    """Strings, comments and nested brackets fool nobody."""
    lines = lines_of(TEXT)
    assert lines == {
        ("a",): 1, ("b c", "d"): 2, ("e",): 3, ("e", 0): 4, ("e", 1): 4, ("e", 2): 6, ("t",): 10, ("t", "g"): 11,
        ("u",): 12, ("u", 0): 12, ("u", 0, "j"): 13, ("u", 1): 14, ("u", 1, "j"): 15,
    }  # fmt: skip


def test_what_has_no_line_has_that_of_what_is_around_it():
    """The nearest thing a person can look at."""
    lines = lines_of(TEXT)
    assert line_of(lines, ("t", "g", "i", 1)) == 11
    assert line_of(lines, ("nowhere",)) == 1
