import sqlite3

from fastapi.testclient import TestClient


def journal(m, **query):
    db = sqlite3.connect("journal.db")
    db.execute("CREATE TABLE entries (id INTEGER, text TEXT)")
    db.executemany("INSERT INTO entries VALUES (?, 'text')", [(i,) for i in range(1, 3001)])
    db.commit()
    return TestClient(m.app).get("/journal", params=query).json()


def functional_lists_a_page(m, t):
    assert [entry["id"] for entry in journal(m, limit=3, after=7)] == [8, 9, 10]


def exploit_limit_of_a_million(m, t):
    found = t.attempt(journal, m, limit=1000000)
    if found and len(found) == 3000:
        t.exploited("one request got all 3000 entries")
    t.reached()


def exploit_negative_limit(m, t):
    found = t.attempt(journal, m, limit=-1)
    if found and len(found) == 3000:
        t.exploited("a limit of -1 is none")
