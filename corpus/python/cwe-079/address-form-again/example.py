import html

from flask import Flask, redirect, request

app = Flask(__name__)


@app.route("/address", methods=["GET", "POST"])
def address_form():
    city = request.form.get("city", "")
    problem = ""
    if request.method == "POST":
        if city.replace(" ", "").isalpha():
            return redirect("/checkout")
        problem = "<p>A city has letters only.</p>"
    # in an attribute the quotes must be escaped too, and the attribute itself quoted
    value = html.escape(city, quote=True)
    return f'{problem}<form method="post"><input name="city" value="{value}"><button>Save</button></form>'
