from types import SimpleNamespace
from urllib.parse import urlsplit

asked = []


def weather(m, region):
    def get(url, **_):
        asked.append(urlsplit(url).hostname)
        return SimpleNamespace(text="sunny")
    m.requests.get = get
    return m.app.test_client().get("/weather", query_string={"region": region})


def functional_fetches_the_weather(m, t):
    assert weather(m, "us").text == "sunny" and asked == ["us.weather.example"]


def exploit_another_host(m, t):
    t.attempt(weather, m, "169.254.169.254/latest?")
    if "169.254.169.254" in asked:
        t.exploited("the server asked 169.254.169.254")
    t.reached()
