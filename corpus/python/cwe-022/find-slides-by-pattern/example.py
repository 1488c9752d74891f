import fnmatch
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/slides")
def find_slides():
    pattern = request.args.get("pattern", "*")
    # only the folder's own names are matched: glob would follow a pattern like "../*"
    return {"slides": sorted(fnmatch.filter(os.listdir("/srv/museum/slides"), pattern))}
