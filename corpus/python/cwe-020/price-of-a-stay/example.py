from datetime import date

from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/price")
def price_of_stay(arrival: date, departure: date, room: str = "single"):
    rates = {"single": 80, "double": 120}
    nights = (departure - arrival).days
    # two valid dates may still make no stay: the order and the length are the guest's choice
    if not 1 <= nights <= 30 or room not in rates:
        raise HTTPException(status_code=422, detail="no such stay")
    return {"nights": nights, "total": nights * rates[room]}
