package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seccoder/seccoder/retrieval"
)

// curve are points of which as many are right as σ(a·x + b) says.
func curve(a, b float64) []point {
	var points []point
	for x := -4.0; x <= 4; x += 0.5 {
		q := 1 / (1 + math.Exp(-a*x-b))
		points = append(points, point{x, true, q}, point{x, false, 1 - q})
	}
	return points
}

func TestFitLogistic(t *testing.T) {
	for _, want := range [][2]float64{{1, 0}, {0.65, -0.7}, {2, 1.5}, {-0.3, 0.2}, {0, 0.4}} {
		a, b, ok := fitLogistic(curve(want[0], want[1]))
		if !ok || math.Abs(a-want[0]) > 1e-6 || math.Abs(b-want[1]) > 1e-6 {
			t.Errorf("%v and %v are fitted (%v), want %v", a, b, ok, want)
		}
	}
	for name, points := range map[string][]point{
		"no points":                  nil,
		"all right":                  {{-1, true, 1}, {0, true, 1}, {1, true, 1}},
		"the right ones are surer":   {{-1, false, 1}, {0, false, 1}, {1, true, 1}, {2, true, 1}},
		"all have the same":          {{1, false, 1}, {1, true, 1}},
		"of a weight that is nought": {{-1, false, 0}, {1, true, 0}},
	} {
		if a, b, ok := fitLogistic(points); ok {
			t.Errorf("%s: %v and %v are fitted", name, a, b)
		}
	}
}

// given are ten answers of one confidence, of which some are right.
func given(confidence float64, right int) []answer {
	answers := make([]answer, 10)
	for i := range answers {
		answers[i] = answer{confidence, i < right}
	}
	return answers
}

func TestCalibration(t *testing.T) {
	steadiness, reserve := retrieval.Calibration()
	asSure := slices.Concat(given(0.8, 8), given(0.4, 4))
	tooSure := slices.Concat(given(0.8, 5), given(0.2, 2)) // the logits ln 4 and −ln 4 should be 0 and −ln 4
	for name, test := range map[string]struct {
		sets [][]answer
		a, b float64
	}{
		"as sure as they should be": {[][]answer{asSure}, 1, 0},
		"too sure":                  {[][]answer{tooSure}, 0.5, -math.Ln2},
	} {
		var out bytes.Buffer
		if err := printCalibration(&out, test.sets); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range []string{
			fmt.Sprintf("calibrated: σ(%.2f·logit(c) ", test.a),
			fmt.Sprintf(" %.2f), so steadiness %.2f, reserve %.2f\n", math.Abs(test.b), test.a*steadiness, test.a*reserve-test.b),
		} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: printed %q, want %q", name, out.String(), want)
			}
		}
	}
}

// TestCalibrationOfSets: a set of many answers has no more say than one of few.
func TestCalibrationOfSets(t *testing.T) {
	printed := func(times int) string {
		var out bytes.Buffer
		sets := [][]answer{slices.Repeat(append(given(0.9, 7), given(0.3, 1)...), times), append(given(0.9, 9), given(0.3, 4)...)}
		if err := printCalibration(&out, sets); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if one, many := printed(1), printed(20); one != many {
		t.Errorf("with many answers it is %q, with few %q", many, one)
	}
}

func TestCalibrationAtTheEnds(t *testing.T) {
	var out bytes.Buffer
	if err := printCalibration(&out, [][]answer{append(given(0, 1), given(1, 9)...)}); err != nil || strings.Contains(out.String(), "NaN") {
		t.Errorf("with the confidences 0 and 1: %q, %v", out.String(), err)
	}
	if err := printCalibration(&out, [][]answer{given(0.9, 5), nil}); err == nil || !strings.Contains(err.Error(), "fit confidence to 10 answers") {
		t.Errorf("got %v for answers that are equally sure", err)
	}
}
