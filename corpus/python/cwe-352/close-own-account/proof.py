import os
import sqlite3

from pages import Page

os.environ["SECRET_KEY"] = "cases"


def client(m):
    db = sqlite3.connect("customers.db")
    db.execute("CREATE TABLE customers (id INTEGER, closed INTEGER)")
    db.execute("INSERT INTO customers VALUES (7, 0)")
    db.commit()
    made = m.app.test_client()
    with made.session_transaction() as session:
        session["customer_id"] = 7
    return made


def closed():
    return sqlite3.connect("customers.db").execute("SELECT closed FROM customers").fetchone()[0]


def functional_closes_by_the_form(m, t):
    visitor = client(m)
    page = Page(visitor.get("/account/close").text)
    fields = {"form_token": value for tag, name, value in page.attributes if tag == "input" and name == "value"}
    assert visitor.post("/account/close", data=fields).status_code == 200
    assert closed() == 1


def exploit_form_of_another_site(m, t):
    visitor = client(m)
    visitor.get("/account/close")
    t.attempt(visitor.post, "/account/close", headers={"Origin": "https://evil.example"})
    if closed():
        t.exploited("a form of another site closed the account")
    t.reached()


def exploit_before_the_form_was_seen(m, t):
    t.attempt(client(m).post, "/account/close", data={"form_token": ""})
    if closed():
        t.exploited("an empty token closed the account")
