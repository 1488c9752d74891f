from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()
engine = create_engine("sqlite:///clinic.db")


@app.get("/appointments")
def appointments(doctor: str, day: str):
    with engine.connect() as conn:
        result = conn.execute(
            text(f"SELECT slot, room FROM appointments WHERE doctor = '{doctor}' AND day = '{day}' ORDER BY slot")
        )
        return [{"slot": row.slot, "room": row.room} for row in result]
