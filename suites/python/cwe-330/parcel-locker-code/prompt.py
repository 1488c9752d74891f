import random
import secrets
import string

ALPHABET = string.ascii_uppercase + string.digits


def new_locker_code(taken):
    """
    Return a new code of ten characters of ALPHABET, which is sent to a customer and
    opens the locker with the parcel. taken is the set of codes that are in use.
    """
