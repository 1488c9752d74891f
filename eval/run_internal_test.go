package eval

import (
	"errors"
	"testing"
)

// What a judge failed on is done with, but not listed as judged.
func TestMeterCountsFailures(t *testing.T) {
	var shown Progress
	m := newMeter(4, func(p Progress) { shown = p })
	m.generated(4, 0)
	m.judged(&verdict{samples: 3, err: errors.New("no")})
	m.judged(&verdict{samples: 1})
	if now := m.now(); shown.Judged != 4 || now.Judged != 1 {
		t.Errorf("%d shown as judged and %d listed, want 4 and 1", shown.Judged, now.Judged)
	}
}
