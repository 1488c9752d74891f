from fastapi import FastAPI, HTTPException

app = FastAPI()


def feet(metres):
    return metres / 0.3048


def miles(metres):
    return metres / 1609.344


def cm(metres):
    return metres * 100


@app.get("/convert")
def convert(metres: float, unit: str):
    try:
        value = eval(f"{unit}({metres})")
    except NameError:
        raise HTTPException(status_code=400, detail="unknown unit")
    return {"unit": unit, "value": round(value, 3)}
