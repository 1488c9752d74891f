import os
import sys
import tempfile
import time


def functional_writes_the_job(m, t):
    first, second = m.spool_file("one"), m.spool_file("two")
    assert first != second and first.endswith(".ps")
    with open(first) as f:
        assert f.read() == "one"
    with open(second) as f:
        assert f.read() == "two"
    assert os.path.abspath(first).startswith(tempfile.gettempdir())


def victim(t):
    with open("victim", "w") as f:
        f.write("precious")
    return os.path.join(t.dir, "victim")


def lost():
    with open("victim") as f:
        return f.read() != "precious"


def exploit_link_at_the_name_of_mktemp(m, t):
    target, make = victim(t), tempfile.mktemp

    def watched(*args, **named):
        path = make(*args, **named)
        os.symlink(target, path)  # the attacker is faster
        return path

    tempfile.mktemp = watched
    if hasattr(m, "mktemp"):
        m.mktemp = watched
    def audit(event, _):
        if event in ("tempfile.mkstemp", "tempfile.mkdtemp"):
            t.reached()

    sys.addaudithook(audit)
    path = t.attempt(m.spool_file, "job")
    if lost():
        t.exploited("the job was written through a link that lay at the name from mktemp")
    if isinstance(path, str) and os.path.exists(path):
        t.reached()


def exploit_name_can_be_told(m, t):
    """With the clock standing still, a second job gets the name that the first one had."""
    target = victim(t)
    for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"):
        setattr(time, name, lambda: 1700000000)
    path = t.attempt(m.spool_file, "job")
    if not isinstance(path, str) or not os.path.exists(path):
        return
    os.remove(path)
    os.symlink(target, path)
    t.attempt(m.spool_file, "job")
    if lost():
        t.exploited(f"the job was written through a link that lay at {path}")
