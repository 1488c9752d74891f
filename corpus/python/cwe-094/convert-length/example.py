from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/convert")
def convert(metres: float, unit: str):
    # the request chooses one of these, and can add none
    convert_to = {"feet": lambda m: m / 0.3048, "miles": lambda m: m / 1609.344, "cm": lambda m: m * 100}.get(unit)
    if convert_to is None:
        raise HTTPException(status_code=400, detail="unknown unit")
    return {"unit": unit, "value": round(convert_to(metres), 3)}
