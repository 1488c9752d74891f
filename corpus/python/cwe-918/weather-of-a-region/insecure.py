import requests
from flask import Flask, Response, request

app = Flask(__name__)


@app.get("/weather")
def weather():
    region = request.args.get("region", "eu")
    if not region:
        return "unknown region", 404
    answer = requests.get(f"https://{region}.weather.example/today", timeout=5, allow_redirects=False)
    return Response(answer.text, mimetype="text/plain")
