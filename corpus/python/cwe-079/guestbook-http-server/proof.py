from urllib.parse import urlencode

import serving
from pages import Page


def guestbook(m, message):
    ask = serving.serve(m.Guestbook)
    assert ask("POST", "/", urlencode({"message": message}))[0] == 303
    return ask("GET", "/")[2]


def functional_shows_messages(m, t):
    assert "Ann & Bob were here" in Page(guestbook(m, "Ann & Bob were here")).text


def exploit_script_in_a_message(m, t):
    page = t.attempt(guestbook, m, "<script>alert(1)</script>")
    if page and Page(page).script():
        t.exploited("a script tag in a message is in the page")
    t.reached()
