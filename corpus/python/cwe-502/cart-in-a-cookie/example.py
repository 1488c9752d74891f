import base64
import json

from flask import Flask, request

app = Flask(__name__)


@app.route("/cart")
def show_cart():
    cookie = request.cookies.get("cart")
    if cookie is None:
        return {"items": []}
    try:
        # the visitor can write cookies: JSON yields lists and texts, whatever stands there
        items = json.loads(base64.urlsafe_b64decode(cookie))
    except ValueError:
        return {"error": "the cart cannot be read"}, 400
    return {"items": [str(item) for item in items]}
