import subprocess

from flask import Flask, Response, request

app = Flask(__name__)


@app.route("/photos/<int:photo_id>/thumbnail")
def thumbnail(photo_id):
    photo = f"/srv/photos/{photo_id}.jpg"
    width = request.args.get("width", "200")
    image = subprocess.check_output(f"convert {photo} -thumbnail {width}x png:-", shell=True)
    return Response(image, mimetype="image/png")
