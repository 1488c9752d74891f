def bot(m):
    return m.Bot(lambda: "12:00", lambda sides: sides - 1)


def functional_commands(m, t):
    b = bot(m)
    assert b.on_message("!time") == "12:00"
    assert b.on_message("!roll 20") == "19"
    assert b.on_message("!help") == "roll N: a number from 1 to N"


def functional_other_messages(m, t):
    b = bot(m)
    assert b.on_message("good morning") is None
    assert b.on_message("!dance now") is None


def exploit_method_of_the_operators(m, t):
    b = bot(m)
    if t.attempt(b.on_message, "!time") == "12:00":
        t.reached()
    t.attempt(b.on_message, "!leave now")
    if b.clock is None:
        t.exploited("a user in the chat called the operators' method leave")


def exploit_special_method(m, t):
    b = bot(m)
    t.attempt(b.on_message, "!__init__ a b")
    if b.clock == "a":
        t.exploited("a user in the chat called __init__")
    t.attempt(b.on_message, "!__setattr__ dice broken")
    if b.dice == "broken":
        t.exploited("a user in the chat called __setattr__")
