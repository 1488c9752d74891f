import rooted


def paste(m, text):
    rooted.at("/srv")
    rooted.write("/srv/pastes/3.txt", text)
    return m.app.test_client().get("/pastes/3/raw")


def functional_shows_the_paste(m, t):
    assert paste(m, "if a < b:").text == "if a < b:"


def exploit_paste_that_is_a_page(m, t):
    answer = t.attempt(paste, m, "<script>alert(1)</script>")
    if answer and answer.mimetype == "text/html" and "<script>" in answer.text:
        t.exploited("a paste with a script is served as a page")
    t.reached()
