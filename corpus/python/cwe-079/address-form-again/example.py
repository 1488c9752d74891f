import html

from flask import Flask, request

app = Flask(__name__)


@app.route("/address", methods=["GET", "POST"])
def address_form():
    city = request.form.get("city", "")
    # in an attribute the quotes must be escaped too, and the attribute itself quoted
    return f'<form method="post"><input name="city" value="{html.escape(city, quote=True)}"><button>Save</button></form>'
