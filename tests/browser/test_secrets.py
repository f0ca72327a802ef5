"""Which fields are secret, and whose words are hidden by the page's wish."""

from __future__ import annotations

import pytest

from byhand.privacy.rules.fields import names_a_secret
from byhand.privacy.text.lists import parts_of
from scripts.secret_labels import LIST, SCRIPT, folded, script
from tests.browser.conftest import Look

CANARY = "Zq7canary9Vx"
SECRET = [
    "<input type=password>",
    "<input type=PassWord>",
    "<input autocomplete=cc-number>",
    "<input autocomplete='section-a CC-CSC'>",
    "<input autocomplete=one-time-code>",
    "<input autocomplete='username current-password'>",
    "<input autocomplete=new-password>",
    "<input name=oneTimeCode>",
    "<input id=user_password>",
    "<input placeholder='Kartenprüfnummer'>",
    "<input aria-label='Mot de passe'>",
    "<label>Contraseña <input></label>",
    "<label>パスワード <input></label>",
    "<label>पासवर्ड <input></label>",
    "<label>Κωδικός <input></label>",
    "<label>E-Mail-Passwort: <textarea></textarea></label>",
    "<label>Geburtsdatum <input type=date></label>",
    "<label>Expiry <select><option>1</select></label>",
    "<div contenteditable aria-label='recovery phrase'>x</div>",
    "<div role=textbox title=PIN>x</div>",
    "<span id=l>Security code</span><input aria-labelledby=l>",
    "<input style='-webkit-text-security: disc'>",
    "<input inputmode=numeric aria-label='Digit 1 of 6'>",
    "<input inputmode=numeric name=code>",
    "<input type=hidden value=x>",
    "<div>" + "<i><input maxlength=1></i>" * 6 + "</div>",
]
OPEN = [
    "<input>",
    "<input type=search>",
    "<input autocomplete=email>",
    "<input autocomplete=bday>",
    "<input name=author>",
    "<label>Passenger <input></label>",
    "<input inputmode=numeric name=zip_code>",
    "<input inputmode=numeric aria-label='Country code'>",
    "<input maxlength=1>",
    "<label><input type=checkbox> Show password</label>",
    "<button>Forgot password?</button>",
    "<a href=# aria-label=password>x</a>",
    "<label>Compass <textarea></textarea></label>",
    "<div contenteditable>x</div>",
]
MASKED = [
    "data-byhand-mask",
    "data-byhand-block",
    "class=rr-mask",
    "class=rr-block",
    "class=rr-ignore",
    "class=ph-no-capture",
    "class='a ph-sensitive b'",
    "class=ph-mask",
    "class=sentry-mask",
    "class=sentry-block",
    "data-sentry-mask",
    "data-sentry-block",
    "class=fs-mask",
    "class=fs-exclude",
    "data-dd-privacy=mask",
    "data-dd-privacy=hidden",
    "data-hj-suppress",
    "data-private",
    "data-private=lipsum",
    "data-clarity-mask=true",
]
FIELD = "input,textarea,select,[contenteditable],[role=textbox],button,a"


def test_there_is_one_list_of_labels():
    """The list in the extension is made from the recorder's."""
    assert script(SCRIPT.read_text("utf-8")) == SCRIPT.read_text("utf-8")


def test_fields_for_secrets_are_known_by_kind_purpose_label_and_look(look: Look):
    """Each of them is secret, says nothing of what it holds, and fields that only resemble them are not."""
    eyes = look("".join(f"<section>{html}</section>" for html in SECRET + OPEN))
    found = eyes.ask(
        f"[...document.querySelectorAll('section')].map(s => eyes.observer.describe(s.querySelector('{FIELD}')))"
        ".map(({ secret, holds }) => [secret, holds])"
    )
    for html, (secret, holds) in zip(SECRET + OPEN, found, strict=True):
        assert secret == (html in SECRET), html
        assert holds == "" or not secret, html


def test_every_label_of_the_list_is_known_in_the_page(look: Look):
    """What the recorder's rules call a secret, the page's do too."""
    lists = parts_of(LIST.read_text("utf-8"))
    labels = [*lists["words"], *lists["anywhere"], *(label.upper() for label in lists["words"] if label.isascii())]
    assert all(names_a_secret(label) for label in lists["words"])
    assert folded("E-Mail-Paßwort:") == "e mail passwort"
    eyes = look("<body></body>")
    missed = eyes.ask(
        f"{labels!r}.filter(label => {{ const el = document.createElement('input');"
        " el.setAttribute('aria-label', label); document.body.append(el); return !eyes.secrets.secret(el) })"
    )
    assert missed == []


REPLACED = "{ const other = document.createElement('input'); other.name = 'p'; other.id = 'x'; el.replaceWith(other) }"


@pytest.mark.parametrize(
    ("shown", "met"),
    [
        ("el.type = 'text'", False),
        ("el.setAttribute('type', 'text')", False),
        ("el.removeAttribute('type')", False),
        ("{ el.type = 'text'; document.forms[0].append(el) }", False),
        ("el.type = 'text'", True),
        (REPLACED, True),
    ],
)
def test_once_secret_always_secret(look: Look, shown: str, met: bool):
    """A field that shows its password stays secret, also one that came later and was never looked at."""
    eyes = look("<form><input></form>")
    eyes.ask(
        f"document.forms[0].innerHTML = '<input type=password {'name=p id=x' if shown == REPLACED else ''}>';"
        f"const el = document.querySelector('input'); {'eyes.secrets.secret(el);' if met else ''} {shown}"
    )
    assert eyes.describe("input")["secret"]
    assert [node["secret"] for node in eyes.list() if node["tag"] == "input"] == [True]


def test_a_page_hides_words_of_what_it_marks(look: Look):
    """Marks of rrweb, PostHog, Sentry and others hold for the element and all in it: boxes and roles, no words."""
    inside = f"<p>{CANARY}</p><button>{CANARY}</button><input size=3 value={CANARY} aria-label={CANARY}>"
    inside += f"<select><option>{CANARY}</select>"
    sections = "".join(f"<section><div {mark}><div>{inside}</div></div></section>" for mark in MASKED)
    eyes = look(f"<style>section {{ float: left }}</style>{sections}<button>Plain</button>")
    for index, mark in enumerate(MASKED):
        told = eyes.describe(f"section:nth-of-type({index + 1}) button")
        assert (told["masked"], told["name"], told["role"]) == (True, "", "button"), mark
    nodes = eyes.list()
    assert CANARY not in str(nodes)
    assert [node["name"] for node in nodes if not node["masked"]] == ["Plain"]
    blocks = sum("block" in mark or "no-capture" in mark or "exclude" in mark or "hidden" in mark for mark in MASKED)
    assert len([node for node in nodes if node["role"] == "button"]) == len(MASKED) - blocks + 1
    assert all(node["holds"] == "" for node in nodes if node["masked"])


def test_a_mark_holds_through_shadow_trees(look: Look):
    """The host's mark hides what is in its shadow tree, a mark around a slot hides what is slotted."""
    eyes = look(
        f"<div class=rr-mask><x-a><template shadowrootmode=open><button>{CANARY}</button></template></x-a></div>"
        "<x-b><template shadowrootmode=open><div class=rr-mask><slot></slot></div></template>"
        f"<button id=s>{CANARY}</button></x-b>"
        "<div data-dd-privacy=allow><button id=o>Open</button></div>"
    )
    assert eyes.ask("eyes.observer.describe(document.querySelector('x-a').shadowRoot.querySelector('button'))")[
        "masked"
    ]
    assert eyes.describe("#s")["masked"]
    assert not eyes.describe("#o")["masked"]
    assert CANARY not in str(eyes.list())
    assert {node["name"] for node in eyes.list()} == {"", "Open"}


def test_of_what_is_blocked_only_the_box_is_told(look: Look):
    """Nothing in it is listed."""
    nodes = look(f"<div data-byhand-block style='width: 90px; height: 30px'><button>{CANARY}</button></div>").list()
    assert [(node["role"], node["name"], node["masked"], node["box"][2:]) for node in nodes] == [
        ("", "", True, [90, 30])
    ]
