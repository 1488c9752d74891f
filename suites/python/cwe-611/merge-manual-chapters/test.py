import os
import sys

MANUAL = '<!DOCTYPE manual [<!ENTITY chapter SYSTEM "%s">]>\n<manual>Intro. &chapter; End.</manual>'


def manual(m, system):
    os.makedirs("manual", exist_ok=True)
    with open("manual/setup.xml", "w") as f:
        f.write("<chapter>Plug it in.</chapter>")
    with open("secret.txt", "w") as f:
        f.write("hunter2")
    with open("manual/manual.xml", "w") as f:
        f.write(MANUAL % system)
    return m.manual_text("manual/manual.xml")


def functional_takes_in_a_chapter(m, t):
    text = manual(m, "setup.xml")
    assert "Intro." in text and "Plug it in." in text and "End." in text


def attack(m, t, system):
    opened = []

    def audit(event, arguments):
        if event == "open" and arguments[1] in ("r", "rb") and str(arguments[0]).endswith("secret.txt"):
            opened.append(arguments[0])

    sys.addaudithook(audit)
    text = t.attempt(manual, m, system)
    if isinstance(text, str) and "hunter2" in text:
        t.exploited(f"the entity {system} brought in a file from outside of the folder")
    if opened:
        t.exploited(f"the entity {system} made it read {opened[0]}")


def exploit_file_url(m, t):
    attack(m, t, f"file://{t.dir}/secret.txt")


def exploit_absolute_path(m, t):
    attack(m, t, f"{t.dir}/secret.txt")


def exploit_folder_above(m, t):
    attack(m, t, "../secret.txt")
