import ast
import hashlib
import json
import secrets

import yaml


def find(cursor, name):
    cursor.execute("SELECT id FROM users WHERE name = %s", (name,))


def load(data, text):
    return json.loads(data), yaml.safe_load(text)


def token():
    return hashlib.sha256(secrets.token_bytes(32)).hexdigest()


def compute(text):
    return ast.literal_eval(text)
