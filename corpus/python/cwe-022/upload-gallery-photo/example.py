import os

from flask import Flask, redirect, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["GALLERY"] = "/srv/gallery"


@app.route("/gallery", methods=["POST"])
def add_photo():
    photo = request.files.get("photo")
    if photo is None:
        return "no photo was sent", 400
    # the client chose this name: keep one plain component of it, without any directory
    filename = secure_filename(photo.filename)
    if os.path.splitext(filename)[1].lower() not in {".png", ".jpg", ".jpeg", ".webp"}:
        return "only PNG, JPEG and WebP photos", 415
    photo.save(os.path.join(app.config["GALLERY"], filename))
    return redirect("/gallery")
