import os

import commands
import rooted


def back_up(m, *folders):
    rooted.at("/etc")
    rooted.write("/etc/backup/folders.txt", "\n".join(folders) + "\n")
    commands.fake("tar")
    m.main()


def functional_backs_up(m, t):
    back_up(m, "/home/ann", "/srv/photos")
    assert commands.calls()[0][-2:] == ["/home/ann", "/srv/photos"]


def exploit_folder_with_a_semicolon(m, t):
    t.attempt(back_up, m, "/home/ann; touch pwned")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run")
    if commands.calls():
        t.reached()


def exploit_folder_that_is_an_option(m, t):
    t.attempt(back_up, m, "--checkpoint-action=exec=sh")
    words = commands.calls()[0]
    if "--checkpoint-action=exec=sh" in words and "--" not in words:
        t.exploited("tar was given an option that starts a program")
