import logging
import pickle


class ResizeWorker:
    def __init__(self, resize):
        self.resize = resize

    def on_message(self, channel, method, properties, body):
        job = pickle.loads(body)
        self.resize(str(job["picture"]), int(job["width"]))
        logging.info("resized %s", job["picture"])
        channel.basic_ack(method.delivery_tag)
