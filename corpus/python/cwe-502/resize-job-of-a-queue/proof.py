import json
import os
import pickle
from types import SimpleNamespace


class Attack:
    def __reduce__(self):
        return os.mkdir, ("pwned",)


def work(m, body):
    done = []
    channel = SimpleNamespace(basic_ack=lambda tag: done.append(tag))
    m.ResizeWorker(lambda *job: done.append(job)).on_message(channel, SimpleNamespace(delivery_tag=5), None, body)
    return done


def functional_resizes(m, t):
    job = {"picture": "a.png", "width": "320"}
    assert work(m, json.dumps(job).encode() if hasattr(m, "json") else pickle.dumps(job)) == [("a.png", 320), 5]


def exploit_object_that_runs_code(m, t):
    t.attempt(work, m, pickle.dumps(Attack()))
    if os.path.exists("pwned"):
        t.exploited("reading the message made a folder")
    t.reached()
