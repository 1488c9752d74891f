class Clock:
    def __init__(self):
        self.now = 1700000000.0

    def __call__(self):
        return self.now


def functional_signed_in_and_out(m, t):
    clock = Clock()
    s = m.Sessions(clock)
    ann, bob = s.sign_in("ann"), s.sign_in("bob")
    clock.now += 60
    assert s.user(ann) == "ann" and s.user(bob) == "bob"
    s.sign_out(ann)
    assert s.user(ann) is None and s.user(bob) == "bob"


def functional_unknown_session(m, t):
    assert m.Sessions(Clock()).user("nobody") is None


def exploit_session_of_last_week(m, t):
    clock = Clock()
    s = m.Sessions(clock)
    ann = s.sign_in("ann")
    if t.attempt(s.user, ann) == "ann":
        t.reached()
    clock.now += 7 * 24 * 3600
    if t.attempt(s.user, ann) == "ann":
        t.exploited("a session of a week ago is still good")


def exploit_kept_alive(m, t):
    clock = Clock()
    s = m.Sessions(clock)
    ann = s.sign_in("ann")
    for _ in range(30):
        clock.now += 60
        user = t.attempt(s.user, ann)
    if user == "ann":
        t.exploited("a session lives on 30 minutes after its sign-in because it is used")
