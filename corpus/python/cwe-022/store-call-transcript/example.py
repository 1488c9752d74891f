import json
import os
import uuid


def on_call_finished(channel, method, properties, body):
    call = json.loads(body)
    # a parsed UUID is written as hex digits and dashes only, whatever the sender put there
    path = os.path.join("/var/lib/transcripts", f"{uuid.UUID(call['call_id'])}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(call.get("segments", []), out)
    channel.basic_ack(method.delivery_tag)
