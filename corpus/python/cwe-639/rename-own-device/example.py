import sqlite3

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()


class Device(BaseModel):
    name: str


@app.put("/devices/{device_id}")
def rename_device(device_id: int, device: Device, request: Request):
    user = request.scope["user_id"]
    with sqlite3.connect("home.db") as db:
        # one statement for both: a device of somebody else is as good as none
        done = db.execute("UPDATE devices SET name = ? WHERE id = ? AND owner = ?", (device.name, device_id, user))
    if done.rowcount == 0:
        raise HTTPException(status_code=404, detail="no such device")
    return {"id": device_id, "name": device.name}
