import sqlite3

from pages import Page


def search(m, query, title="Bread & butter"):
    db = sqlite3.connect("recipes.db")
    db.execute("CREATE TABLE IF NOT EXISTS recipes (id INTEGER, title TEXT)")
    db.execute("INSERT INTO recipes VALUES (1, ?)", (title,))
    db.commit()
    return m.app.test_client().get("/recipes", query_string={"q": query}).text


def functional_lists_recipes(m, t):
    page = Page(search(m, "bread"))
    assert "Bread & butter" in page.text and ("a", "href", "/recipes/1") in page.attributes


def exploit_script_in_the_query(m, t):
    page = t.attempt(search, m, "<script>alert(1)</script>")
    if page and Page(page).script():
        t.exploited("a script tag in the query is in the page")
    t.reached()


def exploit_script_in_a_title(m, t):
    page = t.attempt(search, m, "bread", "Bread <script>alert(1)</script>")
    if page and Page(page).script():
        t.exploited("a script tag in a stored title is in the page")
