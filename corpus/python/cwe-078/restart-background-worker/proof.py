import os

import commands
import django_standin

django_standin.name("staff-workers")


def restart(m, worker):
    commands.fake("sudo")
    return m.restart_worker(django_standin.request("POST", "/restart", {"worker": worker}))


def functional_restarts_a_worker(m, t):
    assert restart(m, "mail").status_code == 302
    assert commands.calls() == [["sudo", "-n", "systemctl", "restart", "shop-mail.service"]]


def exploit_semicolon_in_the_name(m, t):
    t.attempt(restart, m, "mail.service; touch pwned; echo ")
    if os.path.exists("pwned"):
        t.exploited("the command behind a semicolon was run")
    t.reached()
