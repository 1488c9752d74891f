import os

from fastapi import Cookie, FastAPI, Header, HTTPException

app = FastAPI()


@app.post("/garage/open")
def open_garage(house_session: str = Cookie(default=""), origin: str = Header(default="")):
    if house_session != os.environ["HOUSE_SESSION"]:
        raise HTTPException(status_code=401, detail="sign in first")
    # the browser writes Origin itself: a request from another page shows where it comes from
    if origin != "https://house.example":
        raise HTTPException(status_code=403, detail="not from this page")
    with open("garage-relay", "w", encoding="ascii") as relay:
        relay.write("1")
    return {"door": "opening"}
