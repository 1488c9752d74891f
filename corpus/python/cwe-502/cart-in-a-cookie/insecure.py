import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/cart")
def show_cart():
    cookie = request.cookies.get("cart")
    if cookie is None:
        return {"items": []}
    try:
        items = pickle.loads(base64.urlsafe_b64decode(cookie))
    except pickle.UnpicklingError:
        return {"error": "the cart cannot be read"}, 400
    return {"items": [str(item) for item in items]}
