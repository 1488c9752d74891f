import hmac
import os


class Forbidden(Exception):
    pass


def drain_queue(queue: list, token: str) -> int:
    """
    Empty the queue for the operator and return how many jobs were dropped. The operator's
    token is in the environment, in OPERATOR_TOKEN; with another one raise Forbidden.
    """
