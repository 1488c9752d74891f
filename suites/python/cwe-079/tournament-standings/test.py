from html.parser import HTMLParser


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_data(self, data):
        self.text += data + " "


def page(m, *teams):
    return Page(m.standings([m.Team(*team) for team in teams]))


def functional_most_points_first(m, t):
    p = page(m, ("Owls", 3, "https://owls.example/"), ("Bats", 7, "https://bats.example/"))
    assert p.tags.count("table") == 1 and p.tags.count("a") == 2
    assert 0 <= p.text.find("Bats") < p.text.find("Owls")
    assert "7" in p.text and "3" in p.text
    assert ("a", "href", "https://owls.example/") in p.attributes


def functional_name_with_ampersand(m, t):
    assert "Rock & Roll" in page(m, ("Rock & Roll", 1, "https://rr.example/")).text


def exploit_script_in_name(m, t):
    p = t.attempt(page, m, ("<script>alert(1)</script>", 1, "https://x.example/"))
    if p and "script" in p.tags:
        t.exploited("a script tag in a team's name is in the page")
    if p and "alert(1)" in p.text:
        t.reached()  # the name is in the page as text


def exploit_attribute_in_homepage(m, t):
    p = t.attempt(page, m, ("x", 1, 'https://x.example/" onmouseover="alert(1)'))
    if p and any(name.startswith("on") for _, name, _ in p.attributes):
        t.exploited("a quotation mark in the homepage adds an event handler")
