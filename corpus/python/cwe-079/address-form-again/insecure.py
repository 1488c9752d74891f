import html

from flask import Flask, request

app = Flask(__name__)


@app.route("/address", methods=["GET", "POST"])
def address_form():
    city = request.form.get("city", "")
    return f'<form method="post"><input name="city" value="{html.escape(city, quote=False)}"><button>Save</button></form>'
