import json
import sys

from pages import Page


def report(m, subject):
    with open("tickets.json", "w") as f:
        json.dump([{"id": 7, "subject": subject}], f)
    sys.argv = ["report", "tickets.json"]
    m.main()
    with open("report.html") as f:
        return f.read()


def functional_writes_a_report(m, t):
    page = Page(report(m, "Lamp & socket"))
    assert "7" in page.text and "Lamp & socket" in page.text


def exploit_script_in_a_subject(m, t):
    page = t.attempt(report, m, "<script>alert(1)</script>")
    if page and Page(page).script():
        t.exploited("a script tag in a subject is in the report")
    t.reached()
