import hashlib
import json
import os


def add_member(path, name, password):
    """
    Add a member to the club's accounts, a JSON file with an object of accounts by name.
    An account has what the sign-in page needs to check the password later on.
    The file is made when it is not there. Raise KeyError when the name is taken.
    """
