from pages import Page


def functional_shows_the_city_again(m, t):
    client = m.app.test_client()
    assert ("input", "value", "") in Page(client.get("/address").text).attributes
    page = Page(client.post("/address", data={"city": "Ulm 7 & Co"}).text)
    assert ("input", "value", "Ulm 7 & Co") in page.attributes


def exploit_quote_in_the_city(m, t):
    answer = t.attempt(m.app.test_client().post, "/address", data={"city": '1" onfocus="alert(1)" x="'})
    if answer and Page(answer.text).script():
        t.exploited("a quotation mark in the city adds a handler of events")
    t.reached()
