import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/cases/<int:case_id>/attachments", methods=["DELETE"])
def delete_attachment(case_id):
    folder = f"/srv/support/attachments/{case_id}"
    target = os.path.join(folder, request.args.get("name", ""))
    os.remove(target)
    return "", 204
