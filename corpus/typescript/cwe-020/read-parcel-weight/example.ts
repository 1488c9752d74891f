interface Parcel {
  weight: number;
  fragile: boolean;
}

export function priceOf(body: string): number {
  const parcel: Partial<Parcel> = JSON.parse(body);
  // "as Parcel" would only say so: what was sent has to be looked at
  if (typeof parcel.weight !== "number" || !(parcel.weight > 0 && parcel.weight <= 31.5)) {
    throw new RangeError("a parcel weighs up to 31.5 kg");
  }
  const base = parcel.weight <= 5 ? 490 : 490 + Math.ceil(parcel.weight - 5) * 60;
  return parcel.fragile === true ? base + 250 : base;
}
