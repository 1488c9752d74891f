interface Parcel {
  weight: number;
  fragile: boolean;
}

export function priceOf(body: string): number {
  const parcel = JSON.parse(body) as Parcel;
  const base = parcel.weight <= 5 ? 490 : 490 + Math.ceil(parcel.weight - 5) * 60;
  return parcel.fragile === true ? base + 250 : base;
}
