import sqlite3

from fastapi.testclient import TestClient


def invoices(m, *numbers):
    db = sqlite3.connect("billing.db")
    db.execute("CREATE TABLE invoices (number TEXT, customer TEXT, total INTEGER)")
    db.execute("INSERT INTO invoices VALUES ('A1', 'Ann', 10), ('A2', 'Bob', 20), ('A3', 'Eve', 30)")
    db.commit()
    return TestClient(m.app).get("/invoices", params={"number": numbers}).json()


def functional_lists_invoices(m, t):
    assert [i["customer"] for i in invoices(m, "A1", "A3")] == ["Ann", "Eve"]


def exploit_quote_in_a_number(m, t):
    found = t.attempt(invoices, m, "x') OR 1=1 -- ")
    if found and len(found) == 3:
        t.exploited("all invoices came back")
    t.reached()
