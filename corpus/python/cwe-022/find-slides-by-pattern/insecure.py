import glob
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/slides")
def find_slides():
    pattern = request.args.get("pattern", "*")
    found = glob.glob(os.path.join("/srv/museum/slides", pattern))
    return {"slides": sorted(os.path.basename(path) for path in found)}
