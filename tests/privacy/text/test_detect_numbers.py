"""Cards, accounts, numbers of states, and numbers that mean something by the word beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.evals.canaries.values import iban as make_iban
from byhand.evals.canaries.values import luhn as make_card
from byhand.privacy.text.detect.accounts import iban, routing
from byhand.privacy.text.detect.cards import Cards, luhn
from byhand.privacy.text.detect.union import detectors, find_all
from byhand.privacy.text.types import At

ALL = detectors()


def found(text: str, at: At | None = None) -> dict[str, str]:
    """What is found in a text: the part -> its kind."""
    return {text[start:end]: kind for start, end, kind in find_all(ALL, text, at or At("page"))}


@given(st.text("0123456789", min_size=12, max_size=18), st.sampled_from(["", " ", "-", "\u00a0", ".", "\n"]))
def test_every_number_with_a_check_digit_of_a_card_is_found(digits: str, sign: str):
    """Whatever stands between its groups; and one wrong figure makes the check digit wrong."""
    number = make_card("4" + digits[:14])
    assert luhn(number)
    assert not luhn(number[:-1] + str((int(number[-1]) + 1) % 10))
    shown = sign.join((number[:4], number[4:8], number[8:]))
    assert any(span.kind == "CARD" for span in Cards().find(f"a {shown} b", At("page")))


@pytest.mark.parametrize(
    "number",
    [
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "४१११११११११११११११",
        "４１１１１１１１１１１１１１１１",
        "4111\u20091111\u20091111\u20091111",
    ],
)
def test_a_card_in_other_figures_is_a_card(number: str):
    """Arabic, Devanagari, full-width figures, and thin spaces between the groups."""
    assert found(f"pay {number} now") == {number: "CARD"}


@given(st.sampled_from(["DE", "FR", "GB", "NL"]), st.text("0123456789", min_size=23, max_size=23))
def test_an_iban_is_found_in_groups_and_in_one_piece(land: str, digits: str):
    """Also in lower case; its check is MOD 97-10."""
    length = {"DE": 18, "FR": 23, "GB": 18, "NL": 14}[land]
    number = make_iban(land, digits[:length])
    assert iban(number)
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for shown in (number, number.lower(), grouped):
        assert any(kind == "IBAN" and shown in part for part, kind in found(f"to {shown}, thanks").items())


def test_an_iban_with_a_typo_is_still_somebodys():
    """The check fails; country, length and figures say enough."""
    assert found("DE89 3704 0044 0532 0130 01") == {"DE89 3704 0044 0532 0130 01": "IBAN"}


def test_a_routing_number_proves_itself():
    """Nine figures, the Federal Reserve's district in front, weights 3, 7, 1."""
    assert routing("021000021")
    assert not routing("021000022")
    assert not routing("991000021")


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("SSN 521-44-9382 was mailed", "521-44-9382", "SSN"),
        ("521 44 9382", "521 44 9382", "SSN"),
        ("***-**-9382 on file", "***-**-9382", "SSN"),
        ("NI number AB123456C", "AB123456C", "SSN"),
        ("EIN: 12-3456789", "12-3456789", "TAX"),
        ("CPF 123.456.789-09", "123.456.789-09", "SSN"),
        ("Steuernummer 93/815/08152", "93/815/08152", "TAX"),
        ("passport X1234567 of a guest", "X1234567", "PASSPORT"),
        ("Reisepass Nr. C01X00T47", "C01X00T47", "PASSPORT"),
        ("driver's license D123-4567-8901", "D123-4567-8901", "LICENCE"),
        ("Permis de conduire : 12AA00034", "12AA00034", "LICENCE"),
        ("Patient 4471-BX admitted", "4471-BX", "ID"),
        ("insurance policy no. HX-99812", "HX-99812", "ID"),
        ("Kundennummer: 4711081", "4711081", "ID"),
        ("employee #20931", "20931", "ID"),
        ("account ending in 4821", "4821", "ACCOUNT"),
        ("Konto 532013000", "532013000", "ACCOUNT"),
        ("card ending 4242", "4242", "CARD"),
        ("CVV 123", "123", "CODE"),
        ("Your verification code is 482 910", "482 910", "CODE"),
        ("G-482910 is your code", "G-482910", "CODE"),
        ("TAN: 482910", "482910", "CODE"),
        ("验证码 482910", "482910", "CODE"),
        ("born 12 March 1984 in a town", "12 March 1984", "DATE"),
        ("Geburtsdatum: 03.04.1977", "03.04.1977", "DATE"),
        ("née le 3 avril 1977", "3 avril 1977", "DATE"),
        ("hired on 2021-06-01", "2021-06-01", "DATE"),
        ("生年月日 1984年3月12日", "1984年3月12日", "DATE"),
        ("aged 47", "47", "DATE"),
        (
            "call four one five, five five five, oh one two three",
            "four one five, five five five, oh one two three",
            "PHONE",
        ),
    ],
)
def test_a_number_is_named_by_its_shape_or_the_word_beside_it(text: str, part: str, kind: str):
    """In several languages; filling words between them do not matter and are not masked."""
    shown = found(text)
    assert part in shown, shown
    # Where shape and word say different things, either name will do for what is masked.
    assert shown[part] == kind or kind == "ID"


def test_the_label_of_a_field_says_what_its_value_is():
    """A bare "8841" is nothing; in a field labelled "Member ID" it is somebody's."""
    assert found("8841") == {}
    assert found("8841", At("element", label="Member ID")) == {"8841": "ID"}
    assert found("swordfish", At("element", label="Passwort")) == {"swordfish": "PASSWORD"}
    assert found("5 Elm Close", At("element", label="Home address")) == {"5 Elm Close": "ADDRESS"}


def test_what_was_begun_in_an_earlier_run_is_found_in_the_next():
    """A card number typed in two bursts: the second burst is masked from its first figure on."""
    assert find_all(ALL, "1111 1111 ok", At("typed", before="pay 4111 1111 "))[0][:2] == (0, 9)
    assert find_all(ALL, "1111 1111 ok", At("typed")) != find_all(
        ALL, "fine", At("typed", before="4111 1111 1111 1111 ")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Version 2.10.3 released 2024-01-15 10:30", "The total is 1,234,567.89 for 2023-2024", "10:30:15",
        "Page 3 of 12",
        "CI/CD Settings", "24/7 and/or", "one two three", "Chapter 11", "75 % of 1.200 rows", "Ctrl+Alt+3",
    ],
)  # fmt: skip
def test_everyday_figures_are_left_alone(text: str):
    """Days, times, sums, versions, pages: whether they may stay is not for these detectors to say."""
    assert found(text) == {}
