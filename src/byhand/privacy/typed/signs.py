"""Which character a key writes: keysyms, dead keys and Compose sequences. Pure tables.

Keysym numbers are those of X11's keysymdef.h. The alphabets from before Unicode were laid out after ISO 8859 and
KOI8-U; where one differs, the difference stands here. Of the Compose sequences of libX11 the ones people use for their
own languages are here; whoever uses another one gets a text that is not certain, never a wrong one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

COMPOSE = 0xFF20
"""The keysym Multi_key."""
_DEAD = range(0xFE50, 0xFE94)

_ALPHABETS = {
    0x01: "iso8859-2", 0x02: "iso8859-3", 0x03: "iso8859-4", 0x05: "iso8859-6", 0x06: "koi8-u", 0x07: "iso8859-7",
    0x0C: "iso8859-8", 0x0D: "iso8859-11", 0x12: "iso8859-14", 0x13: "iso8859-15",
}  # fmt: skip


def _row(first: int, signs: str) -> dict[int, str]:
    return {first + place: sign for place, sign in enumerate(signs) if sign != " "}


_SIGNS: dict[int, str] = {
    **_row(0xFFAA, "*+,-./0123456789"), 0xFF80: " ", 0xFFBD: "=",  # the keypad
    **_row(0x6A1, "ђѓ  ѕ  јљњћќ ўџ№ЂЃ  Ѕ  ЈЉЊЋЌ ЎЏ"),  # Cyrillic beyond Russian and Ukrainian
    **_row(0x7A1, "ΆΈΉΊΪ ΌΎΫ Ώ"), **_row(0x7B1, "άέήίϊΐόύϋΰώ"), 0x7D2: "Σ", 0x7F2: "σ", 0x7F3: "ς",
    **_row(0x4A1, "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソ"),
    **_row(0x4C0, "タチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"),
    **_row(0xAD0, "‘’“”"), **_row(0xAA9, "—–"), **_row(0xAFD, "‚„"),
    0xAAE: "…", 0xAC9: "™", 0xAE6: "•", 0xAF1: "†", 0xAF2: "‡", 0xAF3: "✓", 0xAF4: "✗", 0xAEE: "♥",
    0x8BC: "≤", 0x8BD: "≠", 0x8BE: "≥", 0x8C2: "∞", 0x8D6: "√", **_row(0x8FB, "←↑→↓"), 0x20AC: "€",
}  # fmt: skip

_MARKS = {
    0xFE50: "\u0300", 0xFE51: "\u0301", 0xFE52: "\u0302", 0xFE53: "\u0303", 0xFE54: "\u0304", 0xFE55: "\u0306",
    0xFE56: "\u0307", 0xFE57: "\u0308", 0xFE58: "\u030a", 0xFE59: "\u030b", 0xFE5A: "\u030c", 0xFE5B: "\u0327",
    0xFE5C: "\u0328", 0xFE5E: "\u3099", 0xFE5F: "\u309a", 0xFE60: "\u0323", 0xFE61: "\u0309", 0xFE62: "\u031b",
    0xFE63: "/", 0xFE6E: "\u0326", 0xFE6F: "¤",
}  # fmt: skip
"""Dead key -> the mark it sets; "/" and "¤" change the letter itself."""

_ALONE = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0308": "¨", "\u030a": "°",
    "\u0327": "¸", "\u030c": "ˇ", "\u0306": "˘", "\u0307": "˙", "\u030b": "˝", "\u0328": "˛", "/": "/",
}  # fmt: skip
_STRUCK = dict(zip("oOlLdDhHbBtT", "øØłŁđĐħĦƀɃŧŦ", strict=True))
_MONEY = {"e": "€", "E": "€", "l": "£", "L": "£", "y": "¥", "Y": "¥", "c": "¢"}

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", '"': "\u0308", ",": "\u0327", "<": "\u030c",
    "/": "/",
}  # fmt: skip
_PAIRS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "oo": "°", "oa": "å", "aa": "å", "oA": "Å", "AA": "Å",
    "=e": "€", "e=": "€", "=E": "€", "E=": "€", "-L": "£", "L-": "£", "=Y": "¥", "Y=": "¥", "|c": "¢", "c|": "¢",
    "co": "©", "oc": "©", "ro": "®", "or": "®", "tm": "™", "<<": "«", ">>": "»", "!!": "¡", "??": "¿", "..": "…",
    "12": "½", "14": "¼", "34": "¾", "^1": "¹", "^2": "²", "^3": "³", "mu": "µ", "so": "§", "os": "§", "xx": "×",
    "->": "→", "<-": "←", "+-": "±", "<3": "♥", ".-": "·", "--.": "–", "---": "—", ",'": "‚", '<"': "“", '>"': "”",
    "<'": "‘", ">'": "’", "  ": "\u00a0",
}  # fmt: skip


@lru_cache(maxsize=4096)
def sign(keysym: int) -> str:
    """The character a keysym writes by itself; "" where that is not known."""
    if keysym in _SIGNS:
        return _SIGNS[keysym]
    if 0x20 <= keysym <= 0x7E or 0xA0 <= keysym <= 0xFF:
        return chr(keysym)
    if 0x1000100 <= keysym <= 0x110FFFF:
        # Lone surrogates are no characters; what sets no sign is no text either.
        return "" if unicodedata.category(chr(keysym - 0x1000000)) in ("Cs", "Cc", "Cn") else chr(keysym - 0x1000000)
    alphabet = _ALPHABETS.get(keysym >> 8, "")
    if not alphabet or keysym & 0xFF < 0xA1:
        return ""
    try:
        found = bytes((keysym & 0xFF,)).decode(alphabet)
    except UnicodeDecodeError:
        return ""
    return found if unicodedata.category(found)[0] in "LMSPN" and not 0x2500 <= ord(found) <= 0x259F else ""


def dead(keysym: int) -> bool:
    """Does this key write nothing yet, but change the next one?"""
    return keysym in _DEAD


def completed(sequence: tuple[int, ...]) -> str | None:
    """What a sequence that began with a dead key or Compose has written.

    Returns:
        The characters; "" while the sequence goes on; None where what it writes is not known.
    """
    return _composed(sequence[1:]) if sequence[0] == COMPOSE else _accented(sequence)


def _accented(sequence: tuple[int, ...]) -> str | None:
    *before, last = sequence
    marks = [_MARKS.get(keysym, "") for keysym in before]
    if dead(last):
        if not before:
            return "" if last in _MARKS else None
        if before == [last]:
            return _ALONE.get(marks[0])  # the same dead key twice writes its sign
        return "" if last in _MARKS and len(before) == 1 else None
    letter = sign(last)
    if not letter or not all(marks):
        return None
    if letter in (" ", "\u00a0"):
        # X writes the ASCII sign that looks like it, for these two.
        return {"\u0301": "'", "\u0308": '"'}.get(marks[0], _ALONE.get(marks[0])) if len(marks) == 1 else None
    return _set(letter, marks)


def _set(letter: str, marks: list[str]) -> str | None:
    """A letter with its marks as one character, in whichever order they were struck."""
    if marks == ["/"]:
        return _STRUCK.get(letter)
    if marks == ["¤"]:
        return _MONEY.get(letter)
    for order in (marks, marks[::-1]):
        whole = unicodedata.normalize("NFC", letter + "".join(order))
        if len(whole) == 1:
            return whole
    return None


def _composed(keysyms: tuple[int, ...]) -> str | None:
    if not keysyms:
        return ""
    signs = [sign(keysym) for keysym in keysyms]
    if not all(signs):
        return None
    typed = "".join(signs)
    if typed in _PAIRS:
        return _PAIRS[typed]
    if len(typed) == 1 or typed == "--":
        return ""
    if len(typed) > 2:  # longer sequences are in the table, or not known
        return None
    for accent, letter in (typed, typed[::-1]):
        if accent in _ACCENTS and letter.isalpha() and (found := _set(letter, [_ACCENTS[accent]])):
            return found
    return None
