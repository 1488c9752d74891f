from datetime import date

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/price")
def price_of_stay(arrival: date, departure: date, room: str = "single"):
    rates = {"single": 80, "double": 120}
    nights = (departure - arrival).days
    if room not in rates:
        raise HTTPException(status_code=422, detail="no such stay")
    return {"nights": nights, "total": nights * rates[room]}
