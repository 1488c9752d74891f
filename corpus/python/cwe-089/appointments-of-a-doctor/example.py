from datetime import date

from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()
engine = create_engine("sqlite:///clinic.db")


@app.get("/appointments")
def appointments(doctor: str, day: date):
    # text() escapes nothing by itself: the values come in as :name parameters
    query = text("SELECT slot, room FROM appointments WHERE doctor = :doctor AND day = :day ORDER BY slot")
    with engine.connect() as conn:
        result = conn.execute(query, {"doctor": doctor, "day": day.isoformat()})
        return [{"slot": row.slot, "room": row.room} for row in result]
