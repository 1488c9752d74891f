def board():
    return {1: {"text": "Bicycle", "author": "ann", "pinned": False}, 2: {"text": "Piano", "author": "bob", "pinned": False}}


def functional_editor_removes(m, t):
    b = board()
    advert = m.remove_advert(b, m.Visitor("eve", {"editors"}), 2)
    assert advert["text"] == "Piano" and set(b) == {1}


def functional_no_such_advert(m, t):
    b = board()
    try:
        m.remove_advert(b, m.Visitor("eve", {"editors"}), 9)
    except KeyError:
        assert set(b) == {1, 2}
        return
    raise AssertionError("an advert that is not there was removed")


def exploit_stranger_removes(m, t):
    b = board()
    t.attempt(m.remove_advert, b, m.Visitor("eve", {"editors"}), 2)
    if 2 not in b:
        t.reached()
    t.attempt(m.remove_advert, b, m.Visitor("mallory"), 1)
    if 1 not in b:
        t.exploited("a visitor who is no editor took off an advert of ann's")


def exploit_member_of_other_groups(m, t):
    b = board()
    t.attempt(m.remove_advert, b, m.Visitor("mallory", {"members", "edit"}), 1)
    if 1 not in b:
        t.exploited("a member of other groups took off an advert of ann's")
