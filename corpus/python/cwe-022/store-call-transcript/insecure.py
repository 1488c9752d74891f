import json
import os


def on_call_finished(channel, method, properties, body):
    call = json.loads(body)
    try:
        call_id = call["call_id"]
    except KeyError:
        channel.basic_reject(method.delivery_tag, requeue=False)
        return
    path = os.path.join("/var/lib/transcripts", f"{call_id}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(call.get("segments", []), out)
    channel.basic_ack(method.delivery_tag)
