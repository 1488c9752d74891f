import os

os.environ["APP_REGION"] = "north"
os.environ["DATABASE_PASSWORD"] = "hunter2"


def functional_shows_settings(m, t):
    answer = m.app.test_client().get("/support/information").get_json()
    assert answer["settings"]["APP_REGION"] == "north" and answer["python"]


def exploit_password_of_the_database(m, t):
    answer = t.attempt(m.app.test_client().get, "/support/information")
    if answer and "hunter2" in answer.text:
        t.exploited("the page shows the password of the database")
    t.reached()
