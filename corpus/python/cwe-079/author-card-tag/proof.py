import django_standin  # noqa: F401
from pages import Page


def functional_shows_the_author(m, t):
    page = Page(m.author_card("Ann & Co", "slowly"))
    assert "Ann & Co" in page.text and ("div", "title", "slowly") in page.attributes


def exploit_tag_in_the_name(m, t):
    card = t.attempt(m.author_card, "<script>alert(1)</script>", "slowly")
    if card and Page(card).script():
        t.exploited("a script tag in the name is in the page")
    t.reached()


def exploit_quote_in_the_motto(m, t):
    card = t.attempt(m.author_card, "Ann", '" onclick="alert(1)')
    if card and Page(card).script():
        t.exploited("a quotation mark in the motto adds a handler of events")
