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
    value = html.escape(city, quote=False)
    return f'{problem}<form method="post"><input name="city" value="{value}"><button>Save</button></form>'
