import os

from flask import Flask, redirect, request

app = Flask(__name__)
app.config["GALLERY"] = "/srv/gallery"


@app.route("/gallery", methods=["POST"])
def add_photo():
    photo = request.files["photo"]
    photo.save(os.path.join(app.config["GALLERY"], photo.filename))
    return redirect("/gallery")
