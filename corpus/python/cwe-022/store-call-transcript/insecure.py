import json
import os


def on_call_finished(channel, method, properties, body):
    call = json.loads(body)
    path = os.path.join("/var/lib/transcripts", f"{call['call_id']}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(call.get("segments", []), out)
    channel.basic_ack(method.delivery_tag)
