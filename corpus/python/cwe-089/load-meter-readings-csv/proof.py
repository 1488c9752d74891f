import csv
import sqlite3
import sys


def load(m, *row):
    db = sqlite3.connect("meters.db")
    db.execute("CREATE TABLE readings (meter TEXT, taken_at TEXT, kwh REAL)")
    db.commit()
    with open("may.csv", "w", newline="") as f:
        csv.writer(f).writerows([("meter", "taken_at", "kwh"), row])
    sys.argv = ["load", "may.csv"]
    m.main()
    return db.execute("SELECT * FROM readings").fetchall()


def functional_loads_a_reading(m, t):
    assert load(m, "m1", "2026-05-01", "12.5") == [("m1", "2026-05-01", 12.5)]


def exploit_field_with_a_second_row(m, t):
    rows = t.attempt(load, m, "m1", "2026-05-01", "1), ('m2', '2026-05-01', 0")
    if rows and len(rows) == 2:
        t.exploited("one line of the file made a reading of another meter")
    t.reached()
