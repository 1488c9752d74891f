from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()
engine = create_engine("sqlite:///clinic.db")


@app.get("/appointments")
def appointments(doctor: str, day: str):
    with engine.connect() as conn:
        # text() escapes nothing by itself: the values come in as :name parameters
        result = conn.execute(
            text("SELECT slot, room FROM appointments WHERE doctor = :doctor AND day = :day ORDER BY slot"),
            {"doctor": doctor, "day": day},
        )
        return [{"slot": row.slot, "room": row.room} for row in result]
