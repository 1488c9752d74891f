import os

import jwt
import MySQLdb
from flask import Flask

app = Flask(__name__)
# ruleid: seccoder.python.hard-coded-secret
app.secret_key = "u8Xq-4pLz-71bc"
# ruleid: seccoder.python.hard-coded-secret
app.config["SECRET_KEY"] = "u8Xq-4pLz-71bc"
# ruleid: seccoder.python.hard-coded-secret
DB_PASSWORD = "winter-2019-blue"
# ok: seccoder.python.hard-coded-secret
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: seccoder.python.hard-coded-secret
API_KEY = ""
# ok: seccoder.python.hard-coded-secret
password = "<your password>"
# ok: seccoder.python.hard-coded-secret
PASSWORD_FIELD = "password"
# ok: seccoder.python.hard-coded-secret
api_key = "changeme"


def connect():
    # ruleid: seccoder.python.hard-coded-secret
    first = MySQLdb.connect(host="localhost", user="shop", passwd="k3llerfenster")
    # ok: seccoder.python.hard-coded-secret
    second = MySQLdb.connect(host="localhost", user="shop", passwd=os.environ["DB_PASSWORD"])
    return first, second


def token(user):
    # ruleid: seccoder.python.hard-coded-secret
    return jwt.encode({"user": user}, "sehr-geheim-11", algorithm="HS256")


def token_fixed(user):
    # ok: seccoder.python.hard-coded-secret
    return jwt.encode({"user": user}, SECRET_KEY, algorithm="HS256")
