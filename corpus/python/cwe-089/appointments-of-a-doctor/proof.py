import sqlite3

from fastapi.testclient import TestClient


def appointments(m, doctor):
    db = sqlite3.connect("clinic.db")
    db.execute("CREATE TABLE appointments (doctor TEXT, day TEXT, slot TEXT, room TEXT)")
    db.execute("INSERT INTO appointments VALUES ('Weiss', '2026-05-04', '09:00', 'A'), ('Roth', '2026-05-04', '10:00', 'B')")
    db.commit()
    return TestClient(m.app).get("/appointments", params={"doctor": doctor, "day": "2026-05-04"}).json()


def functional_lists_appointments(m, t):
    assert appointments(m, "Weiss") == [{"slot": "09:00", "room": "A"}]


def exploit_quote_in_the_name(m, t):
    found = t.attempt(appointments, m, "x' OR 1=1 -- ")
    if found:
        t.exploited(f"appointments of other doctors: {found}")
    t.reached()
