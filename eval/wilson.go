package eval

import "math"

// Within one scenario there is nothing to draw but samples, so its intervals have closed
// forms that also hold where all samples agree: Wilson's for a rate, Newcombe's for the
// difference of two ("Interval estimation for the difference between independent
// proportions", 1998, method 10).

// z is the quantile of the normal distribution that leaves 2.5 % above.
const z = 1.959963984540054

// wilson is the rate with its interval; Of is 1, or 0 where there is nothing.
func wilson(x rate) Estimate {
	if x.all == 0 {
		return Estimate{}
	}
	n, p := float64(x.all), share(x.good, x.all)
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Estimate{Value: p, Low: max(0, min(p, centre-half)), High: min(1, max(p, centre+half)), Of: 1}
}

// newcombe is the difference of two rates, a minus b.
func newcombe(a, b Estimate) Estimate {
	if !a.Known() || !b.Known() {
		return Estimate{}
	}
	d := a.Value - b.Value
	return Estimate{
		Value: d,
		Low:   d - math.Hypot(a.Value-a.Low, b.High-b.Value),
		High:  d + math.Hypot(a.High-a.Value, b.Value-b.Low),
		Of:    1,
	}
}
