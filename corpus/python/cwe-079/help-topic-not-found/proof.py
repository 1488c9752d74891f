import os

import django_standin
from pages import Page


def functional_shows_help(m, t):
    os.makedirs("templates/help")
    with open("templates/help/payment.html", "w") as f:
        f.write("<p>Pay by card</p>")
    assert m.help_topic(django_standin.request("GET", "/help?topic=payment")).content == b"<p>Pay by card</p>"
    answer = m.help_topic(django_standin.request("GET", "/help?topic=parrots"))
    assert answer.status_code == 404 and b"parrots" in answer.content


def exploit_script_in_the_topic(m, t):
    answer = t.attempt(m.help_topic, django_standin.request("GET", "/help", {"topic": "<script>alert(1)</script>"}))
    if answer and Page(answer.content).script():
        t.exploited("a script tag in the topic is in the page")
    t.reached()
