import json
import logging


class ResizeWorker:
    def __init__(self, resize):
        self.resize = resize

    def on_message(self, channel, method, properties, body):
        # whoever reaches the broker writes the body, so it must be nothing but data
        job = json.loads(body)
        self.resize(str(job["picture"]), int(job["width"]))
        logging.info("resized %s", job["picture"])
        channel.basic_ack(method.delivery_tag)
