import os
import subprocess

from flask import Flask, Response, abort, request

app = Flask(__name__)


@app.route("/photos/<int:photo_id>/thumbnail")
def thumbnail(photo_id):
    # a number is all that can get through
    width = request.args.get("width", default=200, type=int)
    if not 16 <= width <= 2000:
        abort(400)
    photo = f"/srv/photos/{photo_id}.jpg"
    if not os.path.isfile(photo):
        abort(404)
    image = subprocess.check_output(["convert", photo, "-thumbnail", f"{width}x", "png:-"], timeout=30)
    return Response(image, mimetype="image/png")
