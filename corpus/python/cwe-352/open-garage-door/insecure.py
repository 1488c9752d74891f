import os

from fastapi import Cookie, FastAPI, HTTPException

app = FastAPI()


@app.post("/garage/open")
def open_garage(house_session: str = Cookie(default="")):
    if house_session != os.environ["HOUSE_SESSION"]:
        raise HTTPException(status_code=401, detail="sign in first")
    with open("garage-relay", "w", encoding="ascii") as relay:
        relay.write("1")
    return {"door": "opening"}
