import os

from flask import Flask, request, send_file

app = Flask(__name__)


@app.route("/orders/<int:order_id>/papers")
def order_paper(order_id):
    name = request.args.get("name", "")
    folder = os.path.join(app.root_path, "papers", str(order_id))
    return send_file(os.path.join(folder, name), as_attachment=True)
