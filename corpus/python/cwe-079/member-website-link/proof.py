import sqlite3

from fastapi.testclient import TestClient

from pages import Page


def member(m, website):
    db = sqlite3.connect("club.db")
    db.execute("CREATE TABLE members (id INTEGER, name TEXT, website TEXT)")
    db.execute("INSERT INTO members VALUES (1, 'Ann <3', ?)", (website,))
    db.commit()
    return TestClient(m.app).get("/members/1").text


def functional_links_the_website(m, t):
    page = Page(member(m, "https://ann.example/?a=1&b=2"))
    assert ("a", "href", "https://ann.example/?a=1&b=2") in page.attributes and "Ann <3" in page.text


def exploit_address_that_is_script(m, t):
    page = t.attempt(member, m, "javascript:alert(1)")
    if page and Page(page).script():
        t.exploited("the link runs script")
    t.reached()
