import os

from fastapi.testclient import TestClient

os.environ["HOUSE_SESSION"] = "k7"


def press(m, origin):
    client = TestClient(m.app, cookies={"house_session": "k7"})
    return client.post("/garage/open", headers={"Origin": origin}).status_code


def functional_opens_the_door(m, t):
    assert press(m, "https://house.example") == 200
    assert os.path.exists("garage-relay")


def functional_asks_who_it_is(m, t):
    assert TestClient(m.app).post("/garage/open").status_code == 401


def exploit_another_page(m, t):
    t.attempt(press, m, "https://evil.example")
    if os.path.exists("garage-relay"):
        t.exploited("a page of another site opened the door")
    t.reached()
