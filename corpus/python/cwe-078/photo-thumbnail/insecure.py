import os
import subprocess

from flask import Flask, Response, abort, request

app = Flask(__name__)


@app.route("/photos/<int:photo_id>/thumbnail")
def thumbnail(photo_id):
    width = request.args.get("width", default="200")
    photo = f"/srv/photos/{photo_id}.jpg"
    if not os.path.isfile(photo):
        abort(404)
    image = subprocess.check_output(f"convert {photo} -thumbnail {width}x png:-", shell=True, timeout=30)
    return Response(image, mimetype="image/png")
