import gzip
import os
import sys


def spool(name):
    os.makedirs("spool")
    with open(os.path.join("spool", name), "w") as f:
        f.write("started\n" * 50)


def functional_compresses_beside_the_log(m, t):
    spool("web.log")
    size = m.rotated_size("web.log")
    assert size == os.path.getsize("spool/web.log.gz")
    with gzip.open("spool/web.log.gz", "rt") as f:
        assert f.read() == "started\n" * 50
    assert os.path.exists("spool/web.log"), "the log itself is gone"


def exploit_command_after_semicolon(m, t):
    spool("web.log")

    def audit(event, arguments):
        if event in ("subprocess.Popen", "os.system") and "touch pwned" in str(arguments):
            t.reached()  # the name came to a program

    sys.addaudithook(audit)
    t.attempt(m.rotated_size, "web.log; touch pwned #")
    if os.path.exists("pwned"):
        t.exploited("the command after a semicolon in the name was run")


def exploit_command_in_substitution(m, t):
    spool("web.log")
    t.attempt(m.rotated_size, "web.log$(touch pwned)")
    if os.path.exists("pwned"):
        t.exploited("the command in $( ) in the name was run")
