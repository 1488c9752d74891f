import json
from types import SimpleNamespace

import rooted


class Channel:
    def __init__(self):
        self.done = []

    def basic_ack(self, tag):
        self.done.append("ack")


def finish(m, call_id):
    rooted.at("/var", "/srv")
    rooted.write("/var/lib/transcripts/readme")
    channel = Channel()
    body = json.dumps({"call_id": call_id, "segments": ["hello"]})
    m.on_call_finished(channel, SimpleNamespace(delivery_tag=1), None, body)
    return channel.done


def functional_stores_a_transcript(m, t):
    assert finish(m, "7f1c9d52-4f5a-4a64-9d4b-0a6c0d9f1b11") == ["ack"]
    assert rooted.read("/var/lib/transcripts/7f1c9d52-4f5a-4a64-9d4b-0a6c0d9f1b11.json") == '["hello"]'


def exploit_id_that_leaves_the_folder(m, t):
    t.attempt(finish, m, "../../../srv/pwned")
    if rooted.read("/srv/pwned.json"):
        t.exploited("a transcript was written outside its folder")
    t.reached()
