import json

from flask import Flask, request

app = Flask(__name__)


@app.route("/chart")
def chart():
    values = request.args.getlist("value", type=float)
    chart_data = {"title": request.args.get("title", "Chart"), "values": values}
    # "</script>" in a string would end the script element, so no < is left in the JSON
    data = json.dumps(chart_data).replace("<", "\\u003c")
    return (
        '<canvas id="chart"></canvas>'
        f"<script>const chart = {data};</script>"
        '<script src="/static/chart.js"></script>'
    )
