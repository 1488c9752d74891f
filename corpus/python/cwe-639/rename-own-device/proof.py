import sqlite3

from fastapi.testclient import TestClient


def rename(m, device):
    db = sqlite3.connect("home.db")
    db.execute("CREATE TABLE devices (id INTEGER, owner INTEGER, name TEXT)")
    db.execute("INSERT INTO devices VALUES (1, 7, 'lamp'), (2, 8, 'door')")
    db.commit()

    async def signed_in(scope, receive, send):
        scope["user_id"] = 7
        await m.app(scope, receive, send)
    status = TestClient(signed_in).put(f"/devices/{device}", json={"name": "new"}).status_code
    return status, [name for (name,) in db.execute("SELECT name FROM devices ORDER BY id")]


def functional_renames_a_device(m, t):
    assert rename(m, 1) == (200, ["new", "door"])


def exploit_device_of_another_user(m, t):
    answer = t.attempt(rename, m, 2)
    if answer and answer[1][1] == "new":
        t.exploited("the door of another user was renamed")
    t.reached()
