def functional_takes_over_fields(m, t):
    user = m.User("ann")
    user.edit_profile({"display_name": " Ann L. ", "website": "https://ann.example"})
    assert (user.display_name, user.about, user.website) == ("Ann L.", "", "https://ann.example")
    user.edit_profile({"about": "hello\n"})
    assert (user.display_name, user.about) == ("Ann L.", "hello")


def attack(m, t, field, value):
    user = m.User("ann")
    before = getattr(user, field)
    t.attempt(user.edit_profile, {"about": "x", field: value})
    if getattr(user, field) != before:
        t.exploited(f"the form changed {field} to {getattr(user, field)!r}")
    if user.about == "x":
        t.reached()


def exploit_moderator(m, t):
    attack(m, t, "moderator", "yes")


def exploit_reputation(m, t):
    attack(m, t, "reputation", "9000")


def exploit_name(m, t):
    attack(m, t, "name", "root")
