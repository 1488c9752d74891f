import os
import sqlite3

os.environ["SECRET_KEY"] = "cases"


def show(m, number):
    db = sqlite3.connect("billing.db")
    db.execute("CREATE TABLE invoices (number INTEGER, customer_id INTEGER, issued_on TEXT, total INTEGER)")
    db.execute("INSERT INTO invoices VALUES (41, 7, '2026-05-01', 120), (42, 8, '2026-05-02', 990)")
    db.commit()
    client = m.app.test_client()
    with client.session_transaction() as session:
        session["customer_id"] = 7
    return client.get(f"/invoices/{number}")


def functional_shows_an_invoice(m, t):
    assert show(m, 41).get_json() == {"number": 41, "issued_on": "2026-05-01", "total": 120}


def exploit_number_of_another_customer(m, t):
    answer = t.attempt(show, m, 42)
    if answer and "990" in answer.text:
        t.exploited("the invoice of another customer was shown")
    t.reached()
