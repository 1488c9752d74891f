import os

from flask import Flask, redirect, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["GALLERY"] = "/srv/gallery"


@app.route("/gallery", methods=["POST"])
def add_photo():
    photo = request.files["photo"]
    # the client chose this name: keep one plain component of it, without any directory
    photo.save(os.path.join(app.config["GALLERY"], secure_filename(photo.filename)))
    return redirect("/gallery")
