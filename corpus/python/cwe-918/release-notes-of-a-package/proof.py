from types import SimpleNamespace
from urllib.parse import urlsplit

from fastapi.testclient import TestClient

asked = []


def notes(m, package):
    def get(url, **_):
        asked.append(urlsplit(url))
        return SimpleNamespace(status_code=200, text="faster")
    m.requests.get = get
    return TestClient(m.app).get("/notes", params={"package": package})


def functional_fetches_notes(m, t):
    assert notes(m, "lamp").json() == {"package": "lamp", "notes": "faster"}
    assert asked[0].hostname == "packages.example" and asked[0].path == "/lamp/notes"


def exploit_name_that_becomes_the_host(m, t):
    t.attempt(notes, m, "@169.254.169.254/latest")
    if asked and asked[0].hostname != "packages.example":
        t.exploited(f"the server asked {asked[0].hostname}")
    t.reached()
