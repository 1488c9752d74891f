from fastapi.testclient import TestClient

import rooted


def client(m):
    rooted.at("/srv", "/etc")
    rooted.write("/srv/documents/plans/may.txt", "text")
    rooted.write("/etc/secret.conf", "password")
    return TestClient(m.app)


def functional_lists_a_folder(m, t):
    answer = client(m).get("/documents", params={"folder": "plans"})
    assert answer.status_code == 200 and answer.json() == [{"name": "may.txt", "folder": False, "size": 4}]


def exploit_absolute_folder(m, t):
    answer = t.attempt(client(m).get, "/documents", params={"folder": "/etc"})
    if answer and "secret.conf" in answer.text:
        t.exploited("the folder /etc was listed")
    t.reached()


def exploit_dots(m, t):
    answer = t.attempt(client(m).get, "/documents", params={"folder": "../../etc"})
    if answer and "secret.conf" in answer.text:
        t.exploited("a folder outside was listed")
