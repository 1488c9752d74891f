def functional_moves_points(m, t):
    balances = {"ann": 50, "bob": 5}
    m.send_points(balances, "ann", {"to": "bob", "points": "20"})
    assert balances == {"ann": 30, "bob": 25}


def functional_refusals(m, t):
    for form, error in (
        ({"to": "bob", "points": "51"}, m.NotEnough), ({"to": "zoe", "points": "1"}, KeyError), ({"to": "bob", "points": "many"}, ValueError),
    ):
        balances = {"ann": 50, "bob": 5}
        try:
            m.send_points(balances, "ann", form)
        except error:
            assert balances == {"ann": 50, "bob": 5}
        else:
            raise AssertionError(f"{form} was taken")


def attack(m, t, points, to="bob"):
    balances = {"ann": 50, "bob": 5}
    t.attempt(m.send_points, balances, "ann", {"to": to, "points": points})
    if balances["ann"] > 50:
        t.exploited(f"ann has {balances['ann']} points after sending {points} to {to}")


def exploit_negative_points(m, t):
    balances = {"ann": 50, "bob": 5}
    t.attempt(m.send_points, balances, "ann", {"to": "bob", "points": "20"})
    if balances == {"ann": 30, "bob": 25}:
        t.reached()
    attack(m, t, "-5")


def exploit_negative_with_space(m, t):
    attack(m, t, " -1000 ")
