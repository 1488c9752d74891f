import json

from pages import Page


def functional_shows_the_data(m, t):
    text = m.app.test_client().get("/chart?title=A%3CB&value=1&value=2").text
    data = text.split("const chart = ")[1].split(";</script>")[0]
    assert json.loads(data) == {"title": "A<B", "values": [1, 2]}


def exploit_end_of_the_script_in_the_title(m, t):
    answer = t.attempt(m.app.test_client().get, "/chart", query_string={"title": "</script><script>alert(1)</script>"})
    if answer and len(Page(answer.text).script()) > 2:
        t.exploited("the title ends the script and begins another")
    t.reached()
