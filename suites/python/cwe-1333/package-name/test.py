def functional_well_formed(m, t):
    for name in ("zope.interface-4_2", "a", "7zip", "a-b", "requests", "x.y.z"):
        assert m.is_package_name(name), name


def functional_not_well_formed(m, t):
    for name in ("zope..interface", "-a", "a-", "a b", "", "a._b", "é.b!"):
        assert not m.is_package_name(name), name


def attack(m, t, name):
    # Whatever takes longer than the case's processor time for so short a name is no check.
    t.attempt(m.is_package_name, name)


def exploit_long_word(m, t):
    if t.attempt(m.is_package_name, "a-b") is True and t.attempt(m.is_package_name, "a b") is False:
        t.reached()
    attack(m, t, "a" * 50 + "!")


def exploit_many_words(m, t):
    attack(m, t, "a." * 40 + "!")
