from fastapi.testclient import TestClient


def price(m, arrival, departure):
    return TestClient(m.app).get("/price", params={"arrival": arrival, "departure": departure, "room": "double"})


def functional_tells_a_price(m, t):
    assert price(m, "2026-05-01", "2026-05-04").json() == {"nights": 3, "total": 360}


def exploit_departure_before_the_arrival(m, t):
    answer = t.attempt(price, m, "2026-05-04", "2026-05-01")
    if answer and answer.status_code == 200 and answer.json()["total"] < 0:
        t.exploited(f"the guest is owed money: {answer.text}")
    t.reached()
