package main

import (
	"fmt"
	"io"
	"math"

	"github.com/seccoder/seccoder/retrieval"
)

// printCalibration prints by what confidence is to be corrected, and what its numbers in
// retrieval are then. All sets have the same say, however many answers they have.
//
// A confidence c is σ(steadiness·logit(P) − reserve), so σ(a·logit(c) + b) has a·steadiness
// and a·reserve − b in place of these.
func printCalibration(out io.Writer, sets [][]answer) error {
	var points []point
	for _, given := range sets {
		for _, a := range given {
			points = append(points, point{logit(a.confidence), a.right, 1 / float64(len(given))})
		}
	}
	a, b, ok := fitLogistic(points)
	if !ok {
		return fmt.Errorf("fit confidence to %d answers: no curve is the best, as where the right ones are all surer than the others; take SVEN's own pairs and the whole corpus", len(points))
	}
	sign := '+'
	if b < 0 {
		sign = '−'
	}
	steadiness, reserve := retrieval.Calibration()
	_, err := fmt.Fprintf(out, "calibrated: σ(%.2f·logit(c) %c %.2f), so steadiness %.2f, reserve %.2f\n", a, sign, math.Abs(b), a*steadiness, a*reserve-b)
	return err
}

func logit(p float64) float64 {
	const certain = 1e-6 // 0 and 1 have a logit, too
	p = min(max(p, certain), 1-certain)
	return math.Log(p / (1 - p))
}

// A point is what a logistic regression is fitted to.
type point struct {
	x      float64
	right  bool
	weight float64
}

// fitLogistic fits P(right) = σ(a·x + b) by Newton's method. It is not ok where no a and b are
// the likeliest.
func fitLogistic(points []point) (a, b float64, ok bool) {
	const steps, near, flat = 50, 1e-9, 1e-12
	for range steps {
		var ga, gb, haa, hab, hbb float64 // gradient of the likelihood's logarithm, and its curvature
		for _, p := range points {
			q := 1 / (1 + math.Exp(-a*p.x-b))
			miss, curve := -p.weight*q, p.weight*q*(1-q)
			if p.right {
				miss += p.weight
			}
			ga += miss * p.x
			gb += miss
			haa += curve * p.x * p.x
			hab += curve * p.x
			hbb += curve
		}
		determinant := haa*hbb - hab*hab
		if !(determinant > flat*haa*hbb) {
			return a, b, false
		}
		da, db := (hbb*ga-hab*gb)/determinant, (haa*gb-hab*ga)/determinant
		a, b = a+da, b+db
		if math.Abs(da)+math.Abs(db) < near {
			return a, b, true
		}
	}
	return a, b, false
}
