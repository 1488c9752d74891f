import json
import sqlite3

import django_standin


def overdue(m, branch):
    db = sqlite3.connect("standin.db")
    db.execute("CREATE TABLE library_loan (branch TEXT, title TEXT, reader TEXT, due_on TEXT)")
    db.execute("INSERT INTO library_loan VALUES ('north', 'Emma', 'Ann', '2020-01-01'), ('south', 'Utopia', 'Bob', '2020-01-02')")
    db.commit()
    return json.loads(m.overdue_loans(django_standin.request("GET", "/overdue", {"branch": branch})).content)["loans"]


def functional_lists_loans(m, t):
    assert overdue(m, "north") == [{"title": "Emma", "reader": "Ann", "due_on": "2020-01-01"}]


def exploit_quote_in_the_branch(m, t):
    loans = t.attempt(overdue, m, "x' OR 1=1 -- ")
    if loans:
        t.exploited("loans of other branches came back")
    t.reached()
