import os

from flask import Flask, request, send_from_directory

app = Flask(__name__)


@app.route("/orders/<int:order_id>/papers")
def order_paper(order_id):
    name = request.args.get("name", "")
    folder = os.path.join(app.root_path, "papers", str(order_id))
    # refuses "..", absolute names and anything else that leaves the folder
    return send_from_directory(folder, name, as_attachment=True)
