def lines(m, door, name, t):
    log = m.DoorLog("door.log")
    log.opened("lab", 7)
    t.attempt(log.refused, door, name)
    with open("door.log", encoding="utf-8") as f:
        return f.read().splitlines()


def functional_names_card_and_door(m, t):
    got = lines(m, "archive", "Ann Lee", t)
    assert len(got) == 2
    assert "REFUSED" in got[1] and "archive" in got[1] and "Ann Lee" in got[1]


def attack(m, t, name):
    got = lines(m, "archive", name, t)
    if any("OPENED archive" in line and "REFUSED" not in line for line in got):
        t.exploited(f"the name {name!r} forged an entry of its own")
    if len(got) == 2 and "REFUSED" in got[1]:
        t.reached()


def exploit_newline(m, t):
    attack(m, t, "Ann\n2024-05-01 08:00:00 OPENED archive for staff number 1")


def exploit_carriage_return(m, t):
    attack(m, t, "Ann\r\n2024-05-01 08:00:00 OPENED archive for staff number 1")
