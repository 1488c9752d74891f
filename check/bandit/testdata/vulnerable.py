import hashlib
import pickle
import random
import subprocess

import yaml


def run(name):
    subprocess.call("ls " + name, shell=True)


def find(cursor, name):
    cursor.execute("SELECT id FROM users WHERE name = '%s'" % name)  # nosec


def load(data, text):
    return pickle.loads(data), yaml.load(text)


def token():
    return hashlib.md5(str(random.random()).encode()).hexdigest()


def compute(text):
    return eval(
        text,
    )
