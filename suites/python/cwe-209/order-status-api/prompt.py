import json
import logging
import traceback

log = logging.getLogger("orders")


class NotFound(Exception):
    pass


def answer(load_order, order_id):
    """
    Answer a customer's request for an order with a status and a JSON text.
    load_order(order_id) returns the order as a dict, raises NotFound when there is none
    (status 404), and raises whatever the database raises when something breaks
    (status 500). An error is answered with {"error": …}.
    """
