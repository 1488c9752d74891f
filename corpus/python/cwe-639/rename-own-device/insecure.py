import sqlite3

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

app = FastAPI()


class Device(BaseModel):
    name: str


@app.put("/devices/{device_id}")
def rename_device(device_id: int, device: Device, request: Request):
    if not request.scope["user_id"]:
        raise HTTPException(status_code=401, detail="sign in first")
    with sqlite3.connect("home.db") as db:
        done = db.execute("UPDATE devices SET name = ? WHERE id = ?", (device.name, device_id))
    if done.rowcount == 0:
        raise HTTPException(status_code=404, detail="no such device")
    return {"id": device_id, "name": device.name}
