import hashlib
import hmac
import re

import jwt
from flask import Flask, request

app = Flask(__name__)


def read(token, key):
    # ruleid: seccoder.python.jwt-not-verified
    first = jwt.decode(token, options={"verify_signature": False})
    # ruleid: seccoder.python.jwt-not-verified
    second = jwt.decode(token, key, verify=False)
    # ruleid: seccoder.python.jwt-not-verified
    third = jwt.decode(token, key, algorithms=["HS256", "none"])
    # ok: seccoder.python.jwt-not-verified
    fourth = jwt.decode(token, key, algorithms=["HS256"])
    return first, second, third, fourth


def verify(key, body, signature):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    # ruleid: seccoder.python.timing-comparison
    if signature == expected:
        return True
    # ok: seccoder.python.timing-comparison
    if signature is None or len(signature) != 64:
        return False
    # ok: seccoder.python.timing-comparison
    return hmac.compare_digest(signature, expected)


@app.route("/search")
def search():
    word = request.args["word"]
    # ruleid: seccoder.python.regex-injection
    found = re.findall(word, TEXT)
    # ok: seccoder.python.regex-injection
    found += re.findall(re.escape(word), TEXT)
    # ruleid: seccoder.python.regex-catastrophe
    slow = re.match(r"^(\w+)+$", "text")
    # ok: seccoder.python.regex-catastrophe
    fast = re.match(r"^\w+(-\w+)*$", "text")
    return {"found": found, "slow": bool(slow), "fast": bool(fast)}
