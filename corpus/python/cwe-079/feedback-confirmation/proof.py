from pages import Page


def confirm(m, subject, text="Thank you"):
    return m.app.test_client().post("/feedback", data={"subject": subject, "text": text})


def functional_confirms(m, t):
    assert "Blue bikes" in Page(confirm(m, "Blue bikes").text).text


def exploit_script_in_the_subject(m, t):
    answer = t.attempt(confirm, m, "<script>alert(1)</script>")
    if answer and Page(answer.text).script():
        t.exploited("a script tag in the subject is in the page")
    t.reached()


def exploit_expression_in_the_text(m, t):
    answer = t.attempt(confirm, m, "x", "{{ 6 * 7 }}")
    if answer and "42" in answer.text:
        t.exploited("an expression in the text was evaluated")
