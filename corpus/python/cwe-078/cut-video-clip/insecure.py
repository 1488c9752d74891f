import subprocess

from flask import Flask, request, send_file

app = Flask(__name__)


@app.route("/videos/<int:video_id>/clip", methods=["POST"])
def cut_clip(video_id):
    start = request.form.get("start", "0")
    length = request.form.get("length", "10")
    clip = f"/srv/clips/{video_id}.mp4"
    subprocess.run(
        f"ffmpeg -y -ss {start} -t {length} -i /srv/videos/{video_id}.mp4 {clip}",
        shell=True,
        stdin=subprocess.DEVNULL,
    )
    return send_file(clip, mimetype="video/mp4")
