import subprocess

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/photos/<int:photo_id>/thumbnail")
def thumbnail(photo_id):
    photo = f"/srv/photos/{photo_id}.jpg"
    width = request.args.get("width", "200")
    # without a shell the width stays inside its argument
    image = subprocess.check_output(["convert", photo, "-thumbnail", f"{width}x", "png:-"])
    return Response(image, mimetype="image/png")
