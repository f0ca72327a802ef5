"""Fields that are filled: with words of the instruction, of the page, or with a few that are worked out."""

from __future__ import annotations

import re

from byhand.evals.miniwob.hand import Hand, asked, bold, query, submit, type_into


def _nonletters(word: str) -> str:
    return re.sub(r"[^a-zA-Z]+", "", word)


def text(hand: Hand) -> None:
    type_into(hand, hand.page.locator("#tt"), *bold(hand))
    submit(hand)


def cased(hand: Hand) -> None:
    """In letters of another size."""
    (word,) = bold(hand)
    type_into(hand, hand.page.locator("#tt"), word.upper() if "upper" in query(hand) else word.lower())
    submit(hand)


def skewed(hand: Hand) -> None:
    """Letters that stand aslant."""
    letters = hand.page.locator("#captcha").inner_text()
    type_into(hand, hand.page.locator("#tt"), re.sub(r"\s", "", letters))
    submit(hand)


def password(hand: Hand) -> None:
    (secret,) = bold(hand)
    for name in ("#password", "#verify"):
        type_into(hand, hand.page.locator(name), secret)
    submit(hand)


def login(hand: Hand) -> None:
    """What stands in the way is answered, and the field that it took the keyboard from is pressed again."""
    page = hand.page
    for name, value in zip(("#username", "#password"), re.findall(r'"(\S+)"', query(hand)), strict=True):
        at = page.locator(name)
        hand.press(at)
        if page.locator("#popup").count():
            hand.press(page.locator("#popup-cancel"))
            hand.press(at)
        hand.write(at, value)
    submit(hand)


def numbered(hand: Hand) -> None:
    """One of three radio buttons and one of three fields."""
    radio, number, field = asked(hand, r'the (\d).* radio .* "(-?\d+)" into the (\d)')
    hand.check(hand.page.locator(f'input[type="radio"][value="{radio}"]'))
    type_into(hand, hand.page.locator(f"#input-{field}"), number)
    submit(hand)


_FIELDS = """() => [...document.querySelectorAll('#area input[type=text]')].map((one) => {
  const row = one.closest('p, tr, .row, .field, .ui-entry');
  return row.innerText.toLowerCase();
})"""


def film(hand: Hand) -> None:
    """Each field by the words that stand beside, above or below it; a button that is called in many ways."""
    genre, director, year = bold(hand)
    wanted = {"genre": genre, "director": director, "year": year, "date": year}
    page = hand.page
    labels: list[str] = page.evaluate(_FIELDS)
    for at, label in enumerate(labels):
        value = next(value for word, value in wanted.items() if word in label)
        type_into(hand, page.locator('#area input[type="text"]').nth(at), value)
    hand.press(page.locator("#area button, #area .final, #area .ui-submit"))


def _table(hand: Hand) -> dict[str, str]:
    cells = [one.strip() for one in hand.page.locator("#tab td").all_inner_texts()]
    return dict(zip(cells[::2], cells[1::2], strict=True))


def from_table(hand: Hand) -> None:
    type_into(hand, hand.page.locator("#tt"), _table(hand)[bold(hand)[0]])
    submit(hand)


def two_from_table(hand: Hand) -> None:
    values = _table(hand)
    for number in (1, 2):
        label = hand.page.locator(f"#ll{number}").inner_text().strip().rstrip(":")
        type_into(hand, hand.page.locator(f"#tt{number}"), values[label])
    submit(hand)


def nth_word(hand: Hand) -> None:
    (number,) = asked(hand, r"the (\d+)\w\w word")
    words = hand.page.locator("#area p").inner_text().split()
    type_into(hand, hand.page.locator("#answer-input"), _nonletters(words[int(number) - 1]))
    submit(hand)


def last_word(hand: Hand) -> None:
    """The text is longer than its field: first it is scrolled."""
    area = hand.page.locator("#text-area")
    hand.scroll(area, 4)
    type_into(hand, hand.page.locator("#answer-input"), area.input_value().split()[-1].strip("."))
    submit(hand)


def arithmetic(hand: Hand) -> None:
    sum_ = hand.page.locator("#math-problem").inner_text()
    found = re.search(r"(\d+) ([-+x]) (\d+)", sum_)
    assert found
    a, b = int(found[1]), int(found[3])
    type_into(hand, hand.page.locator("#math-answer"), str({"+": a + b, "-": a - b, "x": a * b}[found[2]]))
    submit(hand)


def algebra(hand: Hand) -> None:
    left, end = hand.page.locator("#math-problem").inner_text().split("=")
    first, sign, second = left.split()
    total = int(end)
    if first == "x":
        x = total - int(second) if sign == "+" else total + int(second)
    else:
        x = total - int(first) if sign == "+" else int(first) - total
    type_into(hand, hand.page.locator("#math-answer"), str(x))
    submit(hand)


def _copied(hand: Hand, source: str) -> None:
    hand.press(hand.page.locator(source))
    hand.key("Control+a")
    hand.key("Control+c")
    hand.press(hand.page.locator("#answer-input"))
    hand.key("Control+v")
    submit(hand)


def copy(hand: Hand) -> None:
    _copied(hand, "#to-copy")


def copy_nth(hand: Hand) -> None:
    _copied(hand, f"#text-{bold(hand)[0][0]}")


def sign(hand: Hand) -> None:
    """What must be read to its end before it can be signed."""
    page = hand.page
    if "Scroll" in query(hand):
        name, button = asked(hand, r'name "(.+)" then press "(\w+)"')
        while page.locator("#name:disabled").count():
            hand.scroll(page.locator("#text-area"), 15)
        type_into(hand, page.locator("#name"), name)
        hand.press(page.locator(f"#{button.lower()}"))
    else:
        hand.press(page.locator("#cancel"))


def scrolled(hand: Hand) -> None:
    """To one of its ends."""
    hand.scroll(hand.page.locator("#text-area"), -10 if "to the top" in query(hand) else 10)
    submit(hand)


def guess(hand: Hand) -> None:
    """In the middle of what is left, until it is right."""
    low, high = 0, 9
    field, page = hand.page.locator("#tt"), hand.page
    while True:
        number = (low + high) // 2
        hand.press(field, x=0.2)  # its arrows are at the right
        if field.input_value():
            hand.key("Control+a")
        hand.write(field, str(number))
        submit(hand)
        if page.locator("#higher:not(.hide)").count():
            low = number + 1
        elif page.locator("#lower:not(.hide)").count():
            high = number - 1
        else:
            return


def terminal(hand: Hand) -> None:
    """Lists the files, and removes one of the kind that is asked for."""
    page = hand.page
    wanted = bold(hand)[0]
    hand.press(page.locator("#terminal"))
    keys = page.locator("#terminal-target")
    hand.write(keys, "ls")
    hand.key("Enter")
    files = page.locator("#terminal .output").last.inner_text().split()
    fits = [one for one in files if (one.endswith(wanted) if wanted.startswith(".") else "." not in one)]
    hand.write(keys, f"rm {fits[0]}")
    hand.key("Enter")
